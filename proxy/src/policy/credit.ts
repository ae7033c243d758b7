/** Attempt credit of one source: what is under way or failed in the last minute never exceeds the window. */

/** How long an attempt holds its credit: the minute of "failures a minute". */
export const CREDIT_MS = 60_000;
/**
 * Repeats of one attempt that are passed: a request over UDP is sent at most 11 times (RFC 3261 17.1.2.2, timers E and F), and
 * one more for a clock that runs fast. Repeats are no new guess: same credentials, same transaction.
 */
export const MAX_REPEATS = 12;
/** Repeats end with the transaction, 64 × T1 (RFC 3261 17.1.2.2); the PBX itself takes a later one for a new request. */
export const REPEATS_WITHIN_MS = 32_000;

export interface Attempt {
  readonly key: number;
  readonly check: number;
  /** Hash of the credentials: a repeat carries the same. */
  readonly guess: number;
  readonly account: string;
  readonly accountHash: number;
  /** User-Agent of the request: the answer does not say it. */
  readonly agent: string;
  readonly atMs: number;
  readonly isProven: boolean;
  /** Credentials for one realm in one message: each may be tried by the PBX. */
  readonly cost: number;
  /** It took credit of its account too, since the source never registered that. */
  readonly isShared: boolean;
  /** Its transaction was answered well before, so another good answer may be a repeat of that one and gives nothing back. */
  readonly isReused: boolean;
  /** `trying`: answered 100 for an account that signed in well here; holds nothing, but a failure still counts. */
  state: "pending" | "trying" | "failed";
  heldUntilMs: number;
  repeats: number;
}

/**
 * The attempts of one source. `used` counts what is pending or failed; each holds until a minute after it was passed, a failed one
 * until a minute after its answer, so that in no minute more than the window is tried at the PBX, by the PBX's own clock.
 */
export class Credit {
  /** A phone has one attempt under way at a time: that one needs no table, which would be made and thrown away each time. */
  #first: Attempt | undefined = undefined;
  #others: Map<number, Attempt> | undefined = undefined;
  #used = 0;
  #unprovenUsed = 0;
  #nextExpiryMs = Number.POSITIVE_INFINITY;
  /** When the youngest pending attempt was passed. */
  lastPassedMs = 0;

  get size(): number {
    return (this.#first === undefined ? 0 : 1) + (this.#others?.size ?? 0);
  }

  get used(): number {
    return this.#used;
  }

  get unprovenUsed(): number {
    return this.#unprovenUsed;
  }

  get hasProven(): boolean {
    return this.#used > this.#unprovenUsed;
  }

  /** The attempt of a transaction, or undefined; also undefined for another one that only shares half of the hash. */
  find(key: number, check: number): Attempt | undefined {
    const attempt = this.#at(key);
    return attempt?.check === check ? attempt : undefined;
  }

  /** True when no other attempt occupies the key. */
  isFree(key: number): boolean {
    return this.#at(key) === undefined;
  }

  /** Its key has to be free. */
  take(attempt: Attempt): void {
    if (this.#first === undefined) this.#first = attempt;
    else {
      this.#others ??= new Map();
      this.#others.set(attempt.key, attempt);
    }
    this.#count(attempt, 1);
    this.lastPassedMs = attempt.atMs;
    if (attempt.heldUntilMs < this.#nextExpiryMs) this.#nextExpiryMs = attempt.heldUntilMs;
  }

  /** The answer is no failure: the credit comes back and the attempt is forgotten. */
  giveBack(attempt: Attempt): void {
    if (!this.#remove(attempt)) return;
    if (attempt.state !== "trying") this.#count(attempt, -1);
  }

  /** Answered 100: nothing is held, but the attempt is remembered. */
  markTrying(attempt: Attempt): void {
    if (attempt.state !== "pending") return;
    attempt.state = "trying";
    this.#count(attempt, -1);
  }

  /** The answer is a failure: the credit is held for a minute from now. False when it was counted before. */
  fail(attempt: Attempt, atMs: number): boolean {
    if (attempt.state === "failed") return false;
    if (attempt.state === "trying") this.#count(attempt, 1);
    attempt.state = "failed";
    attempt.heldUntilMs = atMs + CREDIT_MS;
    return true;
  }

  /** Forgets what no longer holds. Costs nothing while nothing is due. */
  expire(atMs: number): void {
    if (atMs < this.#nextExpiryMs) return;
    let next = Number.POSITIVE_INFINITY;
    for (const attempt of this.#all()) {
      if (attempt.heldUntilMs <= atMs) {
        this.#remove(attempt);
        if (attempt.state !== "trying") this.#count(attempt, -1);
      } else if (attempt.heldUntilMs < next) next = attempt.heldUntilMs;
    }
    this.#nextExpiryMs = next;
  }

  /** Proven failures that still hold. */
  provenFailures(): number {
    let failures = 0;
    for (const attempt of this.#all()) {
      if (attempt.isProven && attempt.state === "failed") failures += attempt.cost;
    }
    return failures;
  }

  /** True when an attempt passed after `sinceMs` still waits for its answer, which may give credit back. */
  hasPendingSince(sinceMs: number): boolean {
    if (this.lastPassedMs < sinceMs) return false;
    for (const attempt of this.#all()) {
      if (attempt.state === "pending" && attempt.atMs >= sinceMs) return true;
    }
    return false;
  }

  #at(key: number): Attempt | undefined {
    return this.#first?.key === key ? this.#first : this.#others?.get(key);
  }

  *#all(): Generator<Attempt, void> {
    if (this.#first !== undefined) yield this.#first;
    if (this.#others !== undefined) yield* this.#others.values();
  }

  #remove(attempt: Attempt): boolean {
    if (this.#first?.key !== attempt.key) return this.#others?.delete(attempt.key) === true;
    this.#first = undefined;
    return true;
  }

  #count(attempt: Attempt, sign: 1 | -1): void {
    this.#used += sign * attempt.cost;
    if (!attempt.isProven) this.#unprovenUsed += sign * attempt.cost;
  }
}

/** Most that unproven attempts may hold of a window: half, at least one (a phone with a remembered nonce after our restart). */
export function unprovenShare(window: number): number {
  return Math.max(1, Math.floor(window / 2));
}
