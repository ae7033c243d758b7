/** The control plane's copy of the store: it follows the stream of changes as a proxy does, and sweeps what has expired. */

import { setTimeout as pause } from "node:timers/promises";
import { type ListName, listNames } from "@sipprot/shared/lists";
import { readLastChangeId } from "@sipprot/shared/store/change-stream";
import { removeExpiredEntries } from "@sipprot/shared/store/list-store";
import { openLastingConnection, type StoreLocation } from "@sipprot/shared/store/redis-connection";
import { StoreCopy } from "@sipprot/shared/store/store-copy";
import { type FollowerState, StoreFollower } from "@sipprot/shared/store/store-follower";
import type { Redis } from "ioredis";
import { isEarlier } from "./blocks.ts";
import { type Countries, openCountries } from "./country.ts";
import { ListIndex } from "./list-index.ts";

/** How often what has expired is taken off the lists. */
const SWEEP_EVERY_MS = 5000;
/** Longest that somebody waits to see their own change. */
const CATCH_UP_WITHIN_MS = 2000;

export class StoreMirror {
  readonly copy = new StoreCopy();
  readonly indexes: Readonly<Record<ListName, ListIndex>>;
  readonly #redis: Redis;
  readonly #reader: Redis;
  readonly #follower: StoreFollower;
  readonly #onTrouble: (error: Error) => void;
  #countries: Countries;
  #databaseFile = "";
  #sweeper: NodeJS.Timeout | undefined;
  #running: Promise<void> | undefined;

  private constructor(location: StoreLocation, countries: Countries, onTrouble: (error: Error) => void) {
    this.#redis = openLastingConnection(location, onTrouble);
    this.#reader = openLastingConnection(location, onTrouble);
    this.#countries = countries;
    this.#onTrouble = onTrouble;
    const countryOf = (network: string) => this.#countries.findCode(network);
    this.indexes = {
      allow: new ListIndex("allow", this.copy.lists.allow, countryOf, Date.now),
      deny: new ListIndex("deny", this.copy.lists.deny, countryOf, Date.now),
    };
    this.#follower = new StoreFollower({
      redis: this.#redis,
      reader: this.#reader,
      copy: this.copy,
      onChanges: (changes) => {
        for (const list of listNames) this.indexes[list].apply(changes);
        void this.#openCountries();
      },
      onStrikes: () => undefined,
      // Only a proxy gives a lost store back: it has a snapshot on disk.
      giveBack: async () => false,
      keepsBlock: () => false,
      now: Date.now,
    });
  }

  /** Begins to follow. Never fails because the store is away; look at `state`. */
  static async open(location: StoreLocation, onTrouble: (error: Error) => void): Promise<StoreMirror> {
    const mirror = new StoreMirror(location, await openCountries(""), onTrouble);
    mirror.#running = mirror.#follower.run();
    mirror.#sweeper = setInterval(() => void mirror.sweep(), SWEEP_EVERY_MS);
    return mirror;
  }

  get state(): FollowerState {
    return this.#follower.state;
  }

  /** True once the whole store was read; a store that is away later does not change that. */
  get hasReadAll(): boolean {
    return this.state.reloads > 0;
  }

  get countries(): Countries {
    return this.#countries;
  }

  /** Waits until what is in the store now can be seen here too, or for two seconds. */
  async catchUp(redis: Redis): Promise<void> {
    const giveUpAtMs = Date.now() + CATCH_UP_WITHIN_MS;
    const wanted = await readLastChangeId(redis);
    while (Date.now() < giveUpAtMs) {
      if (this.state.isInStep && !isEarlier(this.copy.lastChangeId, wanted)) break;
      await pause(5);
    }
    const left = Math.max(0, giveUpAtMs - Date.now());
    const settling = Promise.all(listNames.map((list) => this.indexes[list].settled()));
    await Promise.race([settling, pause(left, undefined, { ref: false })]);
  }

  async close(): Promise<void> {
    clearInterval(this.#sweeper);
    this.#follower.stop();
    this.#reader.disconnect();
    this.#redis.disconnect();
    await this.#running;
  }

  async #openCountries(): Promise<void> {
    const file = this.copy.settings.geoDatabaseFile;
    if (file === this.#databaseFile) return;
    this.#databaseFile = file;
    this.#countries = await openCountries(file);
    for (const list of listNames) this.indexes[list].refresh();
  }

  /** Takes what has expired off the lists in the store, which tells every proxy. Never throws. */
  async sweep(): Promise<void> {
    const nowMs = Date.now();
    this.copy.forgetOver(nowMs);
    try {
      for (const list of listNames) {
        const over = this.copy.expired(list, nowMs);
        if (over.length > 0) await removeExpiredEntries(this.#redis, list, over, { by: "control:expiry", nowMs });
      }
    } catch (error) {
      this.#onTrouble(error as Error);
    }
  }
}

/** Opens the one mirror of a process when it is first needed. */
export class MirrorKeeper {
  readonly #location: StoreLocation;
  readonly #onTrouble: (error: Error) => void;
  #opening: Promise<StoreMirror> | undefined;

  constructor(location: StoreLocation, onTrouble: (error: Error) => void) {
    this.#location = location;
    this.#onTrouble = onTrouble;
  }

  /** The mirror, which may not have read the store yet. */
  open(): Promise<StoreMirror> {
    this.#opening ??= StoreMirror.open(this.#location, this.#onTrouble);
    return this.#opening;
  }

  /** The mirror once it is in step, or after two seconds as far as it is. */
  async read(redis: Redis): Promise<StoreMirror> {
    const mirror = await this.open();
    if (!mirror.hasReadAll) await mirror.catchUp(redis);
    return mirror;
  }

  /** Ends the mirror; nothing is left running. */
  async close(): Promise<void> {
    await (await this.#opening)?.close();
    this.#opening = undefined;
  }
}
