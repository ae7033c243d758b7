/** Who was challenged at one source and did not answer: the trace of a scanner that looks for accounts. */

/** A phone answers a challenge within a round trip; after this long it counts as unanswered. */
export const ANSWER_WITHIN_MS = 2_000;
const MINUTE_MS = 60_000;

/** Identities by keyed hash, each with the time it was challenged; both maps are in order of time. */
export class Identities {
  /** A phone is challenged alone: it needs no map, which would be made and thrown away each time. Only while none is in #outstanding. */
  #alone: number | undefined = undefined;
  #aloneMs = 0;
  #outstanding: Map<number, number> | undefined = undefined;
  #unanswered: Map<number, number> | undefined = undefined;
  #answeredStartMs = 0;
  #answered = 0;
  #answeredBefore = 0;
  /** Until when requests of unknown identities without credentials are refused. */
  refuseUntilMs = 0;

  get size(): number {
    return this.#outstandingSize + (this.#unanswered?.size ?? 0);
  }

  get #outstandingSize(): number {
    return this.#alone === undefined ? (this.#outstanding?.size ?? 0) : 1;
  }

  /** True when nothing needs to be remembered: all have answered, or their time is over. */
  isIdle(atMs: number): boolean {
    return this.size === 0 && this.refuseUntilMs <= atMs;
  }

  challenge(identity: number, atMs: number): void {
    if (identity === this.#alone || this.#outstanding?.has(identity) === true) return;
    if (this.#unanswered?.has(identity) === true) return;
    if (this.#outstandingSize === 0) {
      this.#alone = identity;
      this.#aloneMs = atMs;
      return;
    }
    this.#outstanding ??= new Map();
    if (this.#alone !== undefined) this.#outstanding.set(this.#alone, this.#aloneMs);
    this.#alone = undefined;
    this.#outstanding.set(identity, atMs);
  }

  /** The identity came back with a nonce that was issued to this source. */
  answer(identity: number, atMs: number): void {
    const wasOutstanding = identity === this.#alone || this.#outstanding?.delete(identity) === true;
    if (identity === this.#alone) this.#alone = undefined;
    if (this.#unanswered?.delete(identity) !== true && !wasOutstanding) return;
    this.#turn(atMs);
    this.#answered += 1;
  }

  /** Challenged within ANSWER_WITHIN_MS and not answered yet. */
  outstanding(atMs: number): number {
    this.expire(atMs);
    return this.#outstandingSize;
  }

  /** Challenged within the last minute and not answered in time. */
  unanswered(atMs: number): number {
    this.expire(atMs);
    return this.#unanswered?.size ?? 0;
  }

  /** Identities that did answer in the last minute or two: an office on a bad line has many of both. */
  answered(atMs: number): number {
    this.#turn(atMs);
    return this.#answered + this.#answeredBefore;
  }

  expire(atMs: number): void {
    if (this.#alone !== undefined && atMs - this.#aloneMs >= ANSWER_WITHIN_MS) {
      this.#missAnswer(this.#alone, this.#aloneMs);
      this.#alone = undefined;
    }
    for (const [identity, challengedMs] of this.#outstanding ?? []) {
      if (atMs - challengedMs < ANSWER_WITHIN_MS) break;
      this.#outstanding?.delete(identity);
      this.#missAnswer(identity, challengedMs);
    }
    for (const [identity, challengedMs] of this.#unanswered ?? []) {
      if (atMs - challengedMs < MINUTE_MS) break;
      this.#unanswered?.delete(identity);
    }
  }

  #missAnswer(identity: number, challengedMs: number): void {
    this.#unanswered ??= new Map();
    this.#unanswered.set(identity, challengedMs);
  }

  #turn(atMs: number): void {
    const minutes = Math.floor((atMs - this.#answeredStartMs) / MINUTE_MS);
    if (minutes <= 0) return;
    this.#answeredBefore = minutes === 1 ? this.#answered : 0;
    this.#answered = 0;
    this.#answeredStartMs += minutes * MINUTE_MS;
  }
}
