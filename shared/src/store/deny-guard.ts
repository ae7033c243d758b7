/** The guards of the denylist: what must never be denied, whoever asks. Shared by the pages, the CLI and the automatic denial. */
import { parseAddress, splitNetwork } from "../address.ts";
import { SipprotError } from "../errors.ts";
import type { GuardFact, GuardKind } from "../guard.ts";
import type { Host } from "../host.ts";
import { NetworkLookup, widerNetworks } from "../network-lookup.ts";

/** A network that must not be denied, and what it is: "an address of this host", "your own address". */
export interface GuardedNetwork {
  readonly network: string;
  readonly what: string;
  /** The same for who words it in another language; without, it is one of our own addresses. */
  readonly kind?: GuardKind;
}

/** Why a network must not be denied. */
export interface Guarding {
  /** One English sentence. */
  readonly why: string;
  readonly fact: GuardFact;
}

/** Addresses that are every host's own. */
const ownEverywhere: readonly GuardedNetwork[] = [
  { network: "127.0.0.0/8", what: "the loopback of every host", kind: "loopback" },
  { network: "::1", what: "the loopback of every host", kind: "loopback" },
];

/** The guards in force: those given by the caller and the protected endpoints of all hosts. */
export class DenyGuard {
  readonly #inside = new NetworkLookup();
  readonly #guarded = new Map<string, GuardedNetwork>();
  /** Every network that contains a guarded one → that one; a question is one look. */
  readonly #swallows = new Map<string, GuardedNetwork>();

  constructor(given: readonly GuardedNetwork[], hosts: readonly Host[]) {
    for (const guarded of [...ownEverywhere, ...given, ...hosts.flatMap(endpointsOf)]) {
      const { network } = guarded;
      if (this.#guarded.has(network)) continue;
      this.#inside.add(network);
      this.#guarded.set(network, guarded);
      for (const wider of widerNetworks(network)) this.#swallows.set(wider, guarded);
    }
  }

  /** Why this network must not be denied, as one sentence, or undefined when it may. */
  explain(network: string): string | undefined {
    return this.judge(network)?.why;
  }

  /** Why this network must not be denied, or undefined when it may. */
  judge(network: string): Guarding | undefined {
    if (splitNetwork(network).prefixBits === 0) {
      return { why: "it is every address there is", fact: { kind: "everything" } };
    }
    const swallowed = this.#swallows.get(network);
    if (swallowed !== undefined) return { why: `${swallowed.network} is ${swallowed.what}`, fact: factOf(swallowed) };
    const container = this.#guarded.get(this.#inside.findContaining(network) ?? "");
    if (container === undefined) return undefined;
    return { why: `it is part of ${container.network}, ${container.what}`, fact: factOf(container) };
  }

  /** Throws `guarded-network` with reason and remedy when this network must not be denied. */
  check(network: string): void {
    const guarding = this.judge(network);
    if (guarding === undefined) return;
    throw new SipprotError("guarded-network", `${network} cannot be denied: ${guarding.why}`, {
      field: "network",
      value: network,
      guard: guarding.fact,
      expected: "a network that holds none of our own addresses",
      remedy: "name a smaller network that leaves these addresses out",
    });
  }
}

function factOf({ network, kind = "own" }: GuardedNetwork): GuardFact {
  return { kind, network };
}

function endpointsOf(host: Host): GuardedNetwork[] {
  const guarded: GuardedNetwork[] = [];
  for (const endpoint of host.endpoints) {
    const address = parseAddress(endpoint.replace(/:\d+$/, "").replace(/^\[|\]$/g, ""));
    if (address === undefined || address === "0.0.0.0" || address === "::") continue;
    guarded.push({ network: address, what: `protected by host ${host.name}`, kind: "protected" });
  }
  return guarded;
}
