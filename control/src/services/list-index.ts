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
import { orderKey } from "@sipprot/shared/network-order";
import { cutPage, type Page } from "@sipprot/shared/page";
import { type Compare, replaceSorted, sortGently } from "./gentle-sort.ts";

/** An entry with what it is sorted and found by. */
export interface IndexedEntry {
  readonly entry: ListEntry;
  readonly key: string;
  /** The note without case and accents. */
  readonly folded: string;
  readonly country: string;
}

/** With more changes than this at once, sorting anew is cheaper than merging. */
const MAX_MERGED_CHANGES = 2000;
/** Rows made before others have their turn. */
const PORTION = 5000;

const never = Number.POSITIVE_INFINITY;
const byText = (one: string, other: string) => (one < other ? -1 : one > other ? 1 : 0);

/** What each order looks at first; equal ones are in the order of addresses. */
const primary: Readonly<Record<ListSort, Compare<IndexedEntry>>> = {
  address: (one, other) => byText(one.key, other.key),
  time: (one, other) => one.entry.addedAtSeconds - other.entry.addedAtSeconds,
  note: (one, other) => byText(one.folded, other.folded),
  addedBy: (one, other) => byText(one.entry.addedBy, other.entry.addedBy),
  country: (one, other) => byText(one.country, other.country),
  expiry: (one, other) => byNumber(one.entry.expiresAtSeconds ?? never, other.entry.expiresAtSeconds ?? never),
};

type Orders = Readonly<Record<ListSort, readonly IndexedEntry[]>>;

export class ListIndex {
  readonly #list: ListName;
  readonly #entries: ReadonlyMap<string, ListEntry>;
  readonly #countryOf: (network: string) => string;
  readonly #now: () => number;
  #rows = new Map<string, IndexedEntry>();
  #orders: Orders = emptyOrders();
  readonly #touched = new Set<string>();
  #asOfMs: number;
  #rebuilding: Promise<void> | undefined;

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

  /** Takes in changes that the copy has already. Small ones are seen at once, big ones when `settled`. */
  apply(changes: readonly Change[]): void {
    for (const change of changes) {
      if (change.kind === "list-put" && change.list === this.#list) {
        for (const { network } of change.entries) this.#touched.add(network);
      } else if (change.kind === "list-remove" && change.list === this.#list) {
        for (const network of change.networks) this.#touched.add(network);
      }
    }
    if (this.#rebuilding === undefined) this.#takeIn();
  }

  /** Looks every entry up anew: for another database of countries. */
  refresh(): void {
    for (const network of this.#entries.keys()) this.#touched.add(network);
    this.#rows = new Map();
    if (this.#rebuilding === undefined) this.#rebuild();
  }

  /** Resolves when every change told so far is in the pages. */
  async settled(): Promise<void> {
    while (this.#rebuilding !== undefined) await this.#rebuilding;
  }

  /** One page. While half a million entries are being sorted anew, the page is that of a moment ago: see `asOfMs`. */
  page(query: ListPageInput): Page<IndexedEntry> {
    const { sort, descending, filter = {} } = query;
    const found = this.#findFew(filter);
    const order = found === undefined ? this.#orders[sort] : found.sort(compareBy(sort));
    const holds = found === undefined && isOpen(filter) ? undefined : testOf(filter);
    const asOfMs = this.#touched.size === 0 && this.#rebuilding === undefined ? this.#now() : this.#asOfMs;
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
    const order = this.#orders.address;
    let low = 0;
    if (network !== undefined) {
      const key = orderKey(network);
      let high = order.length;
      while (low < high) {
        const middle = (low + high) >> 1;
        if ((order[middle]?.key ?? "") <= key) low = middle + 1;
        else high = middle;
      }
    }
    return order.slice(low, low + maxCount).map(({ entry }) => entry);
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

  #takeIn(): void {
    if (this.#touched.size === 0) return;
    if (this.#touched.size > MAX_MERGED_CHANGES) this.#rebuild();
    else this.#merge();
  }

  #merge(): void {
    const removed: IndexedEntry[] = [];
    const added: IndexedEntry[] = [];
    for (const network of this.#touched) {
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
    this.#touched.clear();
    this.#orders = makeOrders((sort) => replaceSorted(this.#orders[sort], removed, added, compareBy(sort)));
    this.#asOfMs = this.#now();
  }

  #rebuild(): void {
    this.#rebuilding = this.#sortAnew().finally(() => {
      this.#rebuilding = undefined;
      this.#takeIn();
    });
  }

  async #sortAnew(): Promise<void> {
    // What changes from here on is touched again, and taken in afterwards.
    this.#touched.clear();
    const asOfMs = this.#now();
    const rows = new Map<string, IndexedEntry>();
    for (const [network, entry] of this.#entries) {
      const before = this.#rows.get(network);
      rows.set(network, before?.entry === entry ? before : this.#index(entry));
      if (rows.size % PORTION === 0) await turn();
    }
    const address = await sortGently([...rows.values()], primary.address);
    const orders: Record<ListSort, readonly IndexedEntry[]> = { ...emptyOrders(), address };
    for (const sort of listSorts) {
      if (sort !== "address") orders[sort] = await sortGently(address, primary[sort]);
    }
    this.#rows = rows;
    this.#orders = orders;
    this.#asOfMs = asOfMs;
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

/** Without case and accents: "Siège" is found by "siege". */
export function fold(text: string): string {
  const isPlain = /^[ -~]*$/.test(text);
  return (isPlain ? text : text.normalize("NFD").replace(/\p{M}/gu, "")).toLowerCase();
}

function compareBy(sort: ListSort): Compare<IndexedEntry> {
  const compare = primary[sort];
  return (one, other) => compare(one, other) || byText(one.key, other.key);
}

function isOpen(filter: ListFilter): boolean {
  return Object.values(filter).every((value) => value === undefined || value === "");
}

/** Looks only at what is asked for: each look at half a million rows costs tens of milliseconds. */
function testOf({ search = "", prefix = "", note = "", countries }: ListFilter): (row: IndexedEntry) => boolean {
  const tests: ((row: IndexedEntry) => boolean)[] = [];
  const begin = prefix.trim().toLowerCase();
  if (begin !== "") tests.push(({ entry }) => entry.network.startsWith(begin));
  const wanted = fold(note);
  if (wanted !== "") tests.push(({ folded }) => folded.includes(wanted));
  const typed = search.trim();
  if (typed !== "") {
    const typedBegin = typed.toLowerCase();
    const typedFold = fold(typed);
    const mayBeAddress = /^[0-9a-f:./]+$/.test(typedBegin);
    tests.push(
      ({ entry, folded }) => folded.includes(typedFold) || (mayBeAddress && entry.network.startsWith(typedBegin)),
    );
  }
  if (countries !== undefined) {
    const inCountry = new Set(countries);
    tests.push(({ country }) => inCountry.has(country));
  }
  const [only, ...others] = tests;
  if (only === undefined) return () => true;
  return others.length === 0 ? only : (row) => tests.every((test) => test(row));
}

function makeOrders(make: (sort: ListSort) => readonly IndexedEntry[]): Orders {
  const orders = { ...emptyOrders() };
  for (const sort of listSorts) orders[sort] = make(sort);
  return orders;
}

function emptyOrders(): Record<ListSort, readonly IndexedEntry[]> {
  return { address: [], time: [], note: [], addedBy: [], country: [], expiry: [] };
}

/** Infinity minus itself would be no number. */
function byNumber(one: number, other: number): number {
  return one === other ? 0 : one < other ? -1 : 1;
}
