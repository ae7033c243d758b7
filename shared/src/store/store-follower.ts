/**
 * Keeps the copy equal to the store: reads the stream of changes, catches up after an outage, reads everything anew when
 * the stream does not reach back far enough or the store lost data. Never throws, never gives up.
 */

import { setImmediate as turn } from "node:timers/promises";
import type { Redis } from "ioredis";
import type { Block } from "../block.ts";
import { blockKey } from "../block.ts";
import type { Change } from "../change.ts";
import type { ListEntry, ListName } from "../lists.ts";
import { redisKeys } from "../redis-keys.ts";
import { readBlocks, readStrikes } from "./block-store.ts";
import { readChange } from "./change-record.ts";
import { BEFORE_ALL_CHANGES, type ChangeRecord, hasChange, readChanges, readLastChangeId } from "./change-stream.ts";
import { readStep } from "./list-step.ts";
import { readList, readListEntries } from "./list-store.ts";
import { readSettings } from "./settings-store.ts";
import type { FreshState, StoreCopy } from "./store-copy.ts";

/** Changes read at a time. */
const MAX_READ = 500;
/** How long one read waits for a change; between two reads the follower looks whether the store still knows its place. */
const READ_BLOCK_MS = 5000;
/** Pause between two looks at a server that does not answer. */
const RETRY_MS = 200;
/** A list that changes as a whole is read anew at most this often. */
const LIST_RELOAD_EVERY_MS = 300;
/** Steps of a large change read together: some ten thousand entries. */
const STEPS_AT_ONCE = 10;

export interface FollowerState {
  /** True while the copy is that of the store, but for what came in the last moment. */
  readonly isInStep: boolean;
  readonly sinceMs: number;
  /** Changes that could not be read and were skipped. */
  readonly skipped: number;
  /** Settings of a newer version, kept out. */
  readonly leftOut: readonly string[];
  /** Version of the key layout in the store. */
  readonly layout: number;
  /** How often everything was read anew. */
  readonly reloads: number;
  /** Age of the last change when it arrived here, in milliseconds. */
  readonly lagMs: number;
  readonly trouble: string;
}

export interface FollowerOptions {
  /** For commands. */
  readonly redis: Redis;
  /** A connection of its own: it waits most of the time. */
  readonly reader: Redis;
  readonly copy: StoreCopy;
  /** What was applied to the copy, in order. */
  readonly onChanges: (changes: readonly Change[]) => void;
  /** Strikes read with everything else. */
  readonly onStrikes: (strikes: ReadonlyMap<string, number>) => void;
  /** Asked when the store is found empty though the copy is not; true when something was given back to it. */
  readonly giveBack: () => Promise<boolean>;
  /** True for blocks that are on their way to the store. */
  readonly keepsBlock: (key: string) => boolean;
  readonly now: () => number;
}

/** A step of a large change whose networks are still to be read. */
interface Step {
  readonly list: ListName;
  readonly step: string;
}

export class StoreFollower {
  readonly #options: FollowerOptions;
  /** Lists to be read anew. */
  readonly #dirtyLists = new Set<ListName>();
  #steps: Step[] = [];
  #readId: string;
  #isStopped = false;
  #reloadedListsAtMs = Number.NEGATIVE_INFINITY;
  #state: FollowerState;

  constructor(options: FollowerOptions) {
    this.#options = options;
    this.#readId = options.copy.lastChangeId;
    const sinceMs = options.now();
    const counts = { skipped: 0, leftOut: [], layout: 0, reloads: 0, lagMs: 0 };
    this.#state = { isInStep: false, sinceMs, ...counts, trouble: "not yet asked" };
  }

  get state(): FollowerState {
    return this.#state;
  }

