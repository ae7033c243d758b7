/** The guards of the denylist: what must never be denied, whoever asks. Shared by the pages, the CLI and the automatic denial. */
import { parseAddress, splitNetwork } from "../address.ts";
import { SipprotError } from "../errors.ts";
import type { Host } from "../host.ts";
import { NetworkLookup, widerNetworks } from "../network-lookup.ts";

/** A network that must not be denied, and what it is: "an address of this host", "your own address". */
export interface GuardedNetwork {
  readonly network: string;
  readonly what: string;
}

/** Addresses that are every host's own. */
const ownEverywhere: readonly GuardedNetwork[] = [
  { network: "127.0.0.0/8", what: "the loopback of every host" },
  { network: "::1", what: "the loopback of every host" },
];

/** The guards in force: those given by the caller and the protected endpoints of all hosts. */
export class DenyGuard {
  readonly #inside = new NetworkLookup();
  readonly #what = new Map<string, string>();
  /** Every network that contains a guarded one → what that is; a question is one look. */
  readonly #swallows = new Map<string, string>();

  constructor(given: readonly GuardedNetwork[], hosts: readonly Host[]) {
    for (const { network, what } of [...ownEverywhere, ...given, ...hosts.flatMap(endpointsOf)]) {
      if (this.#what.has(network)) continue;
      this.#inside.add(network);
      this.#what.set(network, what);
      for (const wider of widerNetworks(network)) this.#swallows.set(wider, `${network} is ${what}`);
    }
  }

  /** Why this network must not be denied, as one sentence, or undefined when it may. */
  explain(network: string): string | undefined {
    if (splitNetwork(network).prefixBits === 0) return "it is every address there is";
    const swallowed = this.#swallows.get(network);
    if (swallowed !== undefined) return swallowed;
    const container = this.#inside.findContaining(network);
    return container === undefined ? undefined : `it is part of ${container}, ${this.#what.get(container)}`;
  }

  /** Throws `guarded-network` with reason and remedy when this network must not be denied. */
  check(network: string): void {
    const why = this.explain(network);
    if (why === undefined) return;
    throw new SipprotError("guarded-network", `${network} cannot be denied: ${why}`, {
      field: "network",
      value: network,
      expected: "a network that holds none of our own addresses",
      remedy: "name a smaller network that leaves these addresses out",
    });
  }
}

function endpointsOf(host: Host): GuardedNetwork[] {
  const guarded: GuardedNetwork[] = [];
  for (const endpoint of host.endpoints) {
    const address = parseAddress(endpoint.replace(/:\d+$/, "").replace(/^\[|\]$/g, ""));
    if (address === undefined || address === "0.0.0.0" || address === "::") continue;
    guarded.push({ network: address, what: `protected by host ${host.name}` });
  }
  return guarded;
}
