/** The policy's state with what the shell may do to it: lists, settings, blocks, standing; and the effects to carry out. */
import { splitNetwork } from "@sipprot/shared/address";
import type { Block } from "@sipprot/shared/block";
import type { ListName } from "@sipprot/shared/lists";
import type { Settings } from "@sipprot/shared/settings";
import { AgentRules } from "./agent-rules.ts";
import type { Effect } from "./decision.ts";
import type { EndTimes } from "./end-times.ts";
import { dropBlock, extendBlock, forgetAttempts, putBlock } from "./escalation.ts";
import { toEvent } from "./event-counts.ts";
import { lookUpLists } from "./gates/listed.ts";
import { toBlock } from "./live-block.ts";
import { NetworkSet } from "./network-set.ts";
import { ALLOWED, isInGoodStanding, WORTH_STANDING } from "./source.ts";
import { Standing, type StandingRecord, standingRecordSchema } from "./standing.ts";
import { type PolicyOptions, PolicyState } from "./state.ts";

export type { StandingRecord } from "./standing.ts";
export type { PolicyOptions } from "./state.ts";

/** One network of a list. */
export interface ListedNetwork {
  readonly network: string;
  readonly expiresAtMs?: number | undefined;
}

/** Sources whose standing is exported: a snapshot of at most some tens of megabytes. */
const MAX_EXPORTED_SOURCES = 50_000;
const MAX_EXPORTED_ACCOUNTS = 200_000;
/** Sources without standing are looked at many times faster than one with it is written down. */
const LOOKS_A_RECORD = 20;
/** Effects given out in one go; the rest comes with the next call. */
const MAX_EFFECTS_AT_ONCE = 5_000;

/** Makes an empty policy. Throws RangeError when the secret is shorter than 8 bytes. */
export function createPolicy(options: PolicyOptions): PolicyView {
  return new PolicyView(options);
}

export class PolicyView extends PolicyState {
  /** Adds or replaces canonical networks: at most a few thousand at a time, since packets wait meanwhile. */
  putNetworks(list: ListName, networks: readonly ListedNetwork[]): void {
    const ends = this.#endsOf(list);
    for (const { network, expiresAtMs } of networks) {
      this[list].put(network);
      ends.put(network, expiresAtMs);
    }
    if (list === "allow") this.#liftAllowed(networks);
    this.listVersion += 1;
  }

  removeNetworks(list: ListName, networks: readonly string[]): void {
    for (const network of networks) {
      this[list].remove(network);
      this.#endsOf(list).delete(network);
    }
    this.listVersion += 1;
  }

  /** True for our own addresses, those on the allowlist, and sources in good standing. The source is remembered, as when it is judged. */
  isKnown(address: string, atMs: number): boolean {
    const source = this.sources.at(address, atMs);
    return lookUpLists(this, source, address) === ALLOWED || isInGoodStanding(source, atMs);
  }

  /** Empties a list. */
  resetList(list: ListName): void {
    this[list] = new NetworkSet();
    this.#endsOf(list).clear();
    this.listVersion += 1;
  }

  /** The addresses and networks of this host and the PBX from now on. */
  replaceOwnNetworks(networks: readonly string[]): void {
    this.own = new NetworkSet();
    for (const network of networks) this.own.put(network);
    this.listVersion += 1;
  }

  /** New settings take effect with the next message. Leaving observe mode forgets what only was observed. */
  replaceSettings(settings: Settings): void {
    const wasObserving = this.isObserving;
    this.settings = settings;
    this.countries = new Set(settings.geoCountries);
    this.agents = new AgentRules(settings.blockedAgents);
    this.countryVersion += 1;
    if (!wasObserving || this.isObserving) return;
    for (const source of this.sources.keptSources()) {
      if (source.block?.isLocal === true) {
        source.block = undefined;
        forgetAttempts(this, source);
      }
      for (const [account, block] of source.accountBlocks ?? [])
        if (block.isLocal) source.accountBlocks?.delete(account);
    }
  }

  /** The country database changed: each source is asked for anew. */
  forgetCountries(): void {
    this.countryVersion += 1;
  }

  /** A block of another host, or of the snapshot. */
  putBlock(block: Block, atMs: number): void {
    putBlock(this, block, atMs);
  }

  /** Lifts a block and forgets what led to it; true when there was one. `source` is a source key. */
  liftBlock(source: string, account?: string): boolean {
    const known = this.sources.find(source);
    if (known === undefined) return false;
    if (account === undefined) {
      this.strikes.put(source, 0, 0);
      known.deniedDrops = 0;
    }
    return dropBlock(this, known, account);
  }

