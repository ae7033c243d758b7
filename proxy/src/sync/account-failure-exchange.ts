/**
 * Failures of accounts at strangers, told between hosts: each host tells what it saw since the last time, the others add
 * it to their count. Nothing is kept: who was away misses what is a minute old anyway.
 */
import { redisKeys } from "@sipprot/shared/redis-keys";
import { readStoredJson } from "@sipprot/shared/store/stored-json";
import type { Redis } from "ioredis";
import { z } from "zod";

/** How often a host tells. */
export const TELL_EVERY_MS = 250;
/** Accounts told at a time; an attack on more is seen by each host by itself. */
export const MAX_TOLD_ACCOUNTS = 2000;

/** Failures of one account since the last time. */
export interface AccountFailures {
  readonly account: string;
  readonly count: number;
  readonly atMs: number;
}

const messageSchema = z.object({
  host: z.string(),
  failures: z
    .array(
      z.object({ account: z.string().max(256), count: z.number().int().positive().max(1_000_000), atMs: z.number() }),
    )
    .max(MAX_TOLD_ACCOUNTS),
});

export class AccountFailureExchange {
  readonly #publisher: Redis;
  readonly #hostName: string;
  readonly #pending = new Map<string, { count: number; atMs: number }>();

  /** `subscriber` is a connection of its own; it subscribes again by itself after an outage. */
  constructor(
    publisher: Redis,
    subscriber: Redis,
    hostName: string,
    onFailures: (failures: readonly AccountFailures[]) => void,
  ) {
    this.#publisher = publisher;
    this.#hostName = hostName;
    const subscribe = () => void subscriber.subscribe(redisKeys.accountFailures).catch(() => undefined);
    subscriber.on("ready", subscribe);
    if (subscriber.status === "ready") subscribe();
    subscriber.on("message", (_channel, text) => {
      const message = readStoredJson(messageSchema, text);
      if (message !== undefined && message.host !== hostName) onFailures(message.failures);
    });
  }

  /** One more failure; told with the next `tell`. */
  add(account: string, atMs: number): void {
    const known = this.#pending.get(account);
    if (known !== undefined) {
      known.count += 1;
      known.atMs = atMs;
    } else if (this.#pending.size < MAX_TOLD_ACCOUNTS) this.#pending.set(account, { count: 1, atMs });
  }

  /** Tells the others; what cannot be told is forgotten. Never throws. */
  async tell(): Promise<void> {
    if (this.#pending.size === 0) return;
    const failures = [...this.#pending].map(([account, { count, atMs }]) => ({ account, count, atMs }));
    this.#pending.clear();
    const message = JSON.stringify({ host: this.#hostName, failures });
    await this.#publisher.publish(redisKeys.accountFailures, message).catch(() => undefined);
  }
}
