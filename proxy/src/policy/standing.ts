/** What a source is known to be good for: accounts that registered well from it, and calls that the PBX accepted. */
import { networkSchema } from "@sipprot/shared/address";
import { MAX_SOURCE_AGENT_CHARACTERS, MAX_SOURCE_AGENTS } from "@sipprot/shared/registered-source";
import { z } from "zod";

/** An account widens the window this long: a registration with Asterisk lives at most two hours, most live one. */
export const LATELY_MS = 7_200_000;
/** A source stays in good standing this long: a phone switched off overnight is still the office's phone. */
export const STANDING_MS = 86_400_000;
/** Accounts remembered for one source; a bigger site keeps a window this much wider, which is enough to let it in. */
export const MAX_ACCOUNTS_PER_SOURCE = 4096;
/** Accounts remembered whose calls were accepted with credentials and that never registered. */
const MAX_CALLERS = 64;

/** Standing as it is kept on disk over a restart. */
export const standingRecordSchema = z.strictObject({
  /** IPv4 address or IPv6 /64, canonical. */
  source: networkSchema,
  /** Account, and when it last registered well. */
  accounts: z.array(z.tuple([z.string().max(256), z.number()])).max(2 * MAX_ACCOUNTS_PER_SOURCE),
  /** When the PBX last accepted a call from here, or the source answered the PBX's own request; 0 for never. */
  trunkMs: z.number().nonnegative(),
  /** What those who registered said they are, the last heard last. Absent in what an earlier version wrote. */
  agents: z.array(z.string().max(MAX_SOURCE_AGENT_CHARACTERS)).max(MAX_SOURCE_AGENTS).optional(),
});
export type StandingRecord = z.infer<typeof standingRecordSchema>;

/**
 * The maps are in the order of the last registration, so what gets old is in front. Most sources are one phone: what only few need
 * is made when it is needed.
 */
export class Standing {
  readonly #lately = new Map<string, number>();
  /** At or before the oldest registration in #lately. */
  #oldestLatelyMs = Number.POSITIVE_INFINITY;
  #before: Map<string, number> | undefined = undefined;
  /** User parts of registered addresses that differ from the account's name. */
  #otherNames: Map<string, number> | undefined = undefined;
  #callers: Set<number> | undefined = undefined;
  /** Few: an office has some models of phones. Most sources have one. */
  #agents: string[] | undefined = undefined;
  trunkMs = 0;
  #lastRegisteredMs = 0;

  /** Distinct accounts that registered well within LATELY_MS: what the window is wider by. */
  accountsLately(atMs: number): number {
    // No account can be older than LATELY_MS while the oldest is not: most calls end here.
    if (atMs - this.#oldestLatelyMs <= LATELY_MS) return this.#lately.size;
    this.#oldestLatelyMs = Number.POSITIVE_INFINITY;
    for (const [account, registeredMs] of this.#lately) {
      if (atMs - registeredMs <= LATELY_MS) {
        this.#oldestLatelyMs = registeredMs;
        break;
      }
      this.#lately.delete(account);
      this.#before ??= new Map();
      this.#before.set(account, registeredMs);
      trim(this.#before);
    }
    return this.#lately.size;
  }

  get size(): number {
    return this.#lately.size + (this.#before?.size ?? 0);
  }

  isGood(atMs: number): boolean {
    const lastMs = Math.max(this.trunkMs, this.#lastRegisteredMs);
    return lastMs > 0 && atMs - lastMs <= STANDING_MS;
  }

  isTrunk(atMs: number): boolean {
    return this.trunkMs > 0 && atMs - this.trunkMs <= STANDING_MS;
  }

  /** An account registered well; `name` is the user part of the address it registered. */
  register(account: string, name: string, atMs: number): void {
    this.#lastRegisteredMs = Math.max(this.#lastRegisteredMs, atMs);
    this.#before?.delete(account);
    setLast(this.#lately, account, atMs);
    if (atMs < this.#oldestLatelyMs) this.#oldestLatelyMs = atMs;
    trim(this.#lately);
    if (name === account || name === "") return;
    this.#otherNames ??= new Map();
    setLast(this.#otherNames, name, atMs);
    trim(this.#otherNames);
  }

  /** A phone that registered well said that it is this; the ones not heard of for longest make room. */
  noteAgent(agent: string): void {
    if (agent === "") return;
    const kept = agent.slice(0, MAX_SOURCE_AGENT_CHARACTERS);
    this.#agents ??= [];
    if (this.#agents.at(-1) === kept) return;
    const at = this.#agents.indexOf(kept);
    if (at >= 0) this.#agents.splice(at, 1);
    else if (this.#agents.length >= MAX_SOURCE_AGENTS) this.#agents.shift();
    this.#agents.push(kept);
  }

  /** A call of the account was accepted, with credentials. */
  addCaller(accountHash: number): void {
    if (this.#callers === undefined || this.#callers.size >= MAX_CALLERS) this.#callers = new Set();
    this.#callers.add(accountHash);
  }

  /** True when the account registered well from here. */
  hasAccount(account: string): boolean {
    return this.#lately.has(account) || this.#before?.has(account) === true;
  }

  /** True when the account, or an address of that user part, is known here. */
  knows(name: string): boolean {
    return this.hasAccount(name) || this.#otherNames?.has(name) === true;
  }

  hasSignedIn(account: string, accountHash: number): boolean {
    return this.hasAccount(account) || this.#callers?.has(accountHash) === true;
  }

  /** Forgets what is too old. */
  expire(atMs: number): void {
    this.accountsLately(atMs);
    this.#before = forgetOld(this.#before, atMs);
    this.#otherNames = forgetOld(this.#otherNames, atMs);
  }

  toRecord(source: string): StandingRecord {
    const record = { source, accounts: [...(this.#before ?? []), ...this.#lately], trunkMs: this.trunkMs };
    return this.#agents === undefined ? record : { ...record, agents: [...this.#agents] };
  }
}

/** Puts a name behind all others. One that is alone stands there already: a map that is emptied makes its table anew. */
function setLast(names: Map<string, number>, name: string, atMs: number): void {
  if (names.size > 1) names.delete(name);
  names.set(name, atMs);
}

function trim(names: Map<string, number>): void {
  if (names.size <= MAX_ACCOUNTS_PER_SOURCE) return;
  const oldest = names.keys().next();
  if (oldest.done !== true) names.delete(oldest.value);
}

function forgetOld(names: Map<string, number> | undefined, atMs: number): Map<string, number> | undefined {
  if (names === undefined) return undefined;
  for (const [name, registeredMs] of names) {
    if (atMs - registeredMs <= STANDING_MS) break;
    names.delete(name);
  }
  return names.size === 0 ? undefined : names;
}
