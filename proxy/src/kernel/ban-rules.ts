/**
 * The lasting table `inet sipprot` as text for nft: allowed, denied and banned sources, and the limits beyond SIP.
 *
 * Whoever is allowed passes, banned or denied as they may be. Drops come before connection tracking, else the entry of an earlier exchange
 * would let an attacker through. Declaring it again adopts what is there: sets and their elements stay, rules are renewed.
 */
import { isIPv6 } from "@sipprot/shared/address";
import type { GuardedPort, Limits } from "./kernel.ts";
import { writeLookups, writeNetworkSets } from "./network-sets.ts";

export const BAN_TABLE = "sipprot";

/** Sources whose TFTP rate is remembered; one more finds no place and is not limited: a forger cannot shut others out. */
const MAX_TFTP_SOURCES = 65_536;
/** The resolver's buffer that CVE-2015-7547 overflows; no EDNS size in use needs more (RFC 6891 names 4096 at most, 1232 is usual). */
const MAX_DNS_ANSWER_BYTES = 2048;
const UDP_HEADER_BYTES = 8;

/** Never a country: private, shared and link-local space. */
const PLACELESS = {
  4: "0.0.0.0/8, 10.0.0.0/8, 100.64.0.0/10, 127.0.0.0/8, 169.254.0.0/16, 172.16.0.0/12, 192.168.0.0/16",
  6: "::/127, fc00::/7, fe80::/10",
} as const;

const families = [4, 6] as const;
/** Those that hooks call, then those that these jump to. */
const hooked = ["pre", "geo"] as const;
const inner = [
  ...["allowed", "sip"].flatMap((name) => [name, ...families.map((family) => `${name}${family}`)]),
  ...families.map((family) => `banned${family}`),
  "tftp",
  "oversized",
];

/**
 * The text that declares the table, its sets and its rules; one transaction, elements of lists left as they are. Of the sets of
 * the allowlist only those in `allowSets` are looked at, where that is told: an empty one costs each packet as much as a full one.
 */
