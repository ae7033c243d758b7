/** Networks that are nobody's on the internet: no feed may deny them, and no redirect may lead there. */
import { NetworkLookup } from "@sipprot/shared/network-lookup";

/** This host, private, shared, link-local, multicast and reserved networks (RFC 6890, RFC 4193, RFC 4291). */
const special = [
  "0.0.0.0/8",
  "10.0.0.0/8",
  "100.64.0.0/10",
  "127.0.0.0/8",
  "169.254.0.0/16",
  "172.16.0.0/12",
  "192.0.0.0/24",
  "192.168.0.0/16",
  "198.18.0.0/15",
  "224.0.0.0/3",
  "::/8",
  "64:ff9b::/96",
  "fc00::/7",
  "fe80::/10",
  "ff00::/8",
];

const inside = new NetworkLookup(special);

/** The special network that this canonical address or network is in, or undefined. */
export function findSpecialNetwork(canonical: string): string | undefined {
  return inside.findContaining(canonical);
}
