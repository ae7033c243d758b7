/** The bans in the kernel: orders go in batches, what an earlier process left is adopted, counters are read. */
import { SipprotError } from "@sipprot/shared/errors";
import { BAN_TABLE } from "./ban-rules.ts";
import type { Ban } from "./kernel.ts";
import { type ElementChange, inPortions, isOdd, setNameOf, writeElements } from "./network-sets.ts";
import type { NftSession } from "./nft-session.ts";
import type { CommandPrefix } from "./program.ts";
import { readSets } from "./set-listing.ts";

/** More sources than any attack seen has; some 30 MB here and 22 MB in the kernel. */
export const MAX_BANS = 262_144;
/** On overflow so many of those that end first give way, so that the search for them is rare. */
const BANS_GIVING_WAY = MAX_BANS / 16;
/** A ban that ends this much earlier or later than ordered is left as it is. */
const END_TOLERANCE_MS = 5000;
/** A year; the proxy puts its bans in anew long before. */
const MAX_TIMEOUT_MS = 365 * 86_400_000;
/** Timeout of a stand-in that is deleted in the same transaction: deleting what is not there would fail it. */
const MOMENT_MS = 60_000;

export class BanTable {
  private readonly session: NftSession;
  private readonly prefix: CommandPrefix;
  private readonly nowMs: () => number;
  /** Ordered bans and when they end. */
  private readonly bans = new Map<string, number>();
  /** Orders that wait for the next batch; undefined lifts. */
  private readonly pending = new Map<string, number | undefined>();
  /** True once the kernel's sets were read: until then anything may be in them. */
  private isKnown = false;
  private batch: Promise<void> = Promise.resolve();
  private isBatchWaiting = false;
  private lastPackets: ReadonlyMap<string, number> = new Map();

  constructor(session: NftSession, prefix: CommandPrefix, nowMs: () => number) {
    this.session = session;
    this.prefix = prefix;
    this.nowMs = nowMs;
  }

  get size(): number {
    return this.bans.size;
  }

  /** Exactly these from now on. What the kernel holds already, with about the same end, stays untouched with its counter. */
  async replace(bans: Iterable<Ban>): Promise<void> {
    const now = this.nowMs();
    const ordered = new Map<string, number>();
    for (const { source, untilMs } of bans) {
      checkBanSource(source);
      if (untilMs > now) ordered.set(source, untilMs);
    }
    dropEarliest(ordered);
    await this.batch.catch(() => {});
    const { standing } = await readSets(this.prefix, "ban");
    this.isKnown = true;
    this.bans.clear();
    for (const source of standing.keys()) if (!ordered.has(source)) this.pending.set(source, undefined);
    for (const [source, untilMs] of ordered) {
      const leftMs = standing.get(source)?.expiresInMs;
      if (leftMs !== undefined) this.bans.set(source, untilMs);
      if (leftMs === undefined || Math.abs(leftMs - (untilMs - now)) > END_TOLERANCE_MS)
        this.pending.set(source, untilMs);
    }
    await this.flushSoon();
  }

  /** Begins or prolongs. Throws `bad-network` for prefix lengths no ban has. */
  add(bans: Iterable<Ban>): Promise<void> {
    const now = this.nowMs();
    const list = [...bans];
    for (const { source } of list) checkBanSource(source);
    for (const { source, untilMs } of list) if (untilMs > now) this.pending.set(source, untilMs);
    return this.flushSoon();
  }

  lift(sources: Iterable<string>): Promise<void> {
    for (const source of sources) if (!isOdd(source)) this.pending.set(source, undefined);
    return this.flushSoon();
  }

  async readCounters(): Promise<Map<string, number>> {
    const { standing } = await readSets(this.prefix, "ban");
    const grown = new Map<string, number>();
    const packetsNow = new Map<string, number>();
    for (const [source, { packets }] of standing) {
      const before = this.lastPackets.get(source) ?? 0;
      // A ban that was prolonged counts from nought again.
      const since = packets >= before ? packets - before : packets;
      if (since > 0) grown.set(source, since);
      if (packets > 0) packetsNow.set(source, packets);
    }
    this.lastPackets = packetsNow;
    return grown;
  }