  /** How often the store knows the source to have been blocked. */
  putStrikes(source: string, count: number, atMs: number): void {
    this.strikes.put(source, count, atMs);
  }

  /** Failures of the account that other hosts and workers saw at strangers, at about `atMs`. */
  addForeignAccountFailures(account: string, count: number, atMs: number): void {
    if (count > 0) this.sharedAccounts.add(account, atMs, true, count, Math.max(atMs, this.nowMs));
  }

  /** The kernel dropped this many messages of a blocked source since it was told last; a source that hammers on stays blocked. */
  countKernelDrops(source: string, count: number, atMs: number): void {
    const known = this.sources.find(source);
    const block = known?.block;
    if (known === undefined || block === undefined || count <= 0) return;
    block.refused += count;
    if (count > this.settings.blockRuleFailuresPerMinute) extendBlock(this, known, block, atMs);
  }

  /** Blocks in force, without their evidence. */
  *standingBlocks(atMs: number): IterableIterator<Block> {
    for (const source of this.sources.keptSources()) {
      if (source.block !== undefined && source.block.untilMs > atMs) yield toBlock(source.block, []);
      for (const block of source.accountBlocks?.values() ?? []) if (block.untilMs > atMs) yield toBlock(block, []);
    }
  }

  /** Who is known to be good, for the snapshot: bounded, sources with registered accounts and trunks. */
  *exportStanding(atOnce: number): Generator<StandingRecord[], void> {
    let records: StandingRecord[] = [];
    let [sources, accounts, looks] = [0, 0, 0];
    for (const source of this.sources.keptSources()) {
      looks += 1;
      if (records.length >= atOnce || looks >= LOOKS_A_RECORD * atOnce) {
        yield records;
        records = [];
        looks = 0;
      }
      if (source.standing === undefined) continue;
      if (sources >= MAX_EXPORTED_SOURCES || accounts >= MAX_EXPORTED_ACCOUNTS) break;
      records.push(source.standing.toRecord(source.key));
      sources += 1;
      accounts += source.standing.size;
    }
    if (records.length > 0) yield records;
  }

  /** Takes over what `exportStanding` gave, wherever it was meanwhile: what does not read well or is too old is left out. */
  importStanding(given: unknown, atMs: number): void {
    if (!Array.isArray(given)) return;
    for (const one of given.slice(0, MAX_EXPORTED_SOURCES)) {
      const read = standingRecordSchema.safeParse(one);
      if (read.success) this.#importOne(read.data, atMs);
    }
  }

  #importOne(record: StandingRecord, atMs: number): void {
    const standing = new Standing();
    standing.trunkMs = Math.min(record.trunkMs, atMs);
    const accounts = record.accounts.toSorted((a, b) => a[1] - b[1]);
    for (const [account, registeredMs] of accounts) standing.register(account, account, Math.min(registeredMs, atMs));
    for (const agent of record.agents ?? []) standing.noteAgent(agent);
    standing.expire(atMs);
    if (!standing.isGood(atMs)) return;
    const source = this.sources.ofKey(record.source);
    source.lastSeenMs = Math.max(source.lastSeenMs, standing.trunkMs, accounts.at(-1)?.[1] ?? 0);
    if (this.sources.keep(source, WORTH_STANDING, atMs)) source.standing ??= standing;
  }

  /** What the shell has to do, oldest first, and the events whose second is over. `isFinal` gives out the rest too. */
  takeEffects(isFinal = false): Effect[] {
    const due = this.events.takeDue(isFinal ? Number.POSITIVE_INFINITY : this.nowMs);
    for (const count of due) this.addEffect({ kind: "event", event: toEvent(count) });
    if (this.effects.length <= MAX_EFFECTS_AT_ONCE || isFinal) {
      const effects = this.effects;
      this.effects = [];
      return effects;
    }
    return this.effects.splice(0, MAX_EFFECTS_AT_ONCE);
  }

  #endsOf(list: ListName): EndTimes {
    return list === "allow" ? this.allowEnds : this.denyEnds;
  }

  /** Allowing lifts: the block must not come back when the entry is removed. */
  #liftAllowed(networks: readonly ListedNetwork[]): void {
    const allowed = new NetworkSet();
    for (const { network } of networks) allowed.put(network);
    for (const source of this.sources.keptSources()) {
      if (source.block === undefined && source.accountBlocks === undefined) continue;
      const { address, prefixBits } = splitNetwork(source.key);
      const longest = allowed.longestPrefix(address);
      // A /64 is lifted by what holds all of it; one allowed address within passes without lifting the rest.
      if (longest < 0 || longest > prefixBits) continue;
      source.accountBlocks = undefined;
      this.liftBlock(source.key);
    }
  }
}
