/** Housekeeping in small steps: forgets what no longer matters, tells of blocks that ended. */
import { endBlock } from "./escalation.ts";
import { expireCredit } from "./gates/guessing.ts";
import { type Source, worthOf } from "./source.ts";
import type { PolicyState } from "./state.ts";

/** Sources and accounts looked at in one call: some tenths of a millisecond, so that no packet waits. */
const SOURCES_A_CALL = 200;
/** Entries with an end looked at in one call: they are only compared. Of half a million each has its turn within 25 seconds. */
const ENTRIES_A_CALL = 2_000;

/** To be called about ten times a second. Looks at a part of the tables each time; the cost of one call is bounded. */
export function expire(state: PolicyState, atMs: number): void {
  if (atMs > state.nowMs) state.nowMs = atMs;
  const count = Math.min(SOURCES_A_CALL, state.sources.keptSize);
  for (let step = 0; step < count; step += 1) {
    const source = state.sources.nextKept();
    if (source !== undefined) expireSource(state, source, atMs);
  }
  state.sharedAccounts.expire(atMs, SOURCES_A_CALL);
  state.strikes.expire(atMs, SOURCES_A_CALL);
  expireEntries(state, atMs);
}

function expireSource(state: PolicyState, source: Source, atMs: number): void {
  if (source.block !== undefined && source.block.untilMs <= atMs) endBlock(state, source, source.block, atMs);
  for (const block of source.accountBlocks?.values() ?? [])
    if (block.untilMs <= atMs) endBlock(state, source, block, atMs);
  expireCredit(state, source, atMs);
  if (source.credit?.size === 0) source.credit = undefined;
  if (source.failing?.expire(atMs) === true) source.failing = undefined;
  const identities = source.identities;
  if (identities !== undefined) {
    const before = identities.size;
    identities.expire(atMs);
    state.identities += identities.size - before;
    if (identities.isIdle(atMs)) source.identities = undefined;
  }
  source.standing?.expire(atMs);
  if (source.standing !== undefined && !source.standing.isGood(atMs)) source.standing = undefined;
  if (worthOf(source, atMs) === 0) state.sources.release(source);
}

function expireEntries(state: PolicyState, atMs: number): void {
  for (const [list, ends] of [
    [state.allow, state.allowEnds],
    [state.deny, state.denyEnds],
  ] as const) {
    for (const network of ends.takeOver(atMs, ENTRIES_A_CALL)) if (list.remove(network)) state.listVersion += 1;
  }
}
