/** The table of sources: bounded, and strangers can only push out strangers. */
import { isIPv6, sourceOf } from "@sipprot/shared/address";
import { Rotation } from "./rotation.ts";
import { Source, WORTH_STANDING, worthOf } from "./source.ts";

/** Sources held at once; at about 300 bytes each for one with nothing to tell, some 60 MB. */
export const MAX_SOURCES = 200_000;
/** IPv6 addresses whose /64 is remembered, so that a phone's packets need no computing. */
const MAX_PREFIXES_KEPT = 20_000;
/** Kept sources looked at to find room for one worth more: bounds the cost of one message. */
const ROOM_SEARCH_STEPS = 64;

/**
 * Half of the table is for strangers: two generations, the older dropped whole when the younger is full, so that the strangers who
 * are heard of least go first. The other half is for sources with something to lose (good standing, blocks, attempts that count);
 * one of those only ever makes room for one worth more.
 */
export class Sources {
  readonly max: number;
  /** Told of a kept source that had to make room, so that totals over all sources stay right. */
  readonly #onForget: (source: Source) => void;
  #fresh = new Map<string, Source>();
  #aged = new Map<string, Source>();
  readonly #kept = new Map<string, Source>();
  readonly #rotation = new Rotation(() => this.#kept.values());
  readonly #prefixes = new Map<string, string>();
  /** The source found last: packets of one source come in batches. */
  #lastAddress = "";
  #last: Source | undefined = undefined;

  constructor(max: number, onForget: (source: Source) => void) {
    this.max = max;
    this.#onForget = onForget;
  }

  get size(): number {
    return this.#fresh.size + this.#aged.size + this.#kept.size;
  }

  get keptSize(): number {
    return this.#kept.size;
  }

  /** The source of a canonical address, made when it is new. */
  at(address: string, atMs: number): Source {
    if (address === this.#lastAddress && this.#last !== undefined) {
      this.#last.lastSeenMs = atMs;
      return this.#last;
    }
    const source = this.ofKey(this.#keyOf(address));
    source.lastSeenMs = atMs;
    this.#lastAddress = address;
    this.#last = source;
    return source;
  }

  /** The source of a source key (see `sourceOf`), made when it is new. */
  ofKey(key: string): Source {
    const known = this.#kept.get(key) ?? this.#fresh.get(key);
    if (known !== undefined) return known;
    const aged = this.#aged.get(key);
    if (aged !== undefined) this.#aged.delete(key);
    const source = aged ?? new Source(key);
    this.#addStranger(source);
    return source;
  }

  /** The source of a key if it is known. */
  find(key: string): Source | undefined {
    return this.#kept.get(key) ?? this.#fresh.get(key) ?? this.#aged.get(key);
  }

  /** Takes the source out of reach of strangers. False when everything looked at is worth as much or more as `worth`. */
  keep(source: Source, worth: number, atMs: number): boolean {
    if (source.isKept) return true;
    if (this.#kept.size >= this.max / 2 && !this.#makeRoom(worth, atMs)) return false;
    this.#fresh.delete(source.key);
    this.#aged.delete(source.key);
    this.#kept.set(source.key, source);
    source.isKept = true;
    return true;
  }

  /** Gives a source that has nothing to lose any more back to the strangers. */
  release(source: Source): void {
    if (!source.isKept) return;
    this.#kept.delete(source.key);
    source.isKept = false;
    this.#addStranger(source);
  }

  /** The next kept source in rotation, for housekeeping and for making room. */
  nextKept(): Source | undefined {
    return this.#rotation.next();
  }

  keptSources(): IterableIterator<Source> {
    return this.#kept.values();
  }

  /** All sources, kept ones first. */
  *all(): IterableIterator<Source> {
    yield* this.#kept.values();
    yield* this.#fresh.values();
    yield* this.#aged.values();
  }

  #addStranger(source: Source): void {
    if (this.#fresh.size >= this.max / 4) {
      this.#aged = this.#fresh;
      this.#fresh = new Map();
    }
    this.#fresh.set(source.key, source);
    this.#last = undefined;
  }

  #makeRoom(worth: number, atMs: number): boolean {
    let least: Source | undefined;
    let leastWorth = worth;
    for (let step = 0; step < ROOM_SEARCH_STEPS; step += 1) {
      const candidate = this.nextKept();
      if (candidate === undefined) break;
      const candidateWorth = worthOf(candidate, atMs);
      const isOlder =
        worth === WORTH_STANDING &&
        candidateWorth === leastWorth &&
        candidate.lastSeenMs < (least?.lastSeenMs ?? Number.POSITIVE_INFINITY);
      if (candidateWorth < leastWorth || isOlder) {
        least = candidate;
        leastWorth = candidateWorth;
      }
      if (leastWorth === 0) break;
    }
    if (least === undefined) return false;
    this.#kept.delete(least.key);
    least.isKept = false;
    this.#last = undefined;
    this.#onForget(least);
    return true;
  }

  #keyOf(address: string): string {
    if (!isIPv6(address)) return address;
    const known = this.#prefixes.get(address);
    if (known !== undefined) return known;
    if (this.#prefixes.size >= MAX_PREFIXES_KEPT) this.#prefixes.clear();
    const key = sourceOf(address);
    this.#prefixes.set(address, key);
    return key;
  }
}
