/** An open-addressed hash table of 1 or 4 words of 32 bits: the memory of 100,000 networks stays near one megabyte. */

const EMPTY = 0;
const FULL = 1;
const REMOVED = 2;
/** Entries a new table has room for. */
const FIRST_CAPACITY = 16;

/** A set of keys of `width` words. Grows when half of it is used, so a lookup looks at few entries. */
export class WordTable {
  readonly #width: 1 | 4;
  #keys: Int32Array;
  #states: Uint8Array;
  #size = 0;
  /** Full and removed entries: both lengthen a search. */
  #used = 0;

  constructor(width: 1 | 4) {
    this.#width = width;
    this.#keys = new Int32Array(FIRST_CAPACITY * width);
    this.#states = new Uint8Array(FIRST_CAPACITY);
  }

  get size(): number {
    return this.#size;
  }

  has(key: Int32Array): boolean {
    return this.#find(key) >= 0;
  }

  /** Adds the first `width` words of `key`; false when they were there. */
  put(key: Int32Array): boolean {
    if (this.#find(key) >= 0) return false;
    if ((this.#used + 1) * 2 > this.#states.length) this.#grow();
    this.#insert(key, 0);
    return true;
  }

  remove(key: Int32Array): boolean {
    const at = this.#find(key);
    if (at < 0) return false;
    this.#states[at] = REMOVED;
    this.#size -= 1;
    return true;
  }

  #find(key: Int32Array): number {
    const mask = this.#states.length - 1;
    let at = hashWords(key, 0, this.#width) & mask;
    while (this.#states[at] !== EMPTY) {
      if (this.#states[at] === FULL && this.#equals(at, key)) return at;
      at = (at + 1) & mask;
    }
    return -1;
  }

  #equals(at: number, key: Int32Array): boolean {
    for (let word = 0; word < this.#width; word += 1) {
      if (this.#keys[at * this.#width + word] !== key[word]) return false;
    }
    return true;
  }

  #insert(from: Int32Array, offset: number): void {
    const mask = this.#states.length - 1;
    let at = hashWords(from, offset, this.#width) & mask;
    while (this.#states[at] !== EMPTY) at = (at + 1) & mask;
    for (let word = 0; word < this.#width; word += 1) this.#keys[at * this.#width + word] = from[offset + word] ?? 0;
    this.#states[at] = FULL;
    this.#size += 1;
    this.#used += 1;
  }

  #grow(): void {
    const keys = this.#keys;
    const states = this.#states;
    // Mostly removed entries: the same room serves again.
    const capacity = this.#size * 4 > states.length ? states.length * 2 : states.length;
    this.#keys = new Int32Array(capacity * this.#width);
    this.#states = new Uint8Array(capacity);
    this.#size = 0;
    this.#used = 0;
    for (let at = 0; at < states.length; at += 1) if (states[at] === FULL) this.#insert(keys, at * this.#width);
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
