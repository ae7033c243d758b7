/** What is remembered of one source (an IPv4 address, an IPv6 /64); everything a quiet phone does not need is absent. */
import type { Evidence } from "@sipprot/shared/block";
import type { Credit } from "./credit.ts";
import type { Decision } from "./decision.ts";
import type { EventCount } from "./event-counts.ts";
import type { Failing } from "./failing.ts";
import type { Identities } from "./identities.ts";
import type { LiveBlock } from "./live-block.ts";
import { LATELY_MS, type Standing } from "./standing.ts";

/** What the lists say of an address, kept until a list changes. */
export const UNLISTED = 0;
export const ALLOWED = 1;
export const DENIED = 2;

export class Source {
  readonly key: string;
  lastSeenMs = 0;
  /** When the PBX last took a registration from here; without a password that says too little for good standing. */
  acceptedMs = 0;
  /** True while it is in the part of the table that strangers cannot push it out of. */
  isKept = false;

  listVersion = -1;
  listVerdict = UNLISTED;
  /** The address the verdict is for: an IPv6 source has many. */
  listAddress = "";
  deniedDecision: Decision | undefined = undefined;

  countryVersion = -1;
  country: string | undefined = undefined;

  /** Flood lanes: when each would be empty again (see gates/flood). */
  restFullMs = 0;
  dialogFullMs = 0;
  attemptFullMs = 0;
  /** When the last message that has to wait over a connection may come again. */
  floodTurnMs = 0;

  credit: Credit | undefined = undefined;
  failing: Failing | undefined = undefined;
  identities: Identities | undefined = undefined;
  standing: Standing | undefined = undefined;

  /** The block of the whole source. */
  block: LiveBlock | undefined = undefined;
  /** Blocks of single accounts at this source, by account. */
  accountBlocks: Map<string, LiveBlock> | undefined = undefined;
  /** Refused by the denylist since it was last given to the kernel. */
  deniedDrops = 0;

  /** Proven messages refused as flood or malformed lately. */
  abuse: { kind: "flood" | "malformed"; sinceMs: number; count: number } | undefined = undefined;
  evidence: Evidence[] | undefined = undefined;
  evidenceMs = 0;
  lastEvent: EventCount | undefined = undefined;

  constructor(key: string) {
    this.key = key;
  }
}

/** True when it showed itself to be a customer or a trunk within the time that is remembered. */
export function isInGoodStanding(source: Source, atMs: number): boolean {
  return source.standing?.isGood(atMs) === true;
}

/** What a source must be worth, at least, to be kept for an attempt that counts. */
export const WORTH_UNPROVEN = 1;
export const WORTH_PROVEN = 3;
export const WORTH_BLOCK = 4;
export const WORTH_STANDING = 5;
/** In good standing, but not heard of for longer than a registration lives. */
const WORTH_IDLE_STANDING = 2;

/** How much an innocent would lose if the source were forgotten; 0 for a stranger with nothing to remember. */
export function worthOf(source: Source, atMs: number): number {
  if (isInGoodStanding(source, atMs))
    return atMs - source.lastSeenMs > LATELY_MS ? WORTH_IDLE_STANDING : WORTH_STANDING;
  if (source.block !== undefined && source.block.untilMs > atMs) return WORTH_BLOCK;
  if (source.accountBlocks !== undefined || source.failing !== undefined) return WORTH_PROVEN;
  if (source.credit !== undefined) return source.credit.hasProven ? WORTH_PROVEN : WORTH_UNPROVEN;
  return source.identities === undefined ? 0 : WORTH_UNPROVEN;
}
