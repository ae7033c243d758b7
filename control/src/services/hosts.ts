/** The hosts that share this store: how each is, and whether it keeps up. */
import { SipprotError } from "@sipprot/shared/errors";
import { HOST_SILENT_AFTER_MS, isProtected } from "@sipprot/shared/host";
import { readLastChangeId } from "@sipprot/shared/store/change-stream";
import { readHosts, removeHost } from "@sipprot/shared/store/host-store";
import type { Redis } from "ioredis";
import type { HostsPort } from "../api/ports/hosts.ts";

export function createHostsService(redis: Redis, hereName: string): HostsPort {
  return {
    list: async (nowMs) => {
      // The hosts first: one that is found in step has applied at least what was newest by then.
      const hosts = await readHosts(redis);
      const newest = await readLastChangeId(redis);
      return hosts.map((host) => ({
        ...host,
        isProtected: isProtected(host, nowMs),
        isSilent: nowMs - host.seenAtMs > HOST_SILENT_AFTER_MS,
        isInStep: host.lastChangeId === newest,
        isHere: host.name === hereName,
      }));
    },

    remove: async (name, actor) => {
      const before = (await readHosts(redis)).find((host) => host.name === name);
      if (before !== undefined && actor.nowMs - before.seenAtMs <= HOST_SILENT_AFTER_MS) {
        throw new SipprotError("not-permitted", `${name} is alive and would be back in a moment`, {
          field: "name",
          value: name,
          remedy: "stop the proxy there first",
        });
      }
      if (!(await removeHost(redis, name))) {
        throw new SipprotError("not-found", `there is no host ${name}`, { field: "name", value: name });
      }
      actor.tell({ before: before && { name, version: before.version, seenAtMs: before.seenAtMs } });
    },
  };
}
