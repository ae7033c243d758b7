/** What a restore has read, held in the store beside what is in force until all of it is known to be good. */
import { randomUUID } from "node:crypto";
import { RESTORE_SECONDS, redisKeys } from "@sipprot/shared/redis-keys";
import type { Redis } from "ioredis";

/** Commands sent in one go. */
const STEP = 500;

export class Staging {
  readonly #redis: Redis;
  readonly #name = randomUUID();
  readonly #keys = new Set<string>();
  #commands: Array<readonly [string, ...(string | number)[]]> = [];

  constructor(redis: Redis) {
    this.#redis = redis;
  }

  /** The key of a part; whether there is anything in it, `has` tells. */
  key(part: string): string {
    return redisKeys.restore(`${this.#name}:${part}`);
  }

  has(part: string): boolean {
    return this.#keys.has(this.key(part));
  }

  /** Puts a field of a hash. */
  put(part: string, field: string, text: string): Promise<void> {
    return this.#send("hset", part, field, text);
  }

  /** Puts a member of a set. */
  include(part: string, member: string): Promise<void> {
    return this.#send("sadd", part, member);
  }

  /** Puts a member of a sorted set. */
  rank(part: string, score: number, member: string): Promise<void> {
    return this.#send("zadd", part, score, member);
  }

  /** Writes what is still held here. Throws what the store throws. */
  async flush(): Promise<void> {
    const commands = this.#commands;
    this.#commands = [];
    if (commands.length === 0) return;
    const pipeline = this.#redis.pipeline();
    for (const [name, ...args] of commands) pipeline.call(name, ...args);
    for (const [error] of (await pipeline.exec()) ?? []) if (error !== null) throw error;
  }

  /** Takes away what was not moved into place. */
  async discard(): Promise<void> {
    this.#commands = [];
    const keys = [...this.#keys];
    for (let start = 0; start < keys.length; start += STEP)
      await this.#redis.unlink(...keys.slice(start, start + STEP));
  }

  async #send(command: string, part: string, ...args: (string | number)[]): Promise<void> {
    const key = this.key(part);
    const isNew = !this.#keys.has(key);
    this.#keys.add(key);
    this.#commands.push([command, key, ...args]);
    // Should this program die, the server takes the rest away.
    if (isNew) this.#commands.push(["expire", key, RESTORE_SECONDS]);
    if (this.#commands.length >= STEP) await this.flush();
  }
}
