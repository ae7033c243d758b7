/** Gates 0 and 1: what the operator's lists say of the address. Looked up once a source and version of the lists. */
import { splitNetwork } from "@sipprot/shared/address";
import type { Arrival } from "../arrival.ts";
import type { Decision } from "../decision.ts";
import { KERNEL_BAN_AFTER } from "../escalation.ts";
import { ALLOWED, DENIED, type Source, UNLISTED } from "../source.ts";
import type { PolicyState } from "../state.ts";

/** A denied source that keeps sending stays in the kernel this long; the denylist itself has no end. */
const DENIED_KERNEL_MS = 3_600_000;

/** UNLISTED, ALLOWED or DENIED: own addresses and the allowlist win over the denylist. */
export function lookUpLists(state: PolicyState, source: Source, address: string): number {
  if (source.listVersion === state.listVersion && source.listAddress === address) return source.listVerdict;
  source.listVersion = state.listVersion;
  source.listAddress = address;
  source.deniedDecision = undefined;
  if (state.own.has(address) || state.allow.has(address)) source.listVerdict = ALLOWED;
  else {
    const network = state.deny.find(address);
    source.listVerdict = network === undefined ? UNLISTED : DENIED;
    if (network !== undefined) {
      source.deniedDecision = { verdict: "drop", reason: { gate: "denied", network }, retryAtMs: 0 };
    }
  }
  return source.listVerdict;
}

/** The refusal of a denied source; counts towards the kernel. */
export function refuseDenied(state: PolicyState, source: Source, arrival: Arrival): Decision | undefined {
  source.deniedDrops += 1;
  if (source.deniedDrops > KERNEL_BAN_AFTER && !state.isObserving) {
    source.deniedDrops = 0;
    // One denied address must not take its neighbours in the same /64 with it.
    if (isNarrower(source)) return source.deniedDecision;
    state.addEffect({ kind: "kernel-ban", source: source.key, untilMs: arrival.atMs + DENIED_KERNEL_MS });
  }
  return source.deniedDecision;
}

function isNarrower(source: Source): boolean {
  const reason = source.deniedDecision?.reason;
  return reason?.gate === "denied" && splitNetwork(reason.network).prefixBits > splitNetwork(source.key).prefixBits;
}
