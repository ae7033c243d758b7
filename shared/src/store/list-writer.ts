/** Writes a great many entries to a list: the same guards as for one, but what is refused stops nothing else. */
import type { Redis } from "ioredis";
import type { ListEntry, ListName } from "../lists.ts";
import { NetworkLookup } from "../network-lookup.ts";
import { NetworkOrder } from "../network-order.ts";
import { MAX_LIST_ENTRIES, redisKeys } from "../redis-keys.ts";
import { liftBlocks, liftedCommands, readBlockKeys } from "./block-store.ts";
import { commit } from "./change-stream.ts";
import { DenyGuard, type GuardedNetwork } from "./deny-guard.ts";
import { scanHash } from "./hash-scan.ts";
import { readHosts } from "./host-store.ts";
import { tellStep } from "./list-step.ts";
import type { Author } from "./list-store.ts";

/** Entries to give to one `write`: a step takes a few milliseconds of the server's. */
export const WRITE_STEP = 1000;

/** How often a step is decided anew when others change the lists meanwhile. */
const MAX_ATTEMPTS = 50;

export interface WriteOptions {
  /** What is on the list already stays as it is. */
  readonly onlyNew?: boolean;
  /** Says what a write would do, and writes nothing. */
  readonly isTrial?: boolean;
}

export interface WriteOutcome {
  readonly added: number;
  readonly updated: number;
  /** With `onlyNew`: how many were there. */
  readonly present: number;
  readonly refused: readonly {
    readonly entry: ListEntry;
    readonly reason: "guarded-network" | "list-full";
    readonly detail: string;
  }[];
}

interface Refusal {
  readonly entry: ListEntry;
  readonly reason: "guarded-network" | "list-full";
  readonly detail: string;
}

/** The allowlist or the blocks as they were at a version, for thousands of questions. */
interface Known {
  readonly version: string;
  readonly allowed: NetworkLookup;
}

export class ListWriter {
  readonly #redis: Redis;
  readonly #list: ListName;
  readonly #author: Author;
  readonly #guard: DenyGuard | undefined;
  readonly #blocks: { order: NetworkOrder; readonly keysOf: Map<string, string[]> };
  #known: Known | undefined;
  readonly #written: string[] = [];
  readonly #options: WriteOptions;
  /** What a trial would have added so far. */
  readonly #planned = new Set<string>();

  private constructor(
    redis: Redis,
    list: ListName,
    author: Author,
    guard: DenyGuard | undefined,
    blockKeys: ReadonlyMap<string, string[]>,
    options: WriteOptions,
  ) {
    this.#redis = redis;
    this.#list = list;
    this.#author = author;
    this.#guard = guard;
    this.#options = options;
    this.#blocks = { order: new NetworkOrder(blockKeys.keys()), keysOf: new Map(blockKeys) };
  }

  /** Reads what the guards need. `guarded` as for `putListEntries`. */
  static async open(
    redis: Redis,
    list: ListName,
    author: Author,
    guarded: readonly GuardedNetwork[],
    options: WriteOptions = {},
  ): Promise<ListWriter> {
    const guard = list === "deny" ? new DenyGuard(guarded, await readHosts(redis)) : undefined;
    const blockKeys = list === "allow" ? await readBlocksBySource(redis) : new Map<string, string[]>();
    return new ListWriter(redis, list, author, guard, blockKeys, options);
  }

