/** What Redis remembers of a source beyond its blocks: strikes, and the last lift by hand. */
import type { Redis } from "ioredis";
import { redisKeys } from "../redis-keys.ts";

export interface SourceHistory {
  readonly strikes: number;
  readonly lastStrikeAtMs: number | undefined;
  readonly liftedAtMs: number | undefined;
}

export async function readSourceHistory(redis: Redis, source: string): Promise<SourceHistory> {
  const [strikes, struckAt, liftedAt] = await Promise.all([
    redis.hget(redisKeys.strikes, source),
    redis.zscore(redisKeys.strikesByTime, source),
    redis.zscore(redisKeys.liftedBlocks, source),
  ]);
  return { strikes: Number(strikes ?? 0), lastStrikeAtMs: timeOf(struckAt), liftedAtMs: timeOf(liftedAt) };
}

function timeOf(score: string | null): number | undefined {
  return score === null ? undefined : Number(score);
}
