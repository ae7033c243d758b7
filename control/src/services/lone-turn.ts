/** A turn that is taken once at a time: in this process by joining the one that goes on, among all by a lock in the store. */
import { randomUUID } from "node:crypto";
import type { Redis } from "ioredis";

const unlockScript = `if redis.call('GET', KEYS[1]) == ARGV[1] then return redis.call('DEL', KEYS[1]) end return 0`;
const renewScript = `if redis.call('GET', KEYS[1]) == ARGV[1] then return redis.call('PEXPIRE', KEYS[1], ARGV[2]) end return 0`;

/** Begins the lock's time anew; false when it was lost, and the turn must end. */
export type RenewLock = () => Promise<boolean>;

export class LoneTurn {
  readonly #redis: Redis;
  readonly #key: string;
  readonly #lockMs: number;
  readonly #work: (renew: RenewLock) => Promise<void>;
  #turn: Promise<void> | undefined;

  /** `lockMs` is longer than the work takes, or than it takes between two renewals: a process that died holds it so long. */
  constructor(redis: Redis, key: string, lockMs: number, work: (renew: RenewLock) => Promise<void>) {
    this.#redis = redis;
    this.#key = key;
    this.#lockMs = lockMs;
    this.#work = work;
  }

  /** Does the work, or joins who does it here; nothing while another process does it. Throws what the work throws. */
  async take(): Promise<void> {
    this.#turn ??= this.#takeLock().finally(() => {
      this.#turn = undefined;
    });
    await this.#turn;
  }

  async #takeLock(): Promise<void> {
    const token = randomUUID();
    if ((await this.#redis.set(this.#key, token, "PX", this.#lockMs, "NX")) !== "OK") return;
    try {
      await this.#work(async () => (await this.#redis.eval(renewScript, 1, this.#key, token, this.#lockMs)) === 1);
    } finally {
      await this.#redis.eval(unlockScript, 1, this.#key, token);
    }
  }
}
