/**
 * A list in every order its pages can have, kept up to date: any page of half a million entries costs milliseconds.
 *
 * Memory: about 400 bytes an entry beyond the copy of the store it is made from.
 */
import { setImmediate as turn } from "node:timers/promises";
import type { Change } from "@sipprot/shared/change";
import type { ListFilter, ListPageInput, ListSort } from "@sipprot/shared/list-page";
import { listSorts } from "@sipprot/shared/list-page";
import type { ListEntry, ListName } from "@sipprot/shared/lists";
import { widerNetworks } from "@sipprot/shared/network-lookup";
import { lastKeyInside, orderKey } from "@sipprot/shared/network-order";
import { cutPage, type Page } from "@sipprot/shared/page";
import { type Compare, compareValues, replaceGently, replaceSorted, sortGently } from "./gentle-sort.ts";
import { fold, type IndexedEntry, isOpen, testOf } from "./list-filter.ts";

/** More changes than this are taken in little by little. */
const MAX_AT_ONCE = 2000;
/**
 * While changes keep coming, taking in rests: each costs a copy of every order, however few they are. It rests twice as
 * long as it took, so that whoever changes so much has two thirds of the time; and pages are never older than seconds.
 */
const REST_MS = 300;
const REST_TIMES = 2;
const LONGEST_REST_MS = 3000;
/** What is over sooner needs no rest. */
const UNNOTICED_MS = 10;
/** Rows made before others have their turn. */
const PORTION = 5000;

/** What each order goes by; equal ones are in the order of addresses. */
const valueIn: Readonly<Record<ListSort, (row: IndexedEntry) => string | number>> = {
  address: ({ key }) => key,
  time: ({ entry }) => entry.addedAtSeconds,
  note: ({ folded }) => folded,
  addedBy: ({ entry }) => entry.addedBy,
  country: ({ country }) => country,
  expiry: ({ entry }) => entry.expiresAtSeconds ?? Number.POSITIVE_INFINITY,
};

type Orders = Readonly<Record<ListSort, readonly IndexedEntry[]>>;

export class ListIndex {
  readonly #list: ListName;
  readonly #entries: ReadonlyMap<string, ListEntry>;
  readonly #countryOf: (network: string) => string;
  readonly #now: () => number;
  readonly #rows = new Map<string, IndexedEntry>();
  #orders: Orders = emptyOrders();
  #touched = new Set<string>();
  #asOfMs: number;
  #taking: Promise<void> | undefined;
  #restUntilMs = 0;
  #timer: NodeJS.Timeout | undefined;

  /** `entries` is the list in the copy of the store, which changes before `apply` is told. */
  constructor(
    list: ListName,
    entries: ReadonlyMap<string, ListEntry>,
    countryOf: (network: string) => string,
    now: () => number,
  ) {
    this.#list = list;
    this.#entries = entries;
    this.#countryOf = countryOf;
    this.#now = now;
    this.#asOfMs = now();
  }

  get size(): number {
    return this.#orders.address.length;
  }

  /** Takes in changes that the copy has already. Single ones are seen at once, many when `settled`. */
  apply(changes: readonly Change[]): void {
    for (const change of changes) {
      if (change.kind === "list-put" && change.list === this.#list) {
        for (const { network } of change.entries) this.#touched.add(network);
      } else if (change.kind === "list-remove" && change.list === this.#list) {
        for (const network of change.networks) this.#touched.add(network);
      }
    }
    this.#takeIn();
  }

