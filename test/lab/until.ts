/** Waiting for something real to come true, with an end. */

const ASK_EVERY_MS = 50;

/** Asks again and again until it is true. Throws after the given time, with the last error if there was one. */
export async function until(isTrue: () => boolean | Promise<boolean>, withinMs: number, what = "it"): Promise<void> {
  const endMs = Date.now() + withinMs;
  for (;;) {
    if (await isTrue()) return;
    if (Date.now() > endMs) throw new Error(`${what} did not come true within ${withinMs} ms`);
    await pause(ASK_EVERY_MS);
  }
}

/** Lets real time pass: for things that are themselves about time. */
export function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
