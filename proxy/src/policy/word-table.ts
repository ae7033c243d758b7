/** An open-addressed hash table of 1 or 4 words of 32 bits: the memory of 100,000 networks stays near one megabyte. */

const EMPTY = 0;
const FULL = 1;
const REMOVED = 2;
/** Entries a new table has room for. */
const FIRST_CAPACITY = 16;
/** Places of an outgrown table emptied with each use: it is empty long before the next one is outgrown. */
const PLACES_AT_ONCE = 8;

/** Keys side by side, and what is at each place. */
interface Places {
  readonly keys: Int32Array;
  readonly states: Uint8Array;
}

/**
 * A set of keys of `width` words. Grows when half of it is used, so a lookup looks at few entries. What was outgrown is moved
 * piece by piece: no single call takes longer when there are a million entries.
 */
export class WordTable {
  readonly #width: 1 | 4;
  #places: Places;
  /** Outgrown, and empty up to `#moved`; undefined when all has moved. */
  #outgrown: Places | undefined;
  #moved = 0;
  #size = 0;
  /** Full and removed entries: both lengthen a search. */
  #used = 0;

  constructor(width: 1 | 4) {
    this.#width = width;
    this.#places = this.#makePlaces(FIRST_CAPACITY);
  }

  get size(): number {
    return this.#size;
  }

  has(key: Int32Array): boolean {
    if (this.#find(this.#places, key) >= 0) return true;
    if (this.#outgrown === undefined) return false;
    const isThere = this.#find(this.#outgrown, key) >= 0;
    this.#move(PLACES_AT_ONCE);
    return isThere;
  }

  /** Adds the first `width` words of `key`; false when they were there. */
  put(key: Int32Array): boolean {
    if (this.has(key)) return false;
    if ((this.#used + 1) * 2 > this.#places.states.length) this.#grow();
    this.#insert(key, 0);
    this.#size += 1;
    return true;
  }

  remove(key: Int32Array): boolean {
    if (!this.#removeFrom(this.#places, key)) {
      if (this.#outgrown === undefined || !this.#removeFrom(this.#outgrown, key)) return false;
    }
    this.#size -= 1;
    return true;
  }

  #removeFrom(places: Places, key: Int32Array): boolean {
    const at = this.#find(places, key);
    if (at < 0) return false;
    places.states[at] = REMOVED;
    return true;
  }

  #find({ keys, states }: Places, key: Int32Array): number {
    const mask = states.length - 1;
    let at = hashWords(key, 0, this.#width) & mask;
    while (states[at] !== EMPTY) {
      if (states[at] === FULL && this.#equals(keys, at, key)) return at;
      at = (at + 1) & mask;
    }
    return -1;
  }

  #equals(keys: Int32Array, at: number, key: Int32Array): boolean {
    for (let word = 0; word < this.#width; word += 1) {
      if (keys[at * this.#width + word] !== key[word]) return false;
    }
    return true;
  }

  #insert(from: Int32Array, offset: number): void {
    const { keys, states } = this.#places;
    const mask = states.length - 1;
    let at = hashWords(from, offset, this.#width) & mask;
    while (states[at] !== EMPTY) at = (at + 1) & mask;
    for (let word = 0; word < this.#width; word += 1) keys[at * this.#width + word] = from[offset + word] ?? 0;
    states[at] = FULL;
    this.#used += 1;
  }

  #grow(): void {
    // Mostly nothing is left by now; if there is, it has to move first.
    this.#move(Number.POSITIVE_INFINITY);
    const capacity = this.#places.states.length;
    this.#outgrown = this.#places;
    this.#moved = 0;
    // Mostly removed entries: the same room serves again.
    this.#places = this.#makePlaces(this.#size * 4 > capacity ? capacity * 2 : capacity);
    this.#used = 0;
  }

  /** Moves what is at the next so many places. */
  #move(count: number): void {
    const from = this.#outgrown;
    if (from === undefined) return;
    const end = Math.min(from.states.length, this.#moved + count);
    for (; this.#moved < end; this.#moved += 1) {
      if (from.states[this.#moved] !== FULL) continue;
      this.#insert(from.keys, this.#moved * this.#width);
      // Not emptied: a search that came by here must go on.
      from.states[this.#moved] = REMOVED;
    }
    if (end === from.states.length) this.#outgrown = undefined;
  }

  #makePlaces(capacity: number): Places {
    return { keys: new Int32Array(capacity * this.#width), states: new Uint8Array(capacity) };
  }
}

function hashWords(words: Int32Array, offset: number, width: number): number {
  let hash = 0x9e3779b9 | 0;
  for (let word = 0; word < width; word += 1) {
    hash = Math.imul(hash ^ (words[offset + word] ?? 0), 0x85ebca6b);
    hash ^= hash >>> 15;
  }
  hash = Math.imul(hash, 0xc2b2ae35);
  return hash ^ (hash >>> 13);
}
