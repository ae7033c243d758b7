/** The first run: how far it has come, where the administrator and the PBX are. */
import { networkInterfaces } from "node:os";
import { parseAddress } from "@sipprot/shared/address";
import { SipprotError } from "@sipprot/shared/errors";
import { HOST_SILENT_AFTER_MS, isProtected } from "@sipprot/shared/host";
import { readHosts } from "@sipprot/shared/store/host-store";
import type { Redis } from "ioredis";
import type { ServicesPort } from "../api/ports/services.ts";
import type { SetupPort } from "../api/ports/setup.ts";
import type { Config } from "../config.ts";
import { completeStep, endFirstRun, type Milestone, noteMilestones, readFirstRun } from "../store/first-run-store.ts";
import { findCallerPlace } from "./caller-place.ts";
import { askOptions, parseEndpoint } from "./doctor/pbx-checks.ts";
import { choosePbxPlace, findPbxPlace, type PbxPlaceParts } from "./pbx-place.ts";
import { askProxyHealth } from "./proxy-health.ts";

export function createSetupService(redis: Redis, config: Config, programs: ServicesPort): SetupPort {
  const pbxParts = (restartGate: () => Promise<void>): PbxPlaceParts => ({
    config,
    environment: process.env,
    askHealth: () => askProxyHealth(config.boot.health),
    restartGate,
    nowMs: Date.now,
  });
  return {
    progress: () => readFirstRun(redis),
    completeStep: async (step, outcome) => {
      await completeStep(redis, step, outcome);
      return readFirstRun(redis);
    },
    end: async (end) => {
      await endFirstRun(redis, end);
      return readFirstRun(redis);
    },
    standing: async (nowMs) => {
      const [{ state }, hosts] = await Promise.all([readFirstRun(redis), readHosts(redis)]);
      const alive = hosts.filter((host) => nowMs - host.seenAtMs <= HOST_SILENT_AFTER_MS);
      const seenNow = new Set<Milestone>();
      if (hosts.some(({ seen }) => (seen?.answerAtMs ?? 0) > 0)) seenNow.add("answer");
      if (hosts.some(({ seen }) => (seen?.messageAtMs ?? 0) > 0)) seenNow.add("traffic");
      const seen = await noteMilestones(redis, seenNow);
      return {
        state,
        isGateUp: alive.length > 0 && alive.every((host) => isProtected(host, nowMs)),
        hasAnswer: seen.has("answer"),
        hasTraffic: seen.has("traffic"),
        places: alive.flatMap((host) => host.endpoints.map(parseEndpoint)),
      };
    },
    caller: (address) =>
      findCallerPlace(
        redis,
        address,
        Object.values(networkInterfaces()).flatMap((list) => list ?? []),
      ),
    pbx: () => findPbxPlace(pbxParts(async () => {})),
    probe: async ({ address, port }) => {
      const canonical = parseAddress(address);
      if (canonical === undefined) {
        throw new SipprotError("bad-address", "this is no IP address", { field: "address", value: address });
      }
      const startedAtMs = performance.now();
      const answer = await askOptions({ address: canonical, port });
      return {
        isAnswered: answer !== undefined,
        answer: answer ?? "",
        tookMs: Math.round((performance.now() - startedAtMs) * 10) / 10,
      };
    },
    choosePbx: async (place, actor) => {
      const before = await findPbxPlace(pbxParts(async () => {}));
      const restart = async () => {
        await programs.act("restart", { ...actor, tell: () => {} });
      };
      const after = await choosePbxPlace(pbxParts(restart), place);
      actor.tell({ before, after });
      return after;
    },
  };
}
