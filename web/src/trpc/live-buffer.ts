/** What came in live, the newest first: bounded, counted, read when the page is ready to draw. Pure. */

/** One thing with its number: the key of its row. */
export interface LiveItem<Item> {
  readonly number: number;
  readonly item: Item;
}

export interface LiveView<Item> {
  /** The newest first. */
  readonly items: ReadonlyArray<LiveItem<Item>>;
  /** How many came in all. */
  readonly seen: number;
}

export class LiveBuffer<Item> {
  readonly #limit: number;
  #waiting: Array<LiveItem<Item>> = [];
  #view: LiveView<Item> = { items: [], seen: 0 };
  #seen = 0;

  /** Keeps the newest `limit`. */
  constructor(limit: number) {
    this.#limit = limit;
  }

  /** How many wait to be shown. */
  get waiting(): number {
    return this.#seen - this.#view.seen;
  }

  /** Takes things in the order they happened. */
  push(items: readonly Item[]): void {
    for (const item of items) this.#waiting.push({ number: this.#seen++, item });
    // Twice the limit before cutting: cutting at each push would copy the whole buffer each time.
    if (this.#waiting.length > 2 * this.#limit) this.#waiting = this.#waiting.slice(-this.#limit);
  }

  /** The view with all that came; the same object when nothing did. */
  read(): LiveView<Item> {
    if (this.waiting === 0) return this.#view;
    const newest = this.#waiting.slice(-this.#limit).reverse();
    this.#view = { items: [...newest, ...this.#view.items].slice(0, this.#limit), seen: this.#seen };
    this.#waiting = [];
    return this.#view;
  }
}
