/**
 * Every key in Redis, its shape and its lifetime. Nothing else in the product spells a key.
 *
 * Rule: all keys share one hash tag, so that a Cluster keeps them in one slot and MULTI works.
 * Rule: nothing is ever read with KEYS, and every collection that grows by itself has a bound stated here.
 */
import type { ListName } from "./lists.ts";

const prefix = "{sipprot}:";

export const redisKeys = {
  /** string: number of the layout; written by `sipprot setup`. */
  layout: `${prefix}layout`,
  /** hash: network → JSON ListEntry; kept until removed. */
  list: (name: ListName) => `${prefix}list:${name}`,
  /** hash: setting → JSON value; only what differs from the default is there. */
  settings: `${prefix}settings`,
  /** hash: blockKey → JSON Block; swept when untilMs has passed. */
  blocks: `${prefix}blocks`,
  /** sorted set: blockKey by untilMs, for the sweep. */
  blocksByEnd: `${prefix}blocks:by-end`,
  /** string: how often a source was blocked; lives STRIKES_SECONDS after the last block. */
  strikes: (source: string) => `${prefix}strikes:${source}`,
  /** stream of JSON Change; capped at MAX_CHANGES. */
  changes: `${prefix}changes`,
  /** stream of JSON SipEvent batches; capped at MAX_EVENT_BATCHES. */
  events: `${prefix}events`,
  /** hash: account → failures at strangers within a minute window; lives ACCOUNT_WINDOW_SECONDS. */
  accountFailures: (minute: number) => `${prefix}account-failures:${minute}`,
  /** hash: host name → JSON Host. */
  hosts: `${prefix}hosts`,
  /** hash: `gate|verdict|endpoint|…` → count, one a day; lives DAILY_SECONDS. */
  daily: (day: string) => `${prefix}daily:${day}`,
} as const;

/** Version of the key layout. */
export const REDIS_LAYOUT = 1;
/** Changes kept for proxies that were away; one further behind reads everything anew. */
export const MAX_CHANGES = 100_000;
/** Event batches kept for those who follow live or look back. */
export const MAX_EVENT_BATCHES = 20_000;
/** How long a source's blocks are remembered: long enough to catch one that comes back each week. */
export const STRIKES_SECONDS = 30 * 86_400;
export const ACCOUNT_WINDOW_SECONDS = 120;
/** Daily aggregates are kept for 400 days: this month against the same month last year. */
export const DAILY_SECONDS = 400 * 86_400;
