/** The sets and maps of the steering table, one family at a time. Pure: text for nft. */
import {
  bridgeBeacon,
  type Endpoint,
  familyOf,
  type Handover,
  HEARTBEAT_TIMEOUT_MS,
  listBridges,
  listEndpoints,
  PRIVATE_ADDRESS,
  type SocketPair,
  type SteeringDescription,
} from "./steering-description.ts";

/** Connections a PBX opened from its SIP port; a PBX with more trunks than that over TCP is not known. */
const MAX_OUTGOING_CONNECTIONS = 65_536;

/** All that differs between the two families. */
export interface Family {
  readonly number: 4 | 6;
  readonly ip: "ip" | "ip6";
  readonly type: "ipv4_addr" | "ipv6_addr";
  /** What picks the worker: the source of what comes in, the receiver of what goes out (IPv6: the /64). */
  readonly hashIn: string;
  readonly hashOut: string;
  /** Sources no phone can have. */
  readonly impossibleSources: string;
}

export const families: readonly Family[] = [
  {
    number: 4,
    ip: "ip",
    type: "ipv4_addr",
    hashIn: "ip saddr",
    hashOut: "ip daddr",
    impossibleSources: "0.0.0.0/8, 127.0.0.0/8, 224.0.0.0/3",
  },
  {
    number: 6,
    ip: "ip6",
    type: "ipv6_addr",
    hashIn: "@nh,64,64",
    hashOut: "@nh,192,64",
    impossibleSources: "::/127, ::ffff:0:0/96, fe80::/10, ff00::/8",
  },
];

/** The endpoints of one family. */
export function ofFamily(endpoints: readonly Endpoint[], { number }: Family): Endpoint[] {
  return endpoints.filter(({ address }) => familyOf(address) === number);
}

/** True when the PBX is not on this host itself. */
export function isGuest({ place }: Endpoint): boolean {
  return place.kind !== "host";
}

/** The workers' numbers, from 0. */
export function workersOf({ workers }: SteeringDescription): number[] {
  return Array.from({ length: workers }, (_, worker) => worker);
}

/** A pair of sockets with the endpoint it stands for now. */
export interface PairOf {
  readonly endpoint: Endpoint;
  readonly pair: SocketPair;
}

/** The sockets that give way, of endpoints that are still protected. */
export function listLeaving(endpoints: readonly Endpoint[], handover: Handover | undefined): PairOf[] {
  if (handover?.leaving === undefined) return [];
  const before = new Map(listEndpoints(handover.leaving).map((endpoint) => [endpoint.name, endpoint]));
  return endpoints.flatMap((endpoint) =>
    (before.get(endpoint.name)?.pairs ?? []).map((pair): PairOf => ({ endpoint, pair })),
  );
}

/** What a set of living workers begins with: nobody, or all of those who take over, until their next heartbeat. */
export function aliveAtFirst(names: readonly string[], handover: Handover | undefined): string {
  if (handover === undefined) return "";
  return elements(names.map((name) => `${name} timeout ${HEARTBEAT_TIMEOUT_MS}ms`));
}

/** The sets and maps of a family; `endpoints` are those of that family only. */
export function writeSets(
  { number, type }: Family,
  endpoints: readonly Endpoint[],
  description: SteeringDescription,
  handover: Handover | undefined,
): string[] {
  const guests = endpoints.filter(isGuest);
  const pairs = endpoints.flatMap((endpoint) => endpoint.pairs.map((pair) => ({ ...pair, endpoint })));
  const socket = `${type} . inet_service`;
  const set = (name: string, of: string, list: readonly string[]) => `set ${name} { type ${of}; ${elements(list)} }`;
  const map = (name: string, of: string, list: readonly string[]) => `map ${name} { type ${of}; ${elements(list)} }`;
  const protectedSockets = (some: readonly Endpoint[]) => some.map(({ address, port }) => `${address} . ${port}`);
  const leaving = listLeaving(endpoints, handover).map(({ endpoint, pair }) => ({ ...pair, endpoint }));
  const sending = [...pairs, ...leaving];
  const downs = sending.map(({ bindAddress, downPort }) => `${bindAddress} . ${downPort}`);
  const ups = sending.map(({ bindAddress, upPort }) => `${bindAddress} . ${upPort}`);
  return [
    set(`host${number}`, socket, protectedSockets(endpoints.filter((endpoint) => !isGuest(endpoint)))),
    set(`guest${number}`, socket, protectedSockets(guests)),
    set(`private${number}`, type, guests.length === 0 ? [] : [PRIVATE_ADDRESS[number]]),
    set(
      `beacons${number}`,
      type,
      listBridges(description).map((_, index) => bridgeBeacon(index, number)),
    ),
    set(`sockets${number}`, socket, [...downs, ...ups]),
    map(
      `down_address${number}`,
      `inet_service : ${type}`,
      sending.map(({ endpoint, downPort }) => `${downPort} : ${endpoint.address}`),
    ),
    map(
      `down_port${number}`,
      "inet_service : inet_service",
      sending.map(({ endpoint, downPort }) => `${downPort} : ${endpoint.port}`),
    ),
    ...workersOf(description).flatMap((worker) => {
      const own = pairs.filter((pair) => pair.worker === worker);
      return [
        set(
          `up${number}_${worker}`,
          socket,
          own.map(({ bindAddress, upPort }) => `${bindAddress} . ${upPort}`),
        ),
        map(
          `down${number}_${worker}`,
          `${socket} : inet_service`,
          own.map(({ endpoint, downPort }) => `${endpoint.address} . ${endpoint.port} : ${downPort}`),
        ),
      ];
    }),
    // TCP connections a PBX opens itself from its SIP port: (PBX, its port, peer, its port), left alone both ways.
    `set outgoing${number} { type ${socket} . ${socket}; flags timeout, dynamic; size ${MAX_OUTGOING_CONNECTIONS}; ${elements(
      (handover?.outgoing ?? []).filter((element) => element.includes(":") === (number === 6)),
    )} }`,
  ];
}

const elements = (list: readonly string[]) => (list.length === 0 ? "" : `elements = { ${list.join(", ")} };`);
