/** Finds out where the PBX with an address runs: on this host, behind it by routing, behind a bridge of it, or elsewhere. */
import { networkContains, parseAddress, splitNetwork } from "@sipprot/shared/address";
import { type CommandPrefix, readProgram } from "./program.ts";
import { familyOf, type Place } from "./steering-description.ts";

/** One interface as `ip -j -d address show` tells it; what we read of it. */
export interface InterfaceFact {
  readonly ifname: string;
  /** MAC address. */
  readonly address?: string;
  readonly linkinfo?: { readonly info_kind?: string };
  readonly addr_info?: readonly { readonly local?: string }[];
}
/** One route as `ip -j route show` and `ip -j -6 route show` tell it. */
export interface RouteFact {
  readonly dst: string;
  readonly dev?: string;
}
/** One neighbour as `ip -j neighbour show` tells it. */
export interface NeighbourFact {
  readonly dst: string;
  readonly dev?: string;
  readonly lladdr?: string;
}
export interface MachineFacts {
  readonly interfaces: readonly InterfaceFact[];
  readonly routes: readonly RouteFact[];
  readonly neighbours: readonly NeighbourFact[];
}

/** Where an address is, or why it cannot be protected from here: one sentence for the operator. */
export type Classification = { readonly place: Place } | { readonly problem: string };

/** Classifies a canonical address by the facts. Pure. */
export function classifyAddress(address: string, { interfaces, routes, neighbours }: MachineFacts): Classification {
  const isOwn = interfaces.some(({ addr_info = [] }) =>
    addr_info.some(({ local }) => local !== undefined && parseAddress(local) === address),
  );
  if (isOwn) return { place: { kind: "host" } };
  const device = routeDevice(address, routes);
  if (device === undefined)
    return {
      problem: `${address} is neither an address of this host nor behind it: its traffic does not pass here; run sipprot on its host or on its gateway`,
    };
  const link = interfaces.find(({ ifname }) => ifname === device);
  // Where the clients come from: the default route. Through the same bridge, frames would pass this host unrouted.
  const isBetweenClientsAndGuest = routes.some(({ dst, dev }) => dst === "default" && dev === device);
  if (link?.linkinfo?.info_kind !== "bridge" || !isBetweenClientsAndGuest) {
    if (isBetweenClientsAndGuest)
      return { problem: `${address} is on the same network as this host's gateway: its traffic does not pass here` };
    return { place: { kind: "routed-guest", interface: device } };
  }
  const guestMac = neighbours.find(({ dst, dev }) => dev === device && parseAddress(dst) === address)?.lladdr;
  if (guestMac === undefined || link.address === undefined)
    return { problem: `the MAC address of ${address} on ${device} is not known yet: send it a ping, then start again` };
  return { place: { kind: "bridged-guest", bridge: device, bridgeMac: link.address, guestMac } };
}

/** Asks `ip` for the facts. Rejects with `missing-program` or `kernel-refused`. */
export async function readMachineFacts(prefix: CommandPrefix = []): Promise<MachineFacts> {
  const ask = async <Fact>(...words: string[]) =>
    JSON.parse((await readProgram(prefix, ["ip", "-j", ...words])) || "[]") as Fact[];
  const [interfaces, routes4, routes6, neighbours] = await Promise.all([
    ask<InterfaceFact>("-d", "address", "show"),
    ask<RouteFact>("-4", "route", "show"),
    ask<RouteFact>("-6", "route", "show"),
    ask<NeighbourFact>("neighbour", "show"),
  ]);
  return { interfaces, routes: [...routes4, ...routes6], neighbours };
}

/** The device of the longest prefix that holds the address, the default route left out. */
function routeDevice(address: string, routes: readonly RouteFact[]): string | undefined {
  let longest = -1;
  let device: string | undefined;
  for (const { dst, dev } of routes) {
    if (dst === "default" || dev === undefined || parseAddress(dst.split("/")[0] ?? "") === undefined) continue;
    if (familyOf(dst) !== familyOf(address) || !networkContains(dst, address)) continue;
    const { prefixBits } = splitNetwork(dst);
    if (prefixBits <= longest) continue;
    longest = prefixBits;
    device = dev;
  }
  return device;
}
