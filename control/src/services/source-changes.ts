/** What people and hosts did about an address lately: put on a list, taken off, lifted; from the stream of changes. */
import type { SourceChange } from "@sipprot/shared/block-page";
import type { Change } from "@sipprot/shared/change";
import { widerNetworks } from "@sipprot/shared/network-lookup";
import { redisKeys } from "@sipprot/shared/redis-keys";
import { readChange } from "@sipprot/shared/store/change-record";
import type { Redis } from "ioredis";

/** Changes read at a time. */
const PORTION = 500;
/** Longest search: most changes are blocks, which are told by their first words. */
const SEARCH_WITHIN_MS = 300;
/** As many as a timeline can show. */
const MAX_CHANGES_FOUND = 100;

/** The newest first. Large imports are told in steps that name no address: those are not found. */
export async function findSourceChanges(redis: Redis, address: string, source: string): Promise<SourceChange[]> {
  const endMs = performance.now() + SEARCH_WITHIN_MS;
  const holders = new Set([address, source, ...widerNetworks(address), ...widerNetworks(source)]);
  const found: SourceChange[] = [];
  let from = "+";
  for (;;) {
    const entries = await redis.xrevrange(redisKeys.changes, from, "-", "COUNT", PORTION);
    for (const [id, fields] of entries) {
      const text = fields[1] ?? "";
      if (text.startsWith('{"kind":"block-put"') || text.startsWith('{"kind":"settings"')) continue;
      const change = readChange(text)?.change;
      if (change === undefined) continue;
      const atMs = Number(id.split("-", 1)[0]);
      found.push(...describe(change, holders, source).map((told) => ({ ...told, atMs, by: fields[3] ?? "" })));
    }
    const last = entries.at(-1)?.[0];
    const isEnough = found.length >= MAX_CHANGES_FOUND || performance.now() > endMs;
    if (last === undefined || entries.length < PORTION || isEnough) return found.slice(0, MAX_CHANGES_FOUND);
    from = `(${last}`;
  }
}

type Told = Omit<SourceChange, "atMs" | "by">;

function describe(change: Change, holders: ReadonlySet<string>, source: string): Told[] {
  switch (change.kind) {
    case "list-put":
      return change.entries
        .filter(({ network }) => holders.has(network))
        .map(({ network, note }) => ({ kind: "list-put", list: change.list, network, note }));
    case "list-remove":
      return change.networks
        .filter((network) => holders.has(network))
        .map((network) => ({ kind: "list-remove", list: change.list, network }));
    case "block-lift": {
      if (change.source !== source) return [];
      const { account } = change;
      return [{ kind: "block-lift", network: source, ...(account === undefined ? {} : { account }) }];
    }
    default:
      return [];
  }
}
