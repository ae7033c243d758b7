/** What a restore has read, held in the store beside what is in force until all of it is known to be good. */
import { randomUUID } from "node:crypto";
import { RESTORE_SECONDS, redisKeys } from "@sipprot/shared/redis-keys";
import type { Redis } from "ioredis";

/** Keys taken away with one command. */
const STEP = 500;

type Command = "hset" | "sadd" | "zadd" | "rpush";

export class Staging {
  readonly #redis: Redis;
  readonly #name = randomUUID();
  readonly #keys = new Set<string>();
  /** Key → what is to be written to it. */
  readonly #waiting = new Map<string, { readonly command: Command; readonly words: (string | number)[] }>();

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
  put(part: string, field: string, text: string): void {
    this.#add("hset", part, field, text);
  }

  /** Puts a member of a set. */
  include(part: string, member: string): void {
    this.#add("sadd", part, member);
  }

  /** Puts a member of a sorted set. */
  rank(part: string, score: number, member: string): void {
    this.#add("zadd", part, score, member);
  }

  /** Puts an item at the end of a list. */
  append(part: string, item: string): void {
    this.#add("rpush", part, item);
  }

  /** Writes what was put since the last time: call it after each portion. Throws what the store throws. */
  async flush(): Promise<void> {
    if (this.#waiting.size === 0) return;
    const pipeline = this.#redis.pipeline();
    for (const [key, { command, words }] of this.#waiting) {
      pipeline.call(command, key, ...words);
      // Should this program die, the server takes away what is left.
      if (!this.#keys.has(key)) pipeline.expire(key, RESTORE_SECONDS);
      this.#keys.add(key);
    }
    this.#waiting.clear();
    for (const [error] of (await pipeline.exec()) ?? []) if (error !== null) throw error;
  }

  /** Takes away what was not moved into place. */
  async discard(): Promise<void> {
    this.#waiting.clear();
    const keys = [...this.#keys];
    for (let start = 0; start < keys.length; start += STEP) {
      await this.#redis.unlink(...keys.slice(start, start + STEP));
    }
  }

  #add(command: Command, part: string, ...words: (string | number)[]): void {
    const key = this.key(part);
    const waiting = this.#waiting.get(key) ?? { command, words: [] };
    waiting.words.push(...words);
    this.#waiting.set(key, waiting);
  }
}
