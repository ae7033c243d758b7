/** The blocks as the server offers them: pages from memory, lifts through the store. */
import type { Redis } from "ioredis";
import type { BlocksPort } from "../api/ports/blocks.ts";
import { isInForce, liftAndAllow, liftByKeys, liftMatching, pageBlocks, readBlockWithEvidence } from "./block-pages.ts";
import { explainAddress } from "./explanation.ts";
import type { MirrorKeeper } from "./store-mirror.ts";
import { tellBlocks } from "./told.ts";

export function createBlocksService(redis: Redis, keeper: MirrorKeeper): BlocksPort {
  return {
    page: async (query, nowMs) => pageBlocks(await keeper.read(redis), query, nowMs),
    evidence: async (key, nowMs) => readBlockWithEvidence(redis, await keeper.read(redis), key, nowMs),
    find: async (keys, nowMs) => {
      const mirror = await keeper.read(redis);
      return keys.filter((key) => isInForce(mirror, key, nowMs));
    },
    liftMatching: async (lift, actor) => {
      const mirror = await keeper.read(redis);
      const outcome = await liftMatching(redis, mirror, lift, actor);
      actor.tell({ after: { lifted: outcome.lifted } });
      await mirror.catchUp(redis);
      return outcome;
    },
    lift: async (keys, actor) => {
      const mirror = await keeper.read(redis);
      actor.tell({ before: tellBlocks(mirror.copy.blocks, keys), after: [] });
      const outcome = await liftByKeys(redis, mirror, keys, actor);
      await mirror.catchUp(redis);
      return outcome;
    },
    liftAndAllow: async ({ block, hours, note }, actor) => {
      const mirror = await keeper.read(redis);
      const before = tellBlocks(mirror.copy.blocks, [block]);
      const outcome = await liftAndAllow(redis, mirror, { key: block, hours, note }, actor);
      actor.tell({ before, after: outcome.entry });
      await mirror.catchUp(redis);
      return outcome;
    },
    explain: async (address, nowMs) => explainAddress(redis, (await keeper.open()).countries, address, nowMs),
  };
}
