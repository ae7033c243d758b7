/** Calls again when the server is busy, or was not reached: for long work made of many small calls that may be repeated. */
import { isPassing, readError } from "./read-error.ts";

/** Times a call that does not arrive is tried again. */
const MAX_RETRIES = 4;
const FIRST_WAIT_MS = 500;

/** `wait` resolves after so many milliseconds; it rejects to give up. */
export async function patiently<Result>(
  call: () => Promise<Result>,
  wait: (ms: number) => Promise<void> = (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
): Promise<Result> {
  for (let retries = 0; ; ) {
    try {
      return await call();
    } catch (error) {
      const failure = readError(error);
      if (failure.code === "too-many-requests") {
        await wait(failure.facts.waitMs ?? FIRST_WAIT_MS);
        continue;
      }
      if (!isPassing(failure) || retries === MAX_RETRIES) throw error;
      await wait(FIRST_WAIT_MS * 2 ** retries);
      retries += 1;
    }
  }
}
