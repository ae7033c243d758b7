/** How far the first run has come, in Redis: for whoever goes on with it, in whatever browser. */
import {
  type FirstRun,
  type FirstRunEnd,
  type FirstRunStep,
  firstRunEndSchema,
  firstRunSteps,
  type StepOutcome,
} from "@sipprot/shared/first-run";
import { redisKeys } from "@sipprot/shared/redis-keys";
import type { Redis } from "ioredis";

/** Field of how it ended; no step is called so. */
const END = "end";
const SKIPPED: StepOutcome = "skipped";

export async function readFirstRun(redis: Redis): Promise<FirstRun> {
  const stored = await redis.hgetall(redisKeys.firstRun);
  const end = firstRunEndSchema.safeParse(stored[END]).data;
  return {
    done: firstRunSteps.filter((step) => stored[step] !== undefined),
    skipped: firstRunSteps.filter((step) => stored[step] === SKIPPED),
    state: end ?? "open",
  };
}

/** Notes that a step is behind. */
export async function completeStep(redis: Redis, step: FirstRunStep, outcome: StepOutcome): Promise<void> {
  await redis.hset(redisKeys.firstRun, step, outcome);
}

/** What was seen once since the installation. */
export type Milestone = "answer" | "traffic";

/** Which of them were seen; those that are seen now are noted for good, as a gate forgets when it starts anew. */
export async function noteMilestones(redis: Redis, seenNow: ReadonlySet<Milestone>): Promise<ReadonlySet<Milestone>> {
  const names = ["answer", "traffic"] as const satisfies Milestone[];
  const noted = await redis.hmget(redisKeys.firstRun, ...names);
  const before = new Set(names.filter((_, index) => noted[index] !== null));
  for (const name of seenNow) if (!before.has(name)) await redis.hset(redisKeys.firstRun, name, "seen");
  return new Set([...before, ...seenNow]);
}

/** Notes that it was put off or came to its end. */
export async function endFirstRun(redis: Redis, end: FirstRunEnd): Promise<void> {
  await redis.hset(redisKeys.firstRun, END, end);
}
