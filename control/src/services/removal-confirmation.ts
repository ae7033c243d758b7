/** The second look before a whole list goes: a promise bound to list, count, person and one minute. */
import { createHmac, randomBytes, timingSafeEqual } from "node:crypto";
import { SipprotError } from "@sipprot/shared/errors";
import type { ConfirmationOffer } from "@sipprot/shared/list-desk";
import type { ListName } from "@sipprot/shared/lists";
import type { Author } from "@sipprot/shared/store/list-store";

/** Long enough to read the question twice. */
const GOOD_FOR_MS = 60_000;

export class RemovalConfirmation {
  /** Of this process only: a restart takes the promises back. */
  readonly #secret = randomBytes(32);

  offer(list: ListName, count: number, author: Author): ConfirmationOffer {
    const endsAtMs = author.nowMs + GOOD_FOR_MS;
    return { confirmation: `${endsAtMs}.${count}.${this.#sign(list, count, endsAtMs, author.by)}`, count, endsAtMs };
  }

  /** How many entries the promise is for. Throws `confirmation-needed` when it is not one, too old, or another's. */
  check(list: ListName, confirmation: string, author: Author): number {
    const [end = "", count = "", mac = ""] = confirmation.split(".");
    const isNumbers = /^\d{1,16}$/.test(end) && /^\d{1,9}$/.test(count);
    const wanted = Buffer.from(this.#sign(list, Number(count), Number(end), author.by));
    const given = Buffer.from(mac);
    const isOurs = isNumbers && given.length === wanted.length && timingSafeEqual(given, wanted);
    if (isOurs && author.nowMs <= Number(end)) return Number(count);
    throw confirmationNeeded(`removing the whole ${list}list must be confirmed within a minute`);
  }

  #sign(list: ListName, count: number, endsAtMs: number, by: string): string {
    return createHmac("sha256", this.#secret)
      .update(JSON.stringify([list, count, endsAtMs, by]))
      .digest("base64url");
  }
}

/** What is thrown when the promise does not hold, also when the list has changed since. */
export function confirmationNeeded(why: string): SipprotError {
  return new SipprotError("confirmation-needed", why, {
    field: "confirmation",
    expected: "the confirmation that was offered for this list as it is now",
    remedy: "ask for a confirmation again, look at the number of entries, and confirm",
  });
}
