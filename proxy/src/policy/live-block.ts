/** A standing block as the gates use it: its end, its ready-made decision, and what happened under it. */
import type { Block, Evidence, Transport } from "@sipprot/shared/block";
import type { Gate, Reason } from "@sipprot/shared/reason";
import type { Decision } from "./decision.ts";

/** A block's end is told again at most this often while it is extended. */
export const TELL_EVERY_MS = 10_000;

export interface LiveBlock {
  readonly source: string;
  readonly account: string | undefined;
  readonly gate: Gate;
  readonly reason: Reason;
  readonly sinceMs: number;
  untilMs: number;
  readonly proven: boolean;
  readonly strikes: number;
  refused: number;
  inKernel: boolean;
  readonly agent: string;
  readonly country: string | undefined;
  readonly endpoint: string;
  readonly transport: Transport;
  readonly host: string;
  /** True when only this process knows of it: observe mode. */
  readonly isLocal: boolean;
  toldMs: number;
  /** When a request for the blocked account may pass next, to see whether its password was put right. */
  probeAtMs: number;
  /** Distinct requests since `attackSinceMs`, by the hash of the last few. */
  attackSinceMs: number;
  attacks: number;
  lastRequests: [number, number, number, number];
  decision: Decision | undefined;
}

/** The block as it is stored and told. */
export function toBlock(live: LiveBlock, evidence: readonly Evidence[]): Block {
  return {
    source: live.source,
    ...(live.account === undefined ? {} : { account: live.account }),
    gate: live.gate,
    reason: live.reason,
    sinceMs: live.sinceMs,
    untilMs: live.untilMs,
    proven: live.proven,
    strikes: live.strikes,
    refused: live.refused,
    inKernel: live.inKernel,
    agent: live.agent,
    ...(live.country === undefined ? {} : { country: live.country }),
    endpoint: live.endpoint,
    transport: live.transport,
    host: live.host,
    evidence: [...evidence],
  };
}

/** A block told by another host or read from the snapshot. Its evidence stays in the store. */
export function fromBlock(block: Block): LiveBlock {
  return {
    source: block.source,
    account: block.account,
    gate: block.gate,
    reason: block.reason,
    sinceMs: block.sinceMs,
    untilMs: block.untilMs,
    proven: block.proven,
    strikes: block.strikes,
    refused: block.refused,
    // In the kernel of the host that told; what reaches us is not in ours.
    inKernel: false,
    agent: block.agent,
    country: block.country,
    endpoint: block.endpoint,
    transport: block.transport,
    host: block.host,
    isLocal: false,
    toldMs: block.sinceMs,
    probeAtMs: 0,
    attackSinceMs: 0,
    attacks: 0,
    lastRequests: [0, 0, 0, 0],
    decision: undefined,
  };
}

/** The decision for a message that meets the block; made once for each end of it. */
export function blockedDecision(live: LiveBlock): Decision {
  const reason = live.decision?.reason;
  if (live.decision !== undefined && reason?.gate === "blocked" && reason.untilMs === live.untilMs)
    return live.decision;
  live.decision = {
    verdict: "drop",
    reason: { gate: "blocked", untilMs: live.untilMs, because: live.gate },
    retryAtMs: 0,
  };
  return live.decision;
}
