/** A turn that is taken once at a time: in this process by joining the one that goes on, among all by a lock in the store. */
import type { Redis } from "ioredis";
import { type StoreLock, takeStoreLock } from "./store-lock.ts";

export class LoneTurn {
  readonly #redis: Redis;
  readonly #key: string;
  readonly #lockMs: number;
  readonly #work: (lock: StoreLock) => Promise<void>;
  #turn: Promise<void> | undefined;

  /** `key` and `lockMs` are those of the lock. */
  constructor(redis: Redis, key: string, lockMs: number, work: (lock: StoreLock) => Promise<void>) {
    this.#redis = redis;
    this.#key = key;
    this.#lockMs = lockMs;
    this.#work = work;
  }

  /** Does the work, or joins who does it here; nothing while another program does it. Throws what the work throws. */
  async take(): Promise<void> {
    this.#turn ??= this.#takeLock().finally(() => {
      this.#turn = undefined;
    });
    await this.#turn;
  }

  async #takeLock(): Promise<void> {
    const lock = await takeStoreLock(this.#redis, this.#key, this.#lockMs);
    if (lock === undefined) return;
    try {
      await this.#work(lock);
    } finally {
      await lock.release();
    }
  }
}
