/**
 * What is to be steered, as plain data, and what follows from it: the socket pair of each (endpoint, worker), the private
 * addresses, the heartbeats.
 *
 * Rule: the rules in the kernel and the sockets of the workers are both made from this description, so they agree.
 */
import { isIPv6 } from "@sipprot/shared/address";
import { SipprotError } from "@sipprot/shared/errors";

/** Where the PBX with a protected address runs, seen from this host. */
export type Place =
  /** On this host: the address is one of its own. */
  | { readonly kind: "host" }
  /** A guest or a machine behind this host, reached by routing through `interface`. */
  | { readonly kind: "routed-guest"; readonly interface: string }
  /** A guest behind a bridge of this host. */
  | {
      readonly kind: "bridged-guest";
      readonly bridge: string;
      readonly bridgeMac: string;
      readonly guestMac: string;
    };

export type Protocol = "udp" | "tcp";

/** One protected address: canonical text, the SIP ports there, and where its PBX runs. */
export interface ProtectedPlace {
  readonly address: string;
  readonly ports: readonly number[];
  readonly place: Place;
}

export interface SteeringDescription {
  readonly endpoints: readonly ProtectedPlace[];
  readonly protocols: readonly Protocol[];
  /** How many workers share the load; the source address picks one. */
  readonly workers: number;
  /** True: a silent worker's share flows straight to the PBX. False: it is dropped. */
  readonly failOpen: boolean;
  /** Fixed for a host, so that requests and answers of a source always meet the same worker. */
  readonly hashSeed: number;
  /** Which half of the ports the sockets take, so that workers can be opened beside others; 0 by default. */
  readonly generation?: 0 | 1;
}

/** What goes over when workers give way to others without a pause. */
export interface Handover {
  /** The workers that give way: they still send what they have, and get nothing more. Undefined once they have ended. */
  readonly leaving: SteeringDescription | undefined;
  /** Connections the PBX opened, as elements of the sets of outgoing connections. */
  readonly outgoing: readonly string[];
}

/** In which situation the steering is written, beside what it steers. */
export interface SteeringMoment {
  readonly handover?: Handover | undefined;
  /** How far up its hooks stand; see steering-steps.ts. */
  readonly step?: number;
  /** Nothing comes to the workers any more; what they still send leaves under the right names. */
  readonly isDraining?: boolean;
}

/** One protected address and port. `index` numbers them through. */
export interface Endpoint {
  readonly index: number;
  /** `203.0.113.10:5060` or `[2001:db8::10]:5060`. */
  readonly name: string;
  readonly address: string;
  readonly port: number;
  readonly place: Place;
  /** Its sockets, one pair a worker, in order of the workers. */
  readonly pairs: readonly SocketPair[];
}

/** The two sockets a worker opens for an endpoint: `down` towards clients, `up` towards the PBX. */
export interface SocketPair {
  /** Name of the endpoint. */
  readonly endpoint: string;
  readonly worker: number;
  readonly bindAddress: string;
  readonly downPort: number;
  readonly upPort: number;
  readonly protocols: readonly Protocol[];
}

/** A datagram a worker sends each HEARTBEAT_EVERY_MS; its content does not matter, one byte is enough. */
export interface Heartbeat {
  readonly fromAddress: string;
  readonly fromPort: number;
  readonly toAddress: string;
  readonly toPort: number;
}

/** Above the ports Linux gives out by itself (32768–60999) and above the media ports of common PBXs (10000–40000). */
export const FIRST_SOCKET_PORT = 61_000;
/** What fits up to port 65,535: endpoints times workers. */
export const MAX_SOCKET_PAIRS = 2250;
/** Of which there is room for two, one beside the other. */
export const MAX_SOCKET_PAIRS_BESIDE = MAX_SOCKET_PAIRS / 2;
export const MAX_WORKERS = 64;

export const HEARTBEAT_EVERY_MS = 500;
/** A worker silent for this long loses its share: three beats may go missing. */
export const HEARTBEAT_TIMEOUT_MS = 2000;
/** The discard port (RFC 863): nothing of ours ever listens there. */
export const HEARTBEAT_PORT = 9;

/**
 * Where the sockets for guests are bound: carrier-grade NAT space (RFC 6598) and a unique local prefix (RFC 4193), on lo
 * only, on no wire. Sockets for a PBX on this host are bound to the PBX's own address: rewriting an IPv6 address after
 * connection tracking has checked a datagram makes the kernel throw it away (see docs/decisions/20-one-generator-two-places.md).
 */
export const PRIVATE_ADDRESS = { 4: "100.64.253.1", 6: "fd00:5060::1" } as const;
const BRIDGE_BEACON_PREFIX = { 4: "100.64.253.", 6: "fd00:5060::" } as const;
const FIRST_BEACON_NUMBER = 100;
const MAX_BRIDGES = 50;

/** The address without a machine behind it that a heartbeat for a bridge goes to. */
export function bridgeBeacon(bridgeIndex: number, family: 4 | 6): string {
  return `${BRIDGE_BEACON_PREFIX[family]}${FIRST_BEACON_NUMBER + bridgeIndex}`;
}

/**
 * All endpoints of a description in a fixed order, with their ports.
 *
 * Throws `bad-setting` for what no rule set can be made of: too many endpoints or workers, ports out of range, an address twice.
 */