export function writeBanTable(
  guarded: readonly GuardedPort[],
  limits: Limits,
  allowSets?: ReadonlySet<string>,
): string {
  const sockets = (family: 4 | 6) =>
    guarded.filter(({ address }) => address !== undefined && isIPv6(address) === (family === 6));
  const refill = (set: string, list: readonly string[]) => [
    `flush set inet ${BAN_TABLE} ${set}`,
    ...(list.length === 0 ? [] : [`add element inet ${BAN_TABLE} ${set} { ${[...new Set(list)].join(", ")} }`]),
  ];
  return `${[
    `table inet ${BAN_TABLE} {`,
    ...(["allow", "deny", "ban"] as const).flatMap(writeNetworkSets),
    ...families.flatMap((family) => [
      `set guarded${family} { type ipv${family}_addr . inet_service; }`,
      `set protected${family} { type ipv${family}_addr; }`,
      `set tftp${family} { type ipv${family}_addr; size ${MAX_TFTP_SOURCES}; flags dynamic, timeout; }`,
      `set geo${family} { type ipv${family}_addr; flags interval; auto-merge; }`,
    ]),
    "set guarded_ports { type inet_service; }",
    "chain pre { type filter hook prerouting priority -310; policy accept; }",
    // After connection tracking (-200): only what begins anew is asked for its country.
    "chain geo { type filter hook prerouting priority mangle; policy accept; }",
    ...inner.map((chain) => `chain ${chain} { }`),
    "}",
    ...[...hooked, ...inner].map((chain) => `flush chain inet ${BAN_TABLE} ${chain}`),
    ...families.flatMap((family) => [
      ...refill(
        `guarded${family}`,
        sockets(family).map(({ address, port }) => `${address} . ${port}`),
      ),
      ...refill(
        `protected${family}`,
        sockets(family).map(({ address }) => `${address}`),
      ),
      // A rate lives in its element: with new limits all begin anew.
      `flush set inet ${BAN_TABLE} tftp${family}`,
    ]),
    ...refill(
      "guarded_ports",
      guarded.filter(({ address }) => address === undefined).map(({ port }) => `${port}`),
    ),
    `table inet ${BAN_TABLE} {`,
    ...families.flatMap((family) => writeVerdictChains(family, allowSets)),
    ...chain("allowed", byFamily("allowed")),
    ...chain("sip", byFamily("sip")),
    ...writeTftpChain(limits),
    ...writeOversizedChain(),
    ...chain(
      "pre",
      "iif lo accept",
      ...["udp", "tcp"].flatMap((protocol) => [
        `ip daddr . ${protocol} dport @guarded4 jump sip4`,
        `ip6 daddr . ${protocol} dport @guarded6 jump sip6`,
      ]),
      "meta l4proto { tcp, udp } th dport @guarded_ports fib daddr type local jump sip",
      ...(limits.tftp === undefined ? [] : ["udp dport 69 jump tftp"]),
      ...(limits.isDnsProtected ? dnsLookups : []),
    ),
    ...writeGeoChain(limits),
    "}",
  ].join("\n")}\n`;
}

const chain = (name: string, ...rules: readonly string[]) => [`chain ${name} {`, ...rules, "}"];

const byFamily = (name: string) => `meta nfproto vmap { ipv4 : goto ${name}4, ipv6 : goto ${name}6 }`;

/** The banned are found first, since they send most: whoever is allowed passes all the same. */
function writeVerdictChains(family: 4 | 6, allowSets: ReadonlySet<string> | undefined): string[] {
  const allowed = writeLookups("allow", family, "accept", allowSets);
  return [
    ...chain(`allowed${family}`, ...allowed),
    // Counted where it is found, in the element of the ban.
    ...chain(`banned${family}`, ...allowed, "drop"),
    ...chain(
      `sip${family}`,
      ...writeLookups("ban", family, `goto banned${family}`),
      `jump allowed${family}`,
      ...writeLookups("deny", family, "counter drop"),
    ),
  ];
}

/**
 * Answers larger than the buffer. Over TCP the length is known where a message begins: its two bytes of length are followed
 * by a header that says "answer" to one question (RFC 1035 4.1.1, 4.2.2); the middle of a long answer does not look so.
 */
const dnsLookups = [
  `udp sport 53 udp length > ${MAX_DNS_ANSWER_BYTES + UDP_HEADER_BYTES} jump oversized`,
  `tcp sport 53 @ih,0,16 > ${MAX_DNS_ANSWER_BYTES} @ih,32,5 16 @ih,48,16 1 jump oversized`,
];

/** Only what comes to this host or to a protected address: other machines behind it may be resolvers of their own. */
function writeOversizedChain(): string[] {
  return chain(
    "oversized",
    "jump allowed",
    "fib daddr type local counter drop",
    "ip daddr @protected4 counter drop",
    "ip6 daddr @protected6 counter drop",
  );
}

function writeTftpChain({ tftp }: Limits): string[] {
  if (tftp === undefined) return [];
  const { requestsPerMinute, burstRequests } = tftp;
  // Remembered until the burst is full again, and a minute more.
  const rememberMinutes = Math.ceil(burstRequests / requestsPerMinute) + 1;
  const limit = `timeout ${rememberMinutes}m limit rate over ${requestsPerMinute}/minute burst ${burstRequests} packets`;
  return chain(
    "tftp",
    "jump allowed",
    `update @tftp4 { ip saddr ${limit} } counter drop`,
    `update @tftp6 { ip6 saddr & ffff:ffff:ffff:ffff:: ${limit} } counter drop`,
  );
}

function writeGeoChain({ wholeHostGeo }: Limits): string[] {
  if (wholeHostGeo === undefined) return [];
  const list = [...wholeHostGeo.networks];
  return chain(
    "geo",
    "iif lo accept",
    // Answers to what this host began, and what was open before, go on; SIP to guests is judged by the proxy.
    "ct state != new accept",
    "jump allowed",
    "meta nfproto ipv4 fib daddr type != local ip daddr != @protected4 accept",
    "meta nfproto ipv6 fib daddr type != local ip6 daddr != @protected6 accept",
    // Neighbour discovery and address assignment keep the host on its network.
    "meta l4proto ipv6-icmp accept",
    "udp dport { 68, 546 } accept",
    `ip saddr { ${PLACELESS[4]} } accept`,
    `ip6 saddr { ${PLACELESS[6]} } accept`,
    ...families.flatMap((family) => {
      const source = family === 4 ? "ip saddr" : "ip6 saddr";
      if (wholeHostGeo.drops === "listed") return [`${source} @geo${family} counter drop`];
      // A family nothing is known of is left open rather than closed whole.
      const isKnown = list.some((network) => isIPv6(network) === (family === 6));
      return isKnown ? [`${source} != @geo${family} counter drop`] : [];
    }),
  );
}

/** The text that fills the country sets, to follow `writeBanTable` in the same transaction. */
export function writeGeoElements({ wholeHostGeo }: Limits): string {
  const list = [...(wholeHostGeo?.networks ?? [])];
  return families
    .map((family) => {
      const own = list.filter((network) => isIPv6(network) === (family === 6));
      const add = own.length === 0 ? "" : `add element inet ${BAN_TABLE} geo${family} { ${own.join(", ")} }\n`;
      return `flush set inet ${BAN_TABLE} geo${family}\n${add}`;
    })
    .join("");
}
