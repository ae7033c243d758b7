/** Lets work through one after the other. */
import { SipprotError } from "@sipprot/shared/errors";

/** So many may wait; more are sent away, for they would wait for minutes. */
const MAX_WAITING = 5;

export class Turnstile {
  #last: Promise<unknown> = Promise.resolve();
  #waiting = 0;

  /** Does the work when those before are through. Throws what it throws, and `too-many-requests` when too many wait. */
  async pass<Result>(work: () => Promise<Result>): Promise<Result> {
    if (this.#waiting >= MAX_WAITING) {
      throw new SipprotError("too-many-requests", "others wait for the same", { waitMs: 5000, remedy: "try again" });
    }
    this.#waiting += 1;
    const turn = this.#last.then(work);
    this.#last = turn.catch(() => undefined);
    return turn.finally(() => {
      this.#waiting -= 1;
    });
  }
}
