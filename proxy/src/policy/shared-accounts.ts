/** One account guessed from many addresses: sources that never registered it share one credit for it. */
import { Rotation } from "./rotation.ts";

/** Accounts counted at once; a record takes about 200 bytes. */
export const MAX_SHARED_ACCOUNTS = 20_000;
const SLOT_MS = 5_000;
/** 13 slots of 5 s cover at least a full minute at any time. */
const SLOTS = 13;
/** Accounts looked at to find room; the one with the fewest failures goes. */
const ROOM_SEARCH_STEPS = 16;

class SharedAccount {
  readonly #all: number[] = emptySlots();
  #unproven: number[] | undefined = undefined;
  #slot = 0;

  add(atMs: number, isProven: boolean, count: number, nowMs: number): void {
    this.#advance(Math.max(atMs, nowMs));
    const slot = Math.floor(atMs / SLOT_MS);
    if (slot <= this.#slot - SLOTS) return;
    const index = slot % SLOTS;
    this.#all[index] = Math.max(0, (this.#all[index] ?? 0) + count);
    if (isProven) return;
    this.#unproven ??= emptySlots();
    this.#unproven[index] = Math.max(0, (this.#unproven[index] ?? 0) + count);
  }

  total(atMs: number): number {
    this.#advance(atMs);
    return sumOf(this.#all);
  }

  unproven(atMs: number): number {
    this.#advance(atMs);
    return this.#unproven === undefined ? 0 : sumOf(this.#unproven);
  }

  #advance(atMs: number): void {
    const slot = Math.floor(atMs / SLOT_MS);
    if (slot <= this.#slot) return;
    const steps = Math.min(SLOTS, slot - this.#slot);
    for (let step = 1; step <= steps; step += 1) {
      const index = (slot - steps + step) % SLOTS;
      this.#all[index] = 0;
      if (this.#unproven !== undefined) this.#unproven[index] = 0;
    }
    this.#slot = slot;
  }
}

function emptySlots(): number[] {
  return new Array<number>(SLOTS).fill(0);
}

function sumOf(slots: readonly number[]): number {
  let sum = 0;
  for (const count of slots) sum += count;
  return sum;
}

export class SharedAccounts {
  readonly #max: number;
  readonly #accounts = new Map<string, SharedAccount>();
  readonly #rotation = new Rotation(() => this.#accounts.entries());

  constructor(max: number) {
    this.#max = max;
  }

  get size(): number {
    return this.#accounts.size;
  }

  /** Attempts under way and failed in the last minute, from all sources that never registered the account. */
  total(account: string, atMs: number): number {
    return this.#accounts.get(account)?.total(atMs) ?? 0;
  }

  unproven(account: string, atMs: number): number {
    return this.#accounts.get(account)?.unproven(atMs) ?? 0;
  }

  /** An attempt takes credit, or failures of other hosts are added. */
  add(account: string, atMs: number, isProven: boolean, count: number, nowMs: number): void {
    let shared = this.#accounts.get(account);
    if (shared === undefined) {
      if (this.#accounts.size >= this.#max) this.#makeRoom(nowMs);
      shared = new SharedAccount();
      this.#accounts.set(account, shared);
    }
    shared.add(atMs, isProven, count, nowMs);
  }

  /** The attempt passed at `atMs` was none of a guesser. */
  giveBack(account: string, atMs: number, isProven: boolean, count: number, nowMs: number): void {
    const shared = this.#accounts.get(account);
    if (shared === undefined) return;
    shared.add(atMs, isProven, -count, nowMs);
    // The usual case: one phone signed in. What nobody guesses takes no room.
    if (shared.total(nowMs) === 0) this.#accounts.delete(account);
  }

  /** Forgets accounts without failures, at most `steps` looked at. */
  expire(atMs: number, steps: number): void {
    const count = Math.min(steps, this.#accounts.size);
    for (let step = 0; step < count; step += 1) {
      const next = this.#rotation.next();
      if (next !== undefined && next[1].total(atMs) === 0) this.#accounts.delete(next[0]);
    }
  }

  #makeRoom(atMs: number): void {
    let least: string | undefined;
    let leastTotal = Number.POSITIVE_INFINITY;
    for (let step = 0; step < ROOM_SEARCH_STEPS && leastTotal > 0; step += 1) {
      const next = this.#rotation.next();
      if (next === undefined) break;
      const total = next[1].total(atMs);
      if (total < leastTotal) {
        least = next[0];
        leastTotal = total;
      }
    }
    if (least !== undefined) this.#accounts.delete(least);
  }
}
