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

/** Notes that it was put off or came to its end. */
export async function endFirstRun(redis: Redis, end: FirstRunEnd): Promise<void> {
  await redis.hset(redisKeys.firstRun, END, end);
}
