/** Goes round and round through a collection, one item a call, whatever is put in and taken out meanwhile. */
export class Rotation<Item> {
  readonly #begin: () => Iterator<Item>;
  #round: Iterator<Item> | undefined = undefined;

  /** `begin` gives an iterator that follows changes, as those of a Map do. */
  constructor(begin: () => Iterator<Item>) {
    this.#begin = begin;
  }

  /** The next item; after the last one the first. Undefined when there is none. */
  next(): Item | undefined {
    this.#round ??= this.#begin();
    let next = this.#round.next();
    if (next.done === true) {
      this.#round = this.#begin();
      next = this.#round.next();
    }
    return next.done === true ? undefined : next.value;
  }
}
