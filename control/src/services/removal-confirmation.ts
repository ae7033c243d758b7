/** The second look before a whole list goes, or all that a filter shows: a promise bound to that, the count, a person and one minute. */
import { createHmac, randomBytes, timingSafeEqual } from "node:crypto";
import { SipprotError } from "@sipprot/shared/errors";
import type { ConfirmationOffer, RemovalQuestion } from "@sipprot/shared/list-desk";
import type { Author } from "@sipprot/shared/store/list-store";

/** Long enough to read the question twice. */
const GOOD_FOR_MS = 60_000;

export class RemovalConfirmation {
  /** Of this process only: a restart takes the promises back. */
  readonly #secret = randomBytes(32);

  offer(question: RemovalQuestion, count: number, author: Author): ConfirmationOffer {
    const endsAtMs = author.nowMs + GOOD_FOR_MS;
    const mac = this.#sign(question, count, endsAtMs, author.by);
    return { confirmation: `${endsAtMs}.${count}.${mac}`, count, endsAtMs };
  }

  /** How many entries the promise is for. Throws `confirmation-needed` when it is not one, too old, or another's. */
  check(question: RemovalQuestion, confirmation: string, author: Author): number {
    const [end = "", count = "", mac = ""] = confirmation.split(".");
    const isNumbers = /^\d{1,16}$/.test(end) && /^\d{1,9}$/.test(count);
    const wanted = Buffer.from(this.#sign(question, Number(count), Number(end), author.by));
    const given = Buffer.from(mac);
    const isOurs = isNumbers && given.length === wanted.length && timingSafeEqual(given, wanted);
    if (isOurs && author.nowMs <= Number(end)) return Number(count);
    throw confirmationNeeded(`removing all of the ${question.list}list must be confirmed within a minute`);
  }

  #sign({ list, filter = {} }: RemovalQuestion, count: number, endsAtMs: number, by: string): string {
    return createHmac("sha256", this.#secret)
      .update(JSON.stringify([list, Object.entries(filter).sort(), count, endsAtMs, by]))
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