export function listEndpoints(description: SteeringDescription): Endpoint[] {
  check(description);
  const { workers, protocols, generation = 0 } = description;
  const firstPort = FIRST_SOCKET_PORT + 2 * generation * MAX_SOCKET_PAIRS_BESIDE;
  const endpoints: Endpoint[] = [];
  for (const { address, ports, place } of description.endpoints) {
    for (const port of ports) {
      const index = endpoints.length;
      const name = endpointName(address, port);
      const bindAddress = place.kind === "host" ? address : PRIVATE_ADDRESS[familyOf(address)];
      const pairs = Array.from({ length: workers }, (_, worker) => {
        const downPort = firstPort + 2 * (index * workers + worker);
        return { endpoint: name, worker, bindAddress, downPort, upPort: downPort + 1, protocols };
      });
      endpoints.push({ index, name, address, port, place, pairs });
    }
  }
  return endpoints;
}

/** The sockets of every (endpoint, worker). Errors as `listEndpoints`. */
export function listSocketPairs(description: SteeringDescription): SocketPair[] {
  return listEndpoints(description).flatMap((endpoint) => endpoint.pairs);
}

/**
 * The datagrams a worker sends each HEARTBEAT_EVERY_MS to keep its share: one a family, and one a family and bridge.
 * They leave from the UDP *up* socket with that address and port; where UDP is not watched, a UDP socket bound there does.
 */
export function listHeartbeats(description: SteeringDescription, worker: number): Heartbeat[] {
  const endpoints = listEndpoints(description);
  const beat = (endpoint: Endpoint | undefined, toAddress?: string): Heartbeat[] => {
    const pair = endpoint?.pairs[worker];
    if (pair === undefined) return [];
    const { bindAddress, upPort } = pair;
    return [
      {
        fromAddress: bindAddress,
        fromPort: upPort,
        toAddress: toAddress ?? bindAddress,
        toPort: HEARTBEAT_PORT,
      },
    ];
  };
  return ([4, 6] as const).flatMap((family) => {
    const own = endpoints.filter(({ address }) => familyOf(address) === family);
    const bridged = listBridges(description).flatMap(({ name }, index) =>
      beat(
        own.find(({ place }) => place.kind === "bridged-guest" && place.bridge === name),
        bridgeBeacon(index, family),
      ),
    );
    return [...beat(own[0]), ...bridged];
  });
}

/** The bridges of a description, each once, in order of appearance. */
export function listBridges({
  endpoints,
}: Pick<SteeringDescription, "endpoints">): { readonly name: string; readonly mac: string }[] {
  const byName = new Map<string, string>();
  for (const { place } of endpoints) {
    if (place.kind === "bridged-guest") byName.set(place.bridge, place.bridgeMac);
  }
  return [...byName].map(([name, mac]) => ({ name, mac }));
}

/** 4 or 6, of a canonical address. */
export function familyOf(address: string): 4 | 6 {
  return isIPv6(address) ? 6 : 4;
}

/** The one spelling of an endpoint: `203.0.113.10:5060`, `[2001:db8::10]:5060`. */
export function endpointName(address: string, port: number): string {
  return isIPv6(address) ? `[${address}]:${port}` : `${address}:${port}`;
}

const macAddress = /^[0-9a-f]{2}(:[0-9a-f]{2}){5}$/i;
/** What Linux allows and nft can be given in quotes. */
const interfaceName = /^[A-Za-z0-9_.@-]{1,15}$/;

function check({ endpoints, workers, protocols, hashSeed, generation = 0 }: SteeringDescription): void {
  if (!Number.isInteger(workers) || workers < 1 || workers > MAX_WORKERS)
    throw bad("workers", workers, `a whole number from 1 to ${MAX_WORKERS}`);
  if (!Number.isInteger(hashSeed) || hashSeed < 0 || hashSeed > 0xffff_ffff)
    throw bad("hashSeed", hashSeed, "a whole number of 32 bits");
  if (protocols.length === 0) throw bad("protocols", "none", "udp, tcp or both");
  const seen = new Set<string>();
  for (const { address, ports, place } of endpoints) {
    for (const port of ports) {
      const name = endpointName(address, port);
      if (!Number.isInteger(port) || port < 1 || port >= FIRST_SOCKET_PORT)
        throw bad("port", port, `a whole number from 1 to ${FIRST_SOCKET_PORT - 1}`);
      if (seen.has(name)) throw bad("endpoints", name, "each address and port once");
      seen.add(name);
    }
    if (place.kind === "routed-guest" && !interfaceName.test(place.interface))
      throw bad("interface", place.interface, "the name of a network interface");
    if (place.kind === "bridged-guest") {
      if (!interfaceName.test(place.bridge)) throw bad("bridge", place.bridge, "the name of a bridge");
      for (const mac of [place.bridgeMac, place.guestMac])
        if (!macAddress.test(mac)) throw bad("mac", mac, "a MAC address such as 02:00:00:00:00:01");
    }
  }
  if (seen.size === 0) throw bad("endpoints", "none", "at least one address with a port");
  const room = generation === 0 ? MAX_SOCKET_PAIRS : MAX_SOCKET_PAIRS_BESIDE;
  if (seen.size * workers > room)
    throw bad("endpoints", `${seen.size} for ${workers} workers`, `at most ${room} endpoints times workers`);
  if (listBridges({ endpoints }).length > MAX_BRIDGES)
    throw bad("bridges", endpoints.length, `guests on at most ${MAX_BRIDGES} bridges`);
}

function bad(field: string, value: unknown, expected: string): SipprotError {
  return new SipprotError("bad-setting", `steering cannot be set up: ${field} is ${String(value)}`, {
    field,
    value: String(value),
    expected,
  });
}
