/** What putting a network on a list would mean: what is there already, what it would lift, and what forbids it. */
import { isIPv6, splitNetwork } from "@sipprot/shared/address";
import type { Host } from "@sipprot/shared/host";
import type { Consideration } from "@sipprot/shared/list-desk";
import type { ListEntry, ListName } from "@sipprot/shared/lists";
import { NetworkLookup, widerNetworks } from "@sipprot/shared/network-lookup";
import { DenyGuard, type GuardedNetwork } from "@sipprot/shared/store/deny-guard";
import type { StoreMirror } from "./store-mirror.ts";

/** Wider than a provider's network for its telephones, or a site's of IPv6. */
const WIDE_BELOW = { ipv4: 20, ipv6: 48 };

/** Looks at each network against the copy of the store; nothing is written. */
export function considerNetworks(
  mirror: StoreMirror,
  list: ListName,
  networks: readonly string[],
  guarded: readonly GuardedNetwork[],
  hosts: readonly Host[],
): Consideration[] {
  const guard = list === "deny" ? new DenyGuard(guarded, hosts) : undefined;
  return networks.map((network) => consider(mirror, list, network, guard));
}

function consider(
  { copy, indexes }: StoreMirror,
  list: ListName,
  network: string,
  guard: DenyGuard | undefined,
): Consideration {
  const other = list === "allow" ? "deny" : "allow";
  const { address, prefixBits } = splitNetwork(network);
  const present = copy.lists[list].get(network);
  const heldBy = findHolder(copy.lists[list], network, present);
  const otherHolds = findHolder(copy.lists[other], network);
  const judged = guard?.judge(network)?.fact ?? judgeByLists(list, prefixBits, otherHolds);
  return {
    network,
    addresses: 2 ** ((isIPv6(address) ? 128 : 32) - prefixBits),
    isWide: prefixBits < (isIPv6(address) ? WIDE_BELOW.ipv6 : WIDE_BELOW.ipv4),
    ...(present === undefined ? {} : { present }),
    ...(heldBy === undefined ? {} : { heldBy }),
    inside: indexes[list].countInside(network),
    ...(otherHolds === undefined ? {} : { otherHolds }),
    otherInside: indexes[other].countInside(network),
    blocks: list === "allow" ? countBlocks(copy.blocks.keys(), network) : 0,
    ...(judged === undefined ? {} : { guard: judged }),
  };
}

function judgeByLists(list: ListName, prefixBits: number, allowed: ListEntry | undefined): Consideration["guard"] {
  if (list === "allow") return prefixBits === 0 ? { kind: "everything" } : undefined;
  return allowed === undefined ? undefined : { kind: "allowlist", network: allowed.network };
}

/** The smallest entry that holds the network, but for `own`. */
function findHolder(
  entries: ReadonlyMap<string, ListEntry>,
  network: string,
  own?: ListEntry | undefined,
): ListEntry | undefined {
  for (const wider of widerNetworks(network)) {
    const entry = entries.get(wider);
    if (entry !== undefined && entry !== own) return entry;
  }
  return undefined;
}

function countBlocks(keys: Iterable<string>, network: string): number {
  const inside = new NetworkLookup([network]);
  let count = 0;
  for (const key of keys) if (inside.findContaining(key.split(" ", 1)[0] ?? key) !== undefined) count += 1;
  return count;
}