  /** Follows until `stop`. */
  async run(): Promise<void> {
    while (!this.#isStopped) {
      try {
        if (!this.#state.isInStep) await this.#findPlace();
        await this.#readOnce();
      } catch (error) {
        this.#become({ isInStep: false, trouble: (error as Error).message });
        await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
      }
    }
  }

  /** Ends after the read that is under way; disconnect the reader to end that too. */
  stop(): void {
    this.#isStopped = true;
  }

  async #findPlace(): Promise<void> {
    const { redis } = this.#options;
    if (!(await hasChange(redis, this.#readId))) await this.#reloadAll();
    const layout = Number((await redis.get(redisKeys.layout)) ?? 0);
    this.#become({ isInStep: true, layout, trouble: "" });
  }

  async #readOnce(): Promise<void> {
    const before = this.#readId;
    // What a lost connection left undone comes before anything new.
    await this.#readSteps();
    const blockMs = this.#dirtyLists.size > 0 ? LIST_RELOAD_EVERY_MS : READ_BLOCK_MS;
    const records = await readChanges(this.#options.reader, before, MAX_READ, blockMs);
    if (this.#isStopped) return;
    // Our last change is still there, so nothing between it and what was read can have been lost.
    const isBeginning = before === BEFORE_ALL_CHANGES && records.length < MAX_READ;
    if (!isBeginning && !(await hasChange(this.#options.redis, before))) await this.#reloadAll();
    else this.#take(records);
    await this.#readSteps();
    await this.#reloadDirtyLists();
  }

  #take(records: readonly ChangeRecord[]): void {
    const changes: Change[] = [];
    for (const record of records) {
      this.#readId = record.id;
      const read = readChange(record.change);
      if (read === undefined) {
        this.#become({ skipped: this.#state.skipped + 1 });
        continue;
      }
      if (read.change.kind === "settings") this.#become({ leftOut: read.leftOut });
      if (read.change.kind === "list-reload") this.#dirtyLists.add(read.change.list);
      else if (read.change.kind === "list-step") this.#steps.push(read.change);
      else changes.push(read.change);
    }
    const last = records.at(-1);
    if (last !== undefined) this.#become({ lagMs: Math.max(0, this.#options.now() - Number(last.id.split("-")[0])) });
    this.#apply(changes);
    this.#notePlace();
  }

  /** Reads what the steps touched as it is now, which is at least as new as all that was read of the stream. */
  async #readSteps(): Promise<void> {
    const { redis, copy } = this.#options;
    while (this.#steps.length > 0) {
      const portion = this.#steps.slice(0, STEPS_AT_ONCE);
      // All asked for together: one way to the server and back, not one a step.
      const found = await Promise.all(portion.map(({ step }) => readStep(redis, step)));
      const entries = await Promise.all(portion.map(({ list }, at) => readListEntries(redis, list, found[at] ?? [])));
      for (const [at, { list }] of portion.entries()) {
        const networks = found[at];
        if (networks === undefined) this.#dirtyLists.add(list);
        else this.#apply([...copy.touched(list, networks, entries[at] ?? [])]);
        await turn();
      }
      this.#steps = this.#steps.slice(portion.length);
      this.#notePlace();
    }
  }

  async #reloadDirtyLists(): Promise<void> {
    const nowMs = performance.now();
    if (this.#dirtyLists.size === 0 || nowMs - this.#reloadedListsAtMs < LIST_RELOAD_EVERY_MS) return;
    for (const list of this.#dirtyLists) {
      const fresh: FreshState = { lists: { [list]: await this.#readWholeList(list) } };
      this.#apply([...this.#options.copy.differences(fresh, () => true)]);
    }
    this.#reloadedListsAtMs = nowMs;
    this.#dirtyLists.clear();
    this.#notePlace();
  }

  async #reloadAll(): Promise<void> {
    const { redis, copy } = this.#options;
    // The place first: what changes while we read comes again with the stream, and putting twice does no harm.
    let place = await readLastChangeId(redis);
    if (
      place === BEFORE_ALL_CHANGES &&
      !copy.isBlank &&
      (await isStoreEmpty(redis)) &&
      (await this.#options.giveBack())
    ) {
      place = await readLastChangeId(redis);
    }
    const read = await readSettings(redis);
    const blocks = new Map<string, Block>();
    const nowMs = this.#options.now();
    for await (const portion of readBlocks(redis)) {
      for (const block of portion) if (block.untilMs > nowMs) blocks.set(blockKey(block), block);
    }
    const lists = { allow: await this.#readWholeList("allow"), deny: await this.#readWholeList("deny") };
    const strikes = new Map<string, number>();
    for await (const portion of readStrikes(redis)) for (const [source, count] of portion) strikes.set(source, count);
    this.#readId = place;
    this.#dirtyLists.clear();
    this.#steps = [];
    this.#become({ leftOut: [...read.unknown, ...read.refused], reloads: this.#state.reloads + 1 });
    this.#apply([...copy.differences({ lists, blocks, settings: read.settings }, this.#options.keepsBlock)]);
    copy.strikes.clear();
    for (const [source, count] of strikes) copy.strikes.set(source, count);
    this.#options.onStrikes(strikes);
    this.#notePlace();
  }

  async #readWholeList(list: ListName): Promise<Map<string, ListEntry>> {
    const entries = new Map<string, ListEntry>();
    for await (const portion of readList(this.#options.redis, list)) {
      for (const entry of portion) entries.set(entry.network, entry);
    }
    return entries;
  }

  #apply(changes: readonly Change[]): void {
    if (changes.length === 0) return;
    for (const change of changes) this.#options.copy.apply(change);
    this.#options.onChanges(changes);
  }

  /** The copy's place moves on only when nothing of a list waits to be read: a snapshot must not claim more than it has. */
  #notePlace(): void {
    if (this.#dirtyLists.size === 0 && this.#steps.length === 0) this.#options.copy.lastChangeId = this.#readId;
  }

  #become(news: Partial<FollowerState>): void {
    const isTurning = news.isInStep !== undefined && news.isInStep !== this.#state.isInStep;
    this.#state = { ...this.#state, ...news, sinceMs: isTurning ? this.#options.now() : this.#state.sinceMs };
  }
}

async function isStoreEmpty(redis: Redis): Promise<boolean> {
  const { version, settings, blocks, changes, list } = redisKeys;
  return (await redis.exists(version, settings, blocks, changes, list("allow"), list("deny"))) === 0;
}
