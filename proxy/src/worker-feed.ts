/** What a worker is told: everything at its start, in portions, and afterwards each change. */
import type { Change } from "@sipprot/shared/change";
import { type ListEntry, listNames } from "@sipprot/shared/lists";
import type { StoreCopy } from "@sipprot/shared/store/store-copy";
import { type ListedNetwork, MAX_CHUNK_ENTRIES, type MainToWorker } from "./worker-messages.ts";

/** All a worker needs before it may open its sockets, in the order of the protocol (after `start`, before `open`). */
export function* feedWorker(copy: StoreCopy, standing: readonly unknown[]): Generator<MainToWorker> {
  yield { kind: "settings", settings: copy.settings };
  // What is allowed first: nobody on the allowlist is refused for a moment.
  for (const list of listNames) {
    for (const entries of inPortions(copy.lists[list].values())) {
      yield { kind: "list-put", list, networks: entries.map(listed) };
    }
  }
  for (const strikes of inPortions(copy.strikes)) yield strikesMessage(strikes);
  for (const blocks of inPortions(copy.blocks.values())) yield { kind: "blocks-put", blocks };
  for (const one of standing) yield { kind: "standing-import", standing: one };
}

/** The messages that tell a worker of a change. */
export function* tellChange(change: Change): Generator<MainToWorker> {
  switch (change.kind) {
    case "list-put":
      for (const entries of inPortions(change.entries)) {
        yield { kind: "list-put", list: change.list, networks: entries.map(listed) };
      }
      return;
    case "list-remove":
      for (const networks of inPortions(change.networks)) yield { kind: "list-remove", list: change.list, networks };
      return;
    case "block-put":
      yield { kind: "blocks-put", blocks: [change.block] };
      return;
    case "block-lift":
      yield { kind: "block-lift", source: change.source, account: change.account };
      return;
    case "settings":
      yield { kind: "settings", settings: change.settings };
      return;
    case "list-step":
    case "list-reload":
      // Whoever follows the store turns it into the difference.
      return;
  }
}

/** The messages that tell how often sources were blocked. */
export function* tellStrikes(strikes: ReadonlyMap<string, number>): Generator<MainToWorker> {
  for (const portion of inPortions(strikes)) yield strikesMessage(portion);
}

function strikesMessage(portion: ReadonlyArray<readonly [string, number]>): MainToWorker {
  return { kind: "strikes", strikes: portion.map(([source, strikes]) => ({ source, strikes })) };
}

function listed(entry: ListEntry): ListedNetwork {
  if (entry.expiresAtSeconds === undefined) return { network: entry.network };
  return { network: entry.network, expiresAtMs: entry.expiresAtSeconds * 1000 };
}

function* inPortions<Item>(items: Iterable<Item>): Generator<Item[]> {
  let portion: Item[] = [];
  for (const item of items) {
    portion.push(item);
    if (portion.length < MAX_CHUNK_ENTRIES) continue;
    yield portion;
    portion = [];
  }
  if (portion.length > 0) yield portion;
}
