/** Proven failures of one source by account, over longer than a minute: who is stuck, who goes through accounts. */

/** A failing account is forgotten this long after its last failure. */
const FAILING_MS = 3_600_000;
/** Accounts that failed within this time are "failing now" when distinct ones are counted. */
export const DISTINCT_MS = 600_000;
/** Accounts kept beyond what the rule needs to count. */
const SPARE_ACCOUNTS = 16;

/** Times are epoch seconds: small integers, so that a record stays small. */
export interface FailingAccount {
  count: number;
  sinceSeconds: number;
  lastSeconds: number;
}

export class Failing {
  readonly #accounts = new Map<number, FailingAccount>();
  #halfStartMs = 0;
  #halfCount = 0;
  #halfBefore = 0;

  get size(): number {
    return this.#accounts.size;
  }

  /** One more proven failure. Keeps at most `maxAccounts` and a few; the one that failed longest ago makes room. */
  add(accountHash: number, atMs: number, maxAccounts: number): FailingAccount {
    this.#advance(atMs);
    this.#halfCount += 1;
    const seconds = Math.floor(atMs / 1000);
    let account = this.#accounts.get(accountHash);
    if (account === undefined || atMs - account.lastSeconds * 1000 > FAILING_MS) {
      account = { count: 0, sinceSeconds: seconds, lastSeconds: seconds };
    }
    account.count += 1;
    account.lastSeconds = seconds;
    // Set anew, so that the map's order is the order of the last failure.
    this.#accounts.delete(accountHash);
    this.#accounts.set(accountHash, account);
    if (this.#accounts.size > maxAccounts + SPARE_ACCOUNTS) {
      const oldest = this.#accounts.keys().next();
      if (oldest.done !== true) this.#accounts.delete(oldest.value);
    }
    return account;
  }

  /** The account signed in well: only its own failures are forgotten. */
  forgive(accountHash: number): void {
    this.#accounts.delete(accountHash);
  }

  /** Distinct accounts that failed within DISTINCT_MS. */
  distinct(atMs: number): number {
    let count = 0;
    for (const account of this.#accounts.values()) if (atMs - account.lastSeconds * 1000 <= DISTINCT_MS) count += 1;
    return count;
  }

  /** Failures of all accounts in the last five to ten minutes. */
  recentFailures(atMs: number): number {
    this.#advance(atMs);
    return this.#halfCount + this.#halfBefore;
  }

  /** Forgets what is too old; true when nothing is left. */
  expire(atMs: number): boolean {
    for (const [hash, account] of this.#accounts) {
      if (atMs - account.lastSeconds * 1000 <= FAILING_MS) break;
      this.#accounts.delete(hash);
    }
    return this.#accounts.size === 0;
  }

  #advance(atMs: number): void {
    const half = DISTINCT_MS / 2;
    const halves = Math.floor((atMs - this.#halfStartMs) / half);
    if (halves <= 0) return;
    this.#halfBefore = halves === 1 ? this.#halfCount : 0;
    this.#halfCount = 0;
    this.#halfStartMs += halves * half;
  }
}
