/** What a step of a large change touched, told beside the stream of changes: a network named there costs ten times less than its entry. */
import type { Redis } from "ioredis";
import type { Change } from "../change.ts";
import type { ListEntry, ListName } from "../lists.ts";
import { LIST_STEPS_SECONDS, MAX_LIST_STEPS, redisKeys } from "../redis-keys.ts";

/** The change that tells of a step, and the commands to be written with it. `onVersion` is the version it is decided on. */
export function tellStep(
  onVersion: string,
  list: ListName,
  touched: readonly Pick<ListEntry, "network">[],
): { readonly change: Change; readonly commands: string[][] } {
  const { listSteps } = redisKeys;
  // The version the step makes: there is no other step of that name.
  const step = `${Number(onVersion) + 1}-1`;
  const networks = touched.map(({ network }) => network).join(" ");
  return {
    change: { kind: "list-step", list, step },
    commands: [
      ["XADD", listSteps, "MAXLEN", String(MAX_LIST_STEPS), step, "networks", networks],
      ["EXPIRE", listSteps, String(LIST_STEPS_SECONDS)],
    ],
  };
}

/** The networks a step touched, or undefined when that is no longer known. */
export async function readStep(redis: Redis, step: string): Promise<string[] | undefined> {
  const [found] = await redis.xrange(redisKeys.listSteps, step, step);
  return found?.[1][1]?.split(" ");
}
