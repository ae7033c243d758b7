/**
 * The table that lifts a bridged guest's SIP frames out of the bridge into this host's IP stack, where the steering table
 * takes over. Frames of a silent worker's share stay in the bridge. Pure: text for nft.
 */
import {
  bridgeBeacon,
  type Endpoint,
  HEARTBEAT_PORT,
  HEARTBEAT_TIMEOUT_MS,
  listBridges,
  listEndpoints,
  type SteeringDescription,
  type SteeringMoment,
} from "./steering-description.ts";
import { aliveAtFirst, type Family, families, ofFamily, workersOf } from "./steering-sets.ts";

type BridgedEndpoint = Endpoint & { readonly place: { readonly kind: "bridged-guest" } };

/** Those that nft calls dstnat and filter in a bridge. */
const priorities = { pre: -300, out: -200 };

/** The text of the table `bridge sipprot_steer`, empty when no guest is bridged. */
export function writeBridgeTable(
  table: string,
  description: SteeringDescription,
  { handover, step = 0, isDraining = false }: SteeringMoment = {},
): string {
  const endpoints = listEndpoints(description).filter(isBridged);
  if (endpoints.length === 0) return "";
  const used = families.filter((family) => ofFamily(endpoints, family).length > 0);
  const lines = [
    `table bridge ${table} {`,
    ...(description.failOpen ? ["flags owner"] : []),
    ...workersOf(description).map(
      (worker) =>
        `set alive_${worker} { type ether_type; flags timeout, dynamic; size 4; ${aliveAtFirst(
          used.map(({ ip }) => ip),
          handover,
        )} }`,
    ),
    ...used.flatMap((family) => writeSets(family, endpoints, description)),
    ...used.flatMap((family) => writeLift(family, description)),
    "chain pre {",
    `type filter hook prerouting priority ${priorities.pre + step}; policy accept;`,
    ...(isDraining ? [] : used.flatMap((family) => writePicking(family, description))),
    "}",
    "chain out {",
    `type filter hook output priority ${priorities.out + step}; policy accept;`,
    ...used.flatMap((family) => writeOutput(family, description)),
    "}",
    "}",
  ];
  return `${lines.join("\n")}\n`;
}

const isBridged = (endpoint: Endpoint): endpoint is BridgedEndpoint => endpoint.place.kind === "bridged-guest";
const etherType = ({ number }: Family) => `ether type ${number === 4 ? "ip" : "ip6"}`;
const unique = (list: readonly string[]) => [...new Set(list)].join(", ");

function writeSets(family: Family, all: readonly BridgedEndpoint[], description: SteeringDescription): string[] {
  const { number, type } = family;
  const endpoints = all.filter((endpoint) => ofFamily([endpoint], family).length > 0);
  const macs = endpoints.map(({ address, place }) => ({ address, mac: place.guestMac }));
  return [
    `set guests${number} { type ${type} . inet_service; elements = { ${unique(endpoints.map(({ address, port }) => `${address} . ${port}`))} }; }`,
    `set addresses${number} { type ${type}; elements = { ${unique(macs.map(({ address }) => address))} }; }`,
    `set beacons${number} { type ${type}; elements = { ${unique(listBridges(description).map((_, index) => bridgeBeacon(index, number)))} }; }`,
    `set owners${number} { type ${type} . ether_addr; elements = { ${unique(macs.map(({ address, mac }) => `${address} . ${mac}`))} }; }`,
    `map bridges${number} { type ${type} : ether_addr; elements = { ${unique(endpoints.map(({ address, place }) => `${address} : ${place.bridgeMac}`))} }; }`,
    `map macs${number} { type ${type} : ether_addr; elements = { ${unique(macs.map(({ address, mac }) => `${address} : ${mac}`))} }; }`,
    ...workersOf(description).map(
      (worker) =>
        `set up${number}_${worker} { type inet_service; elements = { ${endpoints.flatMap(({ pairs }) => pairs.filter((pair) => pair.worker === worker).map(({ upPort }) => `${upPort}`)).join(", ")} }; }`,
    ),
  ];
}

/** Hands a frame to this host: to the MAC of the bridge that the guest's address is known on. */
function writeLift({ number, ip }: Family, description: SteeringDescription): string[] {
  return (["daddr", "saddr"] as const).flatMap((guest) =>
    workersOf(description).flatMap((worker) => [
      `chain lift_${guest}${number}_${worker} {`,
      `ether type != @alive_${worker} ${description.failOpen ? "accept" : "counter drop"}`,
      `ether daddr set ${ip} ${guest} map @bridges${number} meta pkttype set host counter accept`,
      "}",
    ]),
  );
}

/** Which frames are lifted; the client's address picks the worker, as in the steering table. */
function writePicking(family: Family, description: SteeringDescription): string[] {
  const { number, ip, hashIn, hashOut } = family;
  const frames = etherType(family);
  const watched = `meta l4proto { ${description.protocols.join(", ")} }`;
  // Later fragments carry no port: this host puts them together, and forwards what is not SIP.
  const fragment = number === 4 ? "ip frag-off & 0x1fff != 0" : "exthdr frag exists";
  const pick = (guest: "saddr" | "daddr") => {
    const chain = `lift_${guest}${number}`;
    if (description.workers === 1) return `goto ${chain}_0`;
    const targets = workersOf(description).map((worker) => `${worker} : goto ${chain}_${worker}`);
    return `jhash ${guest === "daddr" ? hashIn : hashOut} mod ${description.workers} seed 0x${description.hashSeed.toString(16)} vmap { ${targets.join(", ")} }`;
  };
  return [
    // A guest's address may be used by that guest alone.
    `${frames} ${watched} ${ip} saddr . th sport @guests${number} ${ip} saddr . ether saddr != @owners${number} counter drop`,
    `${frames} ${watched} ${ip} daddr . th dport @guests${number} ${pick("daddr")}`,
    `${frames} ${watched} ${ip} saddr . th sport @guests${number} ${pick("saddr")}`,
    `${frames} ${ip} daddr @addresses${number} ${fragment} ${pick("daddr")}`,
    `${frames} ${ip} saddr @addresses${number} ${fragment} ${pick("saddr")}`,
  ];
}

function writeOutput(family: Family, description: SteeringDescription): string[] {
  const { number, ip } = family;
  const frames = etherType(family);
  return [
    ...workersOf(description).map(
      (worker) =>
        `${frames} ${ip} daddr @beacons${number} udp dport ${HEARTBEAT_PORT} udp sport @up${number}_${worker} update @alive_${worker} { ether type timeout ${HEARTBEAT_TIMEOUT_MS}ms } drop`,
    ),
    `${frames} ${ip} daddr @beacons${number} drop`,
    // What the proxy sends in a guest's name leaves with that guest's own MAC.
    `${frames} meta l4proto { tcp, udp } ${ip} saddr . th sport @guests${number} ether saddr set ${ip} saddr map @macs${number} counter`,
  ];
}
