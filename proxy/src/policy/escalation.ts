/** From a broken rule to a block, from blocks to the kernel and the denylist. Only what is proven gets this far. */
import { blockKey } from "@sipprot/shared/block";
import type { Gate, Reason } from "@sipprot/shared/reason";
import type { Arrival } from "./arrival.ts";
import { fromBlock, type LiveBlock, TELL_EVERY_MS, toBlock } from "./live-block.ts";
import { type Source, WORTH_BLOCK } from "./source.ts";
import type { PolicyState } from "./state.ts";
import { tellBlock } from "./telling.ts";

/** A blocked or denied source that sends this many more messages is given to the kernel. */
export const KERNEL_BAN_AFTER = 20;
/** A blocked account may be tried this often, so that a corrected password heals by itself. */
export const PROBE_EVERY_MS = 60_000;
/** Accounts blocked at one source at once; beyond, the source's window alone holds them. */
const MAX_ACCOUNT_BLOCKS = 512;

/** Blocks the whole source, or extends its block. The message must be proven; `agent` is given where `arrival` is an answer. */
export function blockSource(
  state: PolicyState,
  source: Source,
  arrival: Arrival,
  reason: Reason,
  agent: string = arrival.message.agent,
): void {
  if (source.block !== undefined && source.block.untilMs > arrival.atMs) {
    extendBlock(state, source, source.block, arrival.atMs);
    return;
  }
  if (!state.sources.keep(source, WORTH_BLOCK, arrival.atMs)) return;
  const strikes = state.isObserving
    ? state.strikes.count(source.key, arrival.atMs) + 1
    : state.strikes.add(source.key, arrival.atMs);
  if (arrival.message.isRequest) state.evidence.keep(source, arrival);
  const live = { ...makeBlock(state, source, arrival, reason, agent), strikes };
  source.block = live;
  if (state.isObserving) return;
  state.addEffect({ kind: "block", block: toBlock(live, source.evidence ?? []) });
  tellBlock(state, live, "block-began", reason.gate, arrival.atMs);
  if (strikes < state.settings.blockThreshold) return;
  state.addEffect({ kind: "deny", block: toBlock(live, source.evidence ?? []) });
  tellBlock(state, live, "denied-for-good", reason.gate, arrival.atMs);
}

/** Blocks one account at the source, or extends that block; the other accounts there are untouched. */
export function blockAccount(
  state: PolicyState,
  source: Source,
  arrival: Arrival,
  reason: Reason,
  account: string,
  agent: string,
): void {
  const standing = source.accountBlocks?.get(account);
  if (standing !== undefined && standing.untilMs > arrival.atMs) {
    extendBlock(state, source, standing, arrival.atMs);
    return;
  }
  source.accountBlocks ??= new Map();
  if (source.accountBlocks.size >= MAX_ACCOUNT_BLOCKS) return;
  const probeAtMs = arrival.atMs + PROBE_EVERY_MS;
  const live = { ...makeBlock(state, source, arrival, reason, agent), account, probeAtMs };
  source.accountBlocks.set(account, live);
  if (state.isObserving) return;
  state.addEffect({ kind: "block", block: toBlock(live, source.evidence ?? []) });
  tellBlock(state, live, "block-began", reason.gate, arrival.atMs);
}

/** Starts the block's time again; tells of it at most each TELL_EVERY_MS. */
export function extendBlock(state: PolicyState, source: Source, live: LiveBlock, atMs: number): void {
  if (!live.proven) return;
  live.untilMs = Math.max(live.untilMs, atMs + state.settings.dynamicBlockSeconds * 1000);
  if (atMs - live.toldMs < TELL_EVERY_MS || live.isLocal || state.isObserving) return;
  live.toldMs = atMs;
  state.addEffect({ kind: "block", block: toBlock(live, source.evidence ?? []) });
  tellBlock(state, live, "block-extended", live.gate, atMs);
  if (live.inKernel) state.addEffect({ kind: "kernel-ban", source: live.source, untilMs: live.untilMs });
}

/**
 * One more message met the block of its source. `request` hashes the message without what repeats change; distinct ones beyond the
 * block rule in a minute are a new attack, a phone that retries now and then is none.
 */