  /** Looks every entry up anew: for another database of countries. */
  refresh(): void {
    for (const network of this.#entries.keys()) this.#touched.add(network);
    this.#takeIn();
  }

  /** Resolves when every change told so far is in the pages; takes it in without delay. */
  async settled(): Promise<void> {
    while (this.#taking !== undefined || this.#touched.size > 0) {
      if (this.#taking === undefined) this.#takeInNow();
      await this.#taking;
    }
  }

  /** One page. While a large change is being taken in, the page is that of a moment ago: see `asOfMs`. */
  page(query: ListPageInput): Page<IndexedEntry> {
    const { sort, descending, filter = {} } = query;
    const found = this.#findFew(filter);
    const order = found === undefined ? this.#orders[sort] : found.sort(compareBy(sort));
    const holds = found === undefined && isOpen(filter) ? undefined : testOf(filter);
    const asOfMs = this.#touched.size === 0 && this.#taking === undefined ? this.#now() : this.#asOfMs;
    const first = query.page * query.size;
    if (holds === undefined && !descending) return cutPage(order, query, asOfMs);
    const rows: IndexedEntry[] = [];
    let total = 0;
    for (let index = 0; index < order.length; index += 1) {
      const row = order[descending ? order.length - 1 - index : index];
      if (row === undefined || holds?.(row) === false) continue;
      if (total >= first && rows.length < query.size) rows.push(row);
      total += 1;
    }
    return { rows, total, asOfMs };
  }

  /** Entries in the order of addresses behind a network, for an export in portions. */
  after(network: string | undefined, maxCount: number): readonly ListEntry[] {
    const first = network === undefined ? 0 : this.#firstBehind(orderKey(network));
    return this.#orders.address.slice(first, first + maxCount).map(({ entry }) => entry);
  }

  /** The networks that a filter shows, in the order of addresses. */
  networks(filter: ListFilter): string[] {
    const rows = this.#findFew(filter) ?? this.#orders.address;
    return (isOpen(filter) ? rows : rows.filter(testOf(filter))).map(({ entry }) => entry.network);
  }

  /** How many entries lie inside a network, its own not counted. */
  countInside(network: string): number {
    return this.#firstBehind(lastKeyInside(network)) - this.#firstBehind(orderKey(network));
  }

  /** True when an entry of the list ends by itself. */
  get hasExpiry(): boolean {
    return this.#orders.expiry[0]?.entry.expiresAtSeconds !== undefined;
  }

  /** The rows that only their own network, or one of at most 129 wider ones, can be. */
  #findFew({ network, containing }: ListFilter): IndexedEntry[] | undefined {
    if (network === undefined && containing === undefined) return undefined;
    const candidates = network === undefined ? widerNetworks(containing ?? "") : [network];
    return candidates.map((one) => this.#rows.get(one)).filter((row) => row !== undefined);
  }

  /** Where in the order of addresses what comes behind a key begins. */
  #firstBehind(key: string): number {
    const order = this.#orders.address;
    let low = 0;
    let high = order.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((order[middle]?.key ?? "") <= key) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** Takes in what was touched now, or when the part of the time that this may take is over. */
  #takeIn(): void {
    if (this.#touched.size === 0 || this.#taking !== undefined) return;
    clearTimeout(this.#timer);
    const restMs = this.#restUntilMs - performance.now();
    if (restMs > 0) this.#timer = setTimeout(() => this.#takeIn(), restMs).unref();
    else this.#takeInNow();
  }

  #takeInNow(): void {
    const startMs = performance.now();
    const ended = () => {
      const tookMs = performance.now() - startMs;
      const restMs = Math.min(LONGEST_REST_MS, Math.max(REST_MS, REST_TIMES * tookMs));
      this.#restUntilMs = tookMs < UNNOTICED_MS ? 0 : performance.now() + restMs;
    };
    clearTimeout(this.#timer);
    if (this.#touched.size <= MAX_AT_ONCE) {
      this.#takeInAtOnce();
      ended();
      return;
    }
    this.#taking = this.#takeInGently().finally(() => {
      this.#taking = undefined;
      ended();
      this.#takeIn();
    });
  }

  #takeInAtOnce(): void {
    const removed: IndexedEntry[] = [];
    const added: IndexedEntry[] = [];
    for (const network of this.#touched) this.#renew(network, removed, added);
    this.#touched.clear();
    this.#orders = makeOrders((sort) => replaceSorted(this.#orders[sort], removed, added, compareBy(sort)));
    this.#asOfMs = this.#now();
  }

  async #takeInGently(): Promise<void> {
    const asOfMs = this.#now();
    const touched = this.#touched;
    this.#touched = new Set();
    const removed: IndexedEntry[] = [];
    const added: IndexedEntry[] = [];
    let count = 0;
    for (const network of touched) {
      this.#renew(network, removed, added);
      count += 1;
      if (count % PORTION === 0) await turn();
    }
    const gone = new Set(removed);
    const byAddress = await sortGently(added, valueIn.address);
    const orders: Record<ListSort, readonly IndexedEntry[]> = emptyOrders();
    for (const sort of listSorts) {
      const coming = sort === "address" ? byAddress : await sortGently(byAddress, valueIn[sort]);
      orders[sort] = await replaceGently(this.#orders[sort], gone, coming, compareBy(sort));
    }
    this.#orders = orders;
    this.#asOfMs = asOfMs;
  }

  /** Makes the row of a network anew, or takes it away. */
  #renew(network: string, removed: IndexedEntry[], added: IndexedEntry[]): void {
    const before = this.#rows.get(network);
    if (before !== undefined) removed.push(before);
    const entry = this.#entries.get(network);
    if (entry === undefined) this.#rows.delete(network);
    else {
      const row = this.#index(entry);
      this.#rows.set(network, row);
      added.push(row);
    }
  }

  #index(entry: ListEntry): IndexedEntry {
    return {
      entry,
      key: orderKey(entry.network),
      folded: fold(entry.note),
      country: this.#countryOf(entry.network),
    };
  }
}

function compareBy(sort: ListSort): Compare<IndexedEntry> {
  const value = valueIn[sort];
  return (one, other) => compareValues(value(one), value(other)) || compareValues(one.key, other.key);
}

function makeOrders(make: (sort: ListSort) => readonly IndexedEntry[]): Orders {
  const orders = { ...emptyOrders() };
  for (const sort of listSorts) orders[sort] = make(sort);
  return orders;
}

function emptyOrders(): Record<ListSort, readonly IndexedEntry[]> {
  return { address: [], time: [], note: [], addedBy: [], country: [], expiry: [] };
}
