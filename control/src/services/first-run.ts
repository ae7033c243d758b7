/** The first run: how far it has come, where the administrator and the PBX are. */
import { networkInterfaces } from "node:os";
import { parseAddress } from "@sipprot/shared/address";
import { SipprotError } from "@sipprot/shared/errors";
import type { Redis } from "ioredis";
import type { ServicesPort } from "../api/ports/services.ts";
import type { SetupPort } from "../api/ports/setup.ts";
import type { Config } from "../config.ts";
import { completeStep, endFirstRun, readFirstRun } from "../store/first-run-store.ts";
import { findCallerPlace } from "./caller-place.ts";
import { askOptions } from "./doctor/pbx-checks.ts";
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