export function countBlocked(state: PolicyState, source: Source, live: LiveBlock, atMs: number, request: number): void {
  live.refused += 1;
  if (!live.proven) return;
  if (live.refused > KERNEL_BAN_AFTER && !live.inKernel && !state.isObserving) {
    live.inKernel = true;
    state.addEffect({ kind: "kernel-ban", source: source.key, untilMs: live.untilMs });
    if (!live.isLocal) state.addEffect({ kind: "block", block: toBlock(live, source.evidence ?? []) });
  }
  if (live.lastRequests.includes(request)) return;
  live.lastRequests.copyWithin(1, 0);
  live.lastRequests[0] = request;
  if (atMs - live.attackSinceMs >= 60_000) {
    live.attackSinceMs = atMs;
    live.attacks = 0;
  }
  live.attacks += 1;
  if (live.attacks > Math.max(state.settings.blockRuleFailuresPerMinute, state.settings.enumerationAccountsPerMinute)) {
    extendBlock(state, source, live, atMs);
  }
}

/** The block is over before its time or at its end: tells so, and lets the source begin anew. */
export function endBlock(state: PolicyState, source: Source, live: LiveBlock, atMs: number): void {
  if (live.account === undefined) {
    source.block = undefined;
    // What still holds credit goes on holding it: a late answer must count. The rest begins anew.
    source.failing = undefined;
    source.abuse = undefined;
  } else {
    source.accountBlocks?.delete(live.account);
    if (source.accountBlocks?.size === 0) source.accountBlocks = undefined;
  }
  if (live.isLocal || state.isObserving) return;
  if (live.untilMs > atMs) state.addEffect({ kind: "lift", source: live.source, account: live.account });
  tellBlock(state, live, "block-ended", live.gate, atMs);
}

/** Forgets what led to a block, so that lifting one does not bring it back with the next message. */
export function forgetAttempts(state: PolicyState, source: Source): void {
  state.attempts -= source.credit?.size ?? 0;
  state.identities -= source.identities?.size ?? 0;
  source.credit = undefined;
  source.identities = undefined;
  source.failing = undefined;
  source.abuse = undefined;
}

/** Takes over a block of another host or of the snapshot. */
export function putBlock(state: PolicyState, block: Parameters<typeof fromBlock>[0], atMs: number): void {
  const source = state.sources.ofKey(block.source);
  const live = fromBlock(block);
  const mine = block.account === undefined ? source.block : source.accountBlocks?.get(block.account);
  if (block.untilMs <= atMs) return;
  if (!state.sources.keep(source, WORTH_BLOCK, atMs)) return;
  if (mine !== undefined && blockKey(mine) === blockKey(block)) {
    mine.untilMs = Math.max(mine.untilMs, block.untilMs);
    return;
  }
  if (block.account === undefined) {
    source.block = live;
    if (block.strikes > state.strikes.count(source.key, atMs))
      state.strikes.put(source.key, block.strikes, block.sinceMs);
    return;
  }
  source.accountBlocks ??= new Map();
  if (source.accountBlocks.size < MAX_ACCOUNT_BLOCKS) source.accountBlocks.set(block.account, live);
}

/** Forgets a block without telling: who asked for it knows. */
export function dropBlock(state: PolicyState, source: Source, account: string | undefined): boolean {
  if (account !== undefined) {
    const wasThere = source.accountBlocks?.delete(account) === true;
    if (source.accountBlocks?.size === 0) source.accountBlocks = undefined;
    source.failing = undefined;
    return wasThere;
  }
  const wasThere = source.block !== undefined;
  source.block = undefined;
  forgetAttempts(state, source);
  return wasThere;
}

function makeBlock(state: PolicyState, source: Source, arrival: Arrival, reason: Reason, agent: string): LiveBlock {
  const gate: Gate = reason.gate;
  return {
    source: source.key,
    account: undefined,
    gate,
    reason,
    sinceMs: arrival.atMs,
    untilMs: arrival.atMs + state.settings.dynamicBlockSeconds * 1000,
    proven: true,
    strikes: 1,
    refused: 0,
    inKernel: false,
    agent,
    country: source.country,
    endpoint: arrival.endpoint,
    transport: arrival.transport,
    host: state.host,
    isLocal: state.isObserving,
    toldMs: arrival.atMs,
    probeAtMs: 0,
    attackSinceMs: arrival.atMs,
    attacks: 0,
    lastRequests: [0, 0, 0, 0],
    decision: undefined,
  };
}