  /** Writes up to WRITE_STEP valid entries in one step, all but those that are refused. An entry that is there is replaced. */
  async write(entries: readonly ListEntry[]): Promise<WriteOutcome> {
    for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt += 1) {
      const known = await this.#learn();
      const { kept, refused, present } = await this.#sieve(entries, known);
      if (kept.length === 0) return { added: 0, updated: 0, present, refused };
      if (this.#options.isTrial === true) return { ...(await this.#plan(kept)), present, refused };
      const lifted = liftedCommands(this.#blocksInside(kept), this.#author.nowMs);
      const flat = kept.flatMap((entry) => [entry.network, JSON.stringify(entry)]);
      const told = tellStep(known.version, this.#list, kept);
      const committed = await commit(this.#redis, {
        onVersion: known.version,
        commands: [["HSET", redisKeys.list(this.#list), ...flat], ...told.commands, ...lifted.commands],
        changes: [told.change, ...lifted.changes],
        by: this.#author.by,
      });
      if (committed === undefined) {
        this.#known = undefined;
        continue;
      }
      // The step itself raised the version by one: nobody else changed anything since.
      this.#known = { ...known, version: String(Number(known.version) + 1) };
      if (this.#list === "allow") for (const { network } of kept) this.#written.push(network);
      const added = Number(committed.replies[0]);
      return { added, updated: new Set(kept.map(({ network }) => network)).size - added, present, refused };
    }
    throw new Error("the lists are being changed by others all the time; try again");
  }

  /** Lifts the blocks that came while an allowlist was being written. Call once, after the last `write`. */
  async finish(): Promise<void> {
    if (this.#list !== "allow" || this.#written.length === 0) return;
    const keysOf = await readBlocksBySource(this.#redis);
    const order = new NetworkOrder(keysOf.keys());
    const late = new Set<string>();
    for (const network of this.#written) {
      for (const source of order.inside(network)) for (const key of keysOf.get(source) ?? []) late.add(key);
    }
    if (late.size > 0) await liftBlocks(this.#redis, [...late], this.#author);
  }

  async #learn(): Promise<Known> {
    if (this.#known !== undefined) return this.#known;
    const version = (await this.#redis.get(redisKeys.version)) ?? "0";
    const allowed = new NetworkLookup();
    if (this.#list === "deny") {
      for await (const portion of scanHash(this.#redis, redisKeys.list("allow"))) {
        for (const [network] of portion) allowed.add(network);
      }
    }
    this.#known = { version, allowed };
    return this.#known;
  }

  async #sieve(
    entries: readonly ListEntry[],
    { allowed }: Known,
  ): Promise<{ readonly kept: ListEntry[]; readonly refused: Refusal[]; readonly present: number }> {
    const permitted: ListEntry[] = [];
    const refused: Refusal[] = [];
    for (const entry of entries) {
      const why = this.#explainRefusal(entry.network, allowed);
      if (why === undefined) permitted.push(entry);
      else refused.push({ entry, reason: "guarded-network", detail: why });
    }
    const kept = this.#options.onlyNew === true ? await this.#withoutPresent(permitted) : permitted;
    const present = permitted.length - kept.length;
    const room = MAX_LIST_ENTRIES - this.#planned.size - (await this.#redis.hlen(redisKeys.list(this.#list)));
    if (kept.length <= room) return { kept, refused, present };
    return { ...(await this.#fit(kept, Math.max(0, room), refused)), present };
  }

  async #withoutPresent(entries: readonly ListEntry[]): Promise<ListEntry[]> {
    if (entries.length === 0) return [];
    const present = await this.#redis.hmget(redisKeys.list(this.#list), ...entries.map(({ network }) => network));
    return entries.filter((_, index) => present[index] === null);
  }

  /** What writing these would come to, with all that was planned before. */
  async #plan(kept: readonly ListEntry[]): Promise<{ readonly added: number; readonly updated: number }> {
    const networks = new Set(kept.map(({ network }) => network));
    const isNew = await this.#withoutPresent(kept);
    const before = this.#planned.size;
    for (const { network } of isNew) this.#planned.add(network);
    const added = this.#planned.size - before;
    return { added, updated: networks.size - added };
  }

  #explainRefusal(network: string, allowed: NetworkLookup): string | undefined {
    if (this.#guard === undefined) {
      return network.endsWith("/0") ? "it is every address there is: nothing would be protected any more" : undefined;
    }
    const why = this.#guard.explain(network);
    if (why !== undefined) return why;
    const container = allowed.findContaining(network);
    return container === undefined ? undefined : `${container} is on the allowlist`;
  }

  /** The list is nearly full: what is there already is replaced, new entries are taken while there is room. */
  async #fit(kept: readonly ListEntry[], room: number, refused: Refusal[]) {
    const key = redisKeys.list(this.#list);
    const present = await this.#redis.hmget(key, ...kept.map((entry) => entry.network));
    let left = room;
    const fitting = kept.filter((entry, index) => {
      if (present[index] !== null) return true;
      left -= 1;
      if (left >= 0) return true;
      refused.push({ entry, reason: "list-full", detail: `a list has at most ${MAX_LIST_ENTRIES} entries` });
      return false;
    });
    return { kept: fitting, refused };
  }

  #blocksInside(entries: readonly ListEntry[]): string[] {
    const keys: string[] = [];
    for (const { network } of entries) {
      for (const source of this.#blocks.order.inside(network)) {
        keys.push(...(this.#blocks.keysOf.get(source) ?? []));
        // Lifted once is enough.
        this.#blocks.keysOf.delete(source);
      }
    }
    return keys;
  }
}

async function readBlocksBySource(redis: Redis): Promise<Map<string, string[]>> {
  const keysOf = new Map<string, string[]>();
  for await (const key of readBlockKeys(redis)) {
    const source = key.split(" ", 1)[0] ?? key;
    keysOf.set(source, [...(keysOf.get(source) ?? []), key]);
  }
  return keysOf;
}
