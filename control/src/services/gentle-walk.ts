/** Looks at half a million things without keeping the process from its other work. */
import { setImmediate as turn } from "node:timers/promises";

/** Others have their turn after so long; the clock is looked at after so many, because a look costs as well. */
const TURN_MS = 10;
const LOOK_EVERY = 64;

/** Visits each item in its order. Throws what `visit` throws, and visits no more. */
export async function walkGently<Item>(items: Iterable<Item>, visit: (item: Item) => void): Promise<void> {
  let endMs = performance.now() + TURN_MS;
  let visited = 0;
  for (const item of items) {
    visit(item);
    visited += 1;
    if (visited % LOOK_EVERY !== 0 || performance.now() < endMs) continue;
    await turn();
    endMs = performance.now() + TURN_MS;
  }
}

/** The items in steps of that size; the last one is shorter. */
export function* stepsOf<Item>(items: Iterable<Item>, size: number): Generator<Item[]> {
  let step: Item[] = [];
  for (const item of items) {
    step.push(item);
    if (step.length < size) continue;
    yield step;
    step = [];
  }
  if (step.length > 0) yield step;
}
