/** A full copy of lists, settings, blocks and strikes in memory, as every proxy and the control plane keep it. */
import { type Block, blockKey } from "../block.ts";
import type { Change } from "../change.ts";
import type { ListEntry, ListName } from "../lists.ts";
import { listNames } from "../lists.ts";
import { defaultSettings, type Settings } from "../settings.ts";
import { BEFORE_ALL_CHANGES } from "./change-stream.ts";

/** A state to compare the copy with: all of it, or one list only. */
export interface FreshState {
  readonly lists: Readonly<Partial<Record<ListName, ReadonlyMap<string, ListEntry>>>>;
  readonly settings?: Settings;
  readonly blocks?: ReadonlyMap<string, Block>;
}

/** Most entries in one change made from a difference. */
const MAX_CHANGE_ENTRIES = 1000;

export class StoreCopy {
  readonly lists: Record<ListName, Map<string, ListEntry>> = { allow: new Map(), deny: new Map() };
  readonly blocks = new Map<string, Block>();
  readonly strikes = new Map<string, number>();
  settings: Settings = defaultSettings;
  /** Everything up to this change is in the copy. */
  lastChangeId: string = BEFORE_ALL_CHANGES;

  get isBlank(): boolean {
    const isDefault = JSON.stringify(this.settings) === JSON.stringify(defaultSettings);
    return isDefault && listNames.every((list) => this.lists[list].size === 0) && this.blocks.size === 0;
  }

  /** Applies one change. `list-step` and `list-reload` change nothing here: whoever follows reads the list and applies the difference. */
  apply(change: Change): void {
    switch (change.kind) {
      case "list-put":
        for (const entry of change.entries) this.lists[change.list].set(entry.network, entry);
        return;
      case "list-remove":
        for (const network of change.networks) this.lists[change.list].delete(network);
        return;
      case "list-step":
      case "list-reload":
        return;
      case "block-put":
        this.blocks.set(blockKey(change.block), change.block);
        this.strikes.set(change.block.source, change.block.strikes);
        return;
      case "block-lift":
        this.blocks.delete(blockKey(change));
        // Forgiven in the store as well.
        if (change.account === undefined) this.strikes.delete(change.source);
        return;
      case "settings":
        this.settings = change.settings;
    }
  }

  /** The changes that make this copy equal to `fresh`. Blocks that `keepsBlock` names are left alone: the store does not know them yet. */
  *differences(fresh: FreshState, keepsBlock: (key: string) => boolean): Generator<Change> {
    for (const list of listNames) {
      const wanted = fresh.lists[list];
      if (wanted !== undefined) yield* this.#listDifferences(list, wanted);
    }
    if (fresh.settings !== undefined && JSON.stringify(fresh.settings) !== JSON.stringify(this.settings)) {
      yield { kind: "settings", settings: fresh.settings };
    }
    if (fresh.blocks === undefined) return;
    for (const [key, block] of this.blocks) {
      if (fresh.blocks.has(key) || keepsBlock(key)) continue;
      yield {
        kind: "block-lift",
        source: block.source,
        ...(block.account === undefined ? {} : { account: block.account }),
      };
    }
    for (const [key, block] of fresh.blocks) {
      if (JSON.stringify(this.blocks.get(key)) !== JSON.stringify(block)) yield { kind: "block-put", block };
    }
  }

  /** Forgets the blocks that are over. */
  forgetOver(nowMs: number): void {
    for (const [key, block] of this.blocks) if (block.untilMs <= nowMs) this.blocks.delete(key);
  }

  /** Networks of a list whose time is over. */
  expired(list: ListName, nowMs: number): string[] {
    const over: string[] = [];
    for (const entry of this.lists[list].values()) {
      if (entry.expiresAtSeconds !== undefined && entry.expiresAtSeconds * 1000 <= nowMs) over.push(entry.network);
    }
    return over;
  }

  /** The changes that make these networks of a list what they are in the store: their entries in the same order, undefined where there is none. */
  *touched(list: ListName, networks: readonly string[], now: readonly (ListEntry | undefined)[]): Generator<Change> {
    const present = this.lists[list];
    const entries = now.filter((entry) => entry !== undefined && !isSameEntry(present.get(entry.network), entry));
    const gone = networks.filter((network, index) => now[index] === undefined && present.has(network));
    if (entries.length > 0) yield { kind: "list-put", list, entries: entries.filter((entry) => entry !== undefined) };
    if (gone.length > 0) yield { kind: "list-remove", list, networks: gone };
  }

  *#listDifferences(list: ListName, wanted: ReadonlyMap<string, ListEntry>): Generator<Change> {
    const present = this.lists[list];
    const gone = [...present.keys()].filter((network) => !wanted.has(network));
    const put = [...wanted.values()].filter((entry) => !isSameEntry(present.get(entry.network), entry));
    for (let start = 0; start < put.length; start += MAX_CHANGE_ENTRIES) {
      yield { kind: "list-put", list, entries: put.slice(start, start + MAX_CHANGE_ENTRIES) };
    }
    for (let start = 0; start < gone.length; start += MAX_CHANGE_ENTRIES) {
      yield { kind: "list-remove", list, networks: gone.slice(start, start + MAX_CHANGE_ENTRIES) };
    }
  }
}

function isSameEntry(one: ListEntry | undefined, other: ListEntry): boolean {
  return (
    one !== undefined &&
    one.note === other.note &&
    one.addedAtSeconds === other.addedAtSeconds &&
    one.addedBy === other.addedBy &&
    one.expiresAtSeconds === other.expiresAtSeconds
  );
}
