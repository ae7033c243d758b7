/** Where an administrator comes from, and which networks are likely the office's: what the first run offers to allow. */
import { isIPv6, maskAddress, networkContains, parseAddress, parseNetwork } from "@sipprot/shared/address";
import type { CallerPlace } from "@sipprot/shared/first-run";
import { findListEntries } from "@sipprot/shared/store/list-store";
import type { Redis } from "ioredis";

/** One address of this host with the length of its network, as `os.networkInterfaces()` has it. */
export interface LocalAddress {
  readonly address: string;
  readonly cidr: string | null;
}

/** Networks nobody is reached in from outside (RFC 1918, RFC 4193). */
const privateNetworks = ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "fc00::/7"];
/** Offered at most; a host with many bridges stands in many. */
const MAX_NETWORKS = 10;

export async function findCallerPlace(
  redis: Redis,
  address: string,
  locals: readonly LocalAddress[],
): Promise<CallerPlace> {
  const isLocal = /^(127\.|::1$)/.test(address) || locals.some((local) => parseAddress(local.address) === address);
  const isAllowed = !isLocal && (await findListEntries(redis, "allow", address)).length > 0;
  return {
    address,
    standing: isLocal ? "local" : isAllowed ? "allowed" : "stranger",
    networks: listPrivateNetworks(locals),
  };
}

/** The private networks of these addresses; single addresses and tunnels are none. */
export function listPrivateNetworks(locals: readonly LocalAddress[]): string[] {
  const networks = new Set<string>();
  for (const { address, cidr } of locals) {
    const canonical = parseAddress(address);
    const bits = Number(cidr?.split("/")[1] ?? Number.NaN);
    if (canonical === undefined || !(bits >= 8 && bits <= (isIPv6(canonical) ? 120 : 30))) continue;
    if (!privateNetworks.some((network) => networkContains(network, canonical))) continue;
    networks.add(parseNetwork(`${maskAddress(canonical, bits)}/${bits}`));
  }
  return [...networks].slice(0, MAX_NETWORKS);
}