  /** Reads the kernel and says in sentences what differs. Forgets bans that have ended. */
  async compare(): Promise<string[]> {
    await this.batch.catch(() => {});
    // Orders may come while the kernel is read: only what was ordered before and after counts.
    const before = new Map(this.bans);
    const { standing } = await readSets(this.prefix, "ban");
    const now = this.nowMs();
    const differences: string[] = [];
    for (const [source, untilMs] of before) {
      if (untilMs <= now) this.bans.delete(source);
      else if (untilMs > now + END_TOLERANCE_MS && this.bans.get(source) === untilMs && !standing.has(source))
        differences.push(`the ban of ${source} is not in the kernel`);
    }
    const isOrdered = (source: string) => before.has(source) || this.bans.has(source) || this.pending.has(source);
    for (const [source, { expiresInMs = Number.POSITIVE_INFINITY }] of standing) {
      if (expiresInMs > END_TOLERANCE_MS && !isOrdered(source))
        differences.push(`the kernel bans ${source}, and nobody ordered it`);
    }
    return differences;
  }

  /** Reads the kernel and puts right what differs. */
  async repair(): Promise<void> {
    const waiting = [...this.pending];
    for (const [source, untilMs] of waiting) {
      if (untilMs === undefined) this.bans.delete(source);
      else this.bans.set(source, untilMs);
    }
    await this.replace([...this.bans].map(([source, untilMs]) => ({ source, untilMs })));
  }

  /** Orders that come while a batch is under way go together into the next one. */
  private flushSoon(): Promise<void> {
    if (this.isBatchWaiting) return this.batch;
    this.isBatchWaiting = true;
    this.batch = this.batch
      .catch(() => {})
      .then(() => {
        this.isBatchWaiting = false;
        return this.flush();
      });
    return this.batch;
  }

  private async flush(): Promise<void> {
    const orders = [...this.pending];
    this.pending.clear();
    // What was ordered is remembered first: what the kernel then refuses shows as a difference, and repair tries again.
    const known = new Set(orders.map(([source]) => source).filter((source) => !this.isKnown || this.bans.has(source)));
    for (const [source, untilMs] of orders) {
      if (untilMs === undefined) this.bans.delete(source);
      else this.bans.set(source, untilMs);
    }
    for (const portion of inPortions(orders)) await this.session.run(this.writeOrders(portion, known));
    const dropped = dropEarliest(this.bans).map((source): [string, undefined] => [source, undefined]);
    for (const portion of inPortions(dropped)) await this.session.run(this.writeOrders(portion, known));
  }

  private writeOrders(orders: readonly [string, number | undefined][], known: ReadonlySet<string>): string {
    const now = this.nowMs();
    const gone: ElementChange[] = [];
    const begun: ElementChange[] = [];
    for (const [source, untilMs] of orders) {
      const change = { set: setNameOf("ban", source), network: source };
      // Adding again does not set the time anew on every kernel: what may be there is deleted first.
      if (untilMs === undefined || known.has(source)) gone.push(change);
      if (untilMs === undefined) continue;
      begun.push({ ...change, timeoutMs: Math.min(MAX_TIMEOUT_MS, Math.max(1, Math.round(untilMs - now))) });
    }
    return (
      writeElements(
        "add",
        BAN_TABLE,
        gone.map((change) => ({ ...change, timeoutMs: MOMENT_MS })),
      ) +
      writeElements("delete", BAN_TABLE, gone) +
      writeElements("add", BAN_TABLE, begun)
    );
  }
}

/** Throws `bad-network` for a network no ban has: only common prefix lengths have a hash set. */
export function checkBanSource(source: string): void {
  if (!isOdd(source)) return;
  throw new SipprotError("bad-network", `${source} cannot be banned in the kernel`, {
    field: "source",
    value: source,
    expected: "an IPv4 address, /24 or /16, or an IPv6 address, /64 or /48",
  });
}

/** Keeps a table of bans within MAX_BANS; those that end first go. Returns who went. */
export function dropEarliest(bans: Map<string, number>): string[] {
  if (bans.size <= MAX_BANS) return [];
  const excess = bans.size - MAX_BANS + BANS_GIVING_WAY;
  const dropped = [...bans].sort(([, one], [, other]) => one - other).slice(0, excess);
  for (const [source] of dropped) bans.delete(source);
  return dropped.map(([source]) => source);
}
