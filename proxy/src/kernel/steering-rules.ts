/**
 * The steering table as text for nft: any endpoints, guests and workers, IPv4 and IPv6, UDP and TCP, from one description.
 *
 * How the swap works, for a client X:p, the PBX A:s, and a worker's sockets B:DOWN and B:UP (B is A itself for a PBX on
 * this host, the private address for a guest):
 *   X:p → A:s      becomes  X:p → B:DOWN   the proxy reads it
 *   B:UP → X:p     becomes  X:p → A:s      the PBX reads it and sees the phone itself
 *   A:s → X:p      becomes  X:p → B:UP     the proxy reads the answer
 *   B:DOWN → X:p   becomes  A:s → X:p      the phone reads it
 * Rule: pure; every value comes from a checked description, so nothing needs quoting.
 */
import {
  type Endpoint,
  familyOf,
  type Handover,
  HEARTBEAT_PORT,
  HEARTBEAT_TIMEOUT_MS,
  listEndpoints,
  PRIVATE_ADDRESS,
  type SteeringDescription,
  type SteeringMoment,
} from "./steering-description.ts";
import {
  aliveAtFirst,
  type Family,
  families,
  isGuest,
  listLeaving,
  ofFamily,
  workersOf,
  writeSets,
} from "./steering-sets.ts";

export const STEERING_TABLE = "sipprot_steer";

/** Before connection tracking (-200), and the last in; between `raw` and `last` there is room for the steps. */
const priorities = { shut: -301, raw: -300, last: -210, handover: 300 };

/** An idle connection of a PBX to a trunk is remembered this long. */
export const OUTGOING_CONNECTION_TIMEOUT = "1d";

/**
 * The text of the table `inet sipprot_steer`; with a handover the workers are taken for alive at once. A table that takes the
 * place of another needs a greater `step` than that one (see steering-steps.ts). Errors as `listEndpoints`.
 */
export function writeSteeringTable(description: SteeringDescription, moment: SteeringMoment = {}): string {
  const { handover } = moment;
  const endpoints = listEndpoints(description);
  const used = families.filter((family) => ofFamily(endpoints, family).length > 0);
  const lines = [
    `table inet ${STEERING_TABLE} {`,
    // Owned by the netlink session that made it: it dies with it. Closed, it must outlive it.
    ...(description.failOpen ? ["flags owner"] : []),
    ...workersOf(description).map(
      (worker) =>
        `set alive_${worker} { type nf_proto; flags timeout, dynamic; size 4; ${aliveAtFirst(
          used.map(({ number }) => `ipv${number}`),
          handover,
        )} }`,
    ),
    // Never matches; its presence switches defragmentation on (priority -400), without connection tracking.
    ...chain(
      "defrag",
      "type filter hook prerouting priority mangle; policy accept;",
      "meta mark 0x5ec0de01 meta l4proto udp tproxy to :1",
    ),
    ...used.flatMap((family) => writeSets(family, ofFamily(endpoints, family), description, handover)),
    ...endpoints.flatMap((endpoint) => writeLegsToPbx(endpoint, description)),
    ...used.flatMap((family) => [
      ...writeWayIn(family, ofFamily(endpoints, family), description),
      ...writeAnswers(family, ofFamily(endpoints, family), description),
      ...writeOwnSending(family, ofFamily(endpoints, family), description, handover),
    ]),
    ...writeHooks(used, endpoints, description, moment),
    "}",
  ];
  return `${lines.join("\n")}\n`;
}

const chain = (name: string, ...rules: readonly string[]) => [`chain ${name} {`, ...rules, "}"];

/** What becomes of a silent worker's share. */
const ifSilent = (worker: number, { failOpen }: SteeringDescription) =>
  `meta nfproto != @alive_${worker} ${failOpen ? "accept" : "counter drop"}`;

function pickWorker(hash: string, chainName: string, description: SteeringDescription): string {
  if (description.workers === 1) return `goto ${chainName}_0`;
  const targets = workersOf(description).map((worker) => `${worker} : goto ${chainName}_${worker}`);
  // nft 1.0.6 takes only literal numbers here.
  return `jhash ${hash} mod ${description.workers} seed 0x${description.hashSeed.toString(16)} vmap { ${targets.join(", ")} }`;
}

/** Both legs towards the PBX of one endpoint: constants, since nft cannot read a port after it has overwritten it. */
function writeLegsToPbx({ index, address, port, pairs }: Endpoint, { protocols }: SteeringDescription): string[] {
  const ip = familyOf(address) === 4 ? "ip" : "ip6";
  const swap = (newAddress: string, newPort: number) =>
    protocols.map(
      (protocol) =>
        `${protocol} sport set ${protocol} dport ${protocol} dport set ${newPort} ${ip} saddr set ${ip} daddr ${ip} daddr set ${newAddress} counter accept`,
    );
  return [
    ...pairs.flatMap(({ worker, upPort, bindAddress }) =>
      chain(`answer_${index}_${worker}`, ...swap(bindAddress, upPort)),
    ),
    // What is not watched must not leave in our name either.
    ...chain(`swap_${index}`, "notrack", ...swap(address, port), "counter drop"),
  ];
}

/** X:p → A:s becomes X:p → B:DOWN. */
function writeWayIn(family: Family, endpoints: readonly Endpoint[], description: SteeringDescription): string[] {
  const { number, ip, impossibleSources, hashIn } = family;
  const toPbxConnection = `meta l4proto tcp ${ip} daddr . th dport . ${ip} saddr . th sport @outgoing${number} accept`;
  const handOver = (worker: number, alsoSet: string) =>
    description.protocols.map(
      (protocol) =>
        `${protocol} dport set ${ip} daddr . ${protocol} dport map @down${number}_${worker} ${alsoSet} counter accept`,
    );
  const toPrivate = `${ip} daddr set ${PRIVATE_ADDRESS[number]}`;
  const workers = workersOf(description);
  return [
    ...chain(
      `guard${number}`,
      // Node cannot send to port 0; our own address as a source would loop; the others have no way back.
      "th sport 0 counter drop",
      `${ip} saddr { ${impossibleSources} } counter drop`,
      "fib saddr type != unicast counter drop",
    ),
    ...workers.flatMap((worker) =>
      chain(`in${number}_${worker}`, ifSilent(worker, description), ...handOver(worker, "")),
    ),
    ...chain(`in${number}`, toPbxConnection, pickWorker(hashIn, `in${number}`, description)),
    ...(endpoints.some(isGuest)
      ? [
          ...workers.flatMap((worker) =>
            chain(
              `guest_in${number}_${worker}`,
              ifSilent(worker, description),
              "notrack",
              ...handOver(worker, toPrivate),
            ),
          ),
          ...chain(
            `guest_in${number}`,
            `jump guard${number}`,
            toPbxConnection,
            pickWorker(hashIn, `guest_in${number}`, description),
          ),
        ]
      : []),
  ];
}

/** A:s → X:p becomes X:p → B:UP. */
function writeAnswers(family: Family, endpoints: readonly Endpoint[], description: SteeringDescription): string[] {
  const { number, ip, hashOut } = family;
  const connection = `${ip} saddr . th sport . ${ip} daddr . th dport`;
  const remember = `update @outgoing${number} { ${connection} timeout ${OUTGOING_CONNECTION_TIMEOUT} } accept`;
  const legs = (worker: number) =>
    endpoints.map(({ address, port, index }) => `${address} . ${port} : goto answer_${index}_${worker}`);
  return [
    ...workersOf(description).flatMap((worker) =>
      chain(
        `answer${number}_${worker}`,
        ifSilent(worker, description),
        "notrack",
        `${ip} saddr . th sport vmap { ${legs(worker).join(", ")} }`,
      ),
    ),
    ...chain(
      `answer${number}`,
      `tcp flags & (syn | ack) == syn ${remember}`,
      `meta l4proto tcp ${connection} @outgoing${number} ${remember}`,
      pickWorker(hashOut, `answer${number}`, description),
    ),
    ...(endpoints.some(isGuest)
      ? chain(
          `guest_out${number}`,
          // What a guest says to this host itself is no business of ours.
          "fib daddr type local accept",
          // A guest's address as source may come only from where that guest is.
          "fib saddr . iif oif missing counter drop",
          "th dport 0 counter drop",
          `goto answer${number}`,
        )
      : []),
  ];
}

/** What the workers send: heartbeats, B:UP → X:p, B:DOWN → X:p. */
function writeOwnSending(
  family: Family,
  endpoints: readonly Endpoint[],
  description: SteeringDescription,
  handover: Handover | undefined,
): string[] {
  const { number, ip } = family;
  const leaving = listLeaving(endpoints, handover);
  const own = endpoints.flatMap((endpoint) => endpoint.pairs.map((pair) => ({ endpoint, pair })));
  const swaps = [...own, ...leaving].map(({ endpoint, pair }) => `${pair.upPort} : goto swap_${endpoint.index}`);
  const leavingUps = leaving.map(({ pair }) => `${pair.bindAddress} . ${pair.upPort}`).join(", ");
  return chain(
    `ours${number}`,
    ...workersOf(description).map(
      (worker) =>
        `${ip} saddr . udp sport @up${number}_${worker} udp dport ${HEARTBEAT_PORT} fib daddr type local update @alive_${worker} { meta nfproto timeout ${HEARTBEAT_TIMEOUT_MS}ms } drop`,
    ),
    // The beats of those who give way are for nobody any more.
    ...(leavingUps === ""
      ? []
      : [`${ip} saddr . udp sport { ${leavingUps} } udp dport ${HEARTBEAT_PORT} fib daddr type local drop`]),
    `${ip} daddr @beacons${number} udp dport ${HEARTBEAT_PORT} accept`,
    `th sport vmap { ${swaps.join(", ")} }`,
    // A guest's client was not tracked on its way in; the host's own was.
    `${ip} saddr @private${number} notrack`,
    ...description.protocols.map(
      (protocol) =>
        `${ip} saddr set ${protocol} sport map @down_address${number} ${protocol} sport set ${protocol} sport map @down_port${number} counter accept`,
    ),
  );
}

/**
 * The base chains. What rewrites moves up by a step with each table, so that a packet under way while one table takes the place of
 * another meets both and not neither; what drops stands before and after that, where nothing is half rewritten.
 */
function writeHooks(
  used: readonly Family[],
  endpoints: readonly Endpoint[],
  description: SteeringDescription,
  { step = 0, isDraining = false }: SteeringMoment,
): string[] {
  const watched = `meta l4proto { ${description.protocols.join(", ")} }`;
  const each = (write: (family: Family) => string[]) => used.flatMap(write);
  const eachWith = (isWanted: (endpoint: Endpoint) => boolean, write: (family: Family) => string[]) =>
    used.filter((family) => ofFamily(endpoints, family).some(isWanted)).flatMap(write);
  const isHost = (endpoint: Endpoint) => !isDraining && !isGuest(endpoint);
  const isSteeredGuest = (endpoint: Endpoint) => !isDraining && isGuest(endpoint);
  const raw = priorities.raw + step;
  return [
    ...chain(
      "shut",
      `type filter hook prerouting priority ${priorities.shut}; policy accept;`,
      "iif lo accept",
      // The workers' sockets are for nobody outside; the private address is on no wire.
      ...each(({ ip, number }) => [
        `${watched} ${ip} daddr . th dport @sockets${number} counter drop`,
        `${ip} daddr @private${number} counter drop`,
        `${ip} saddr @private${number} counter drop`,
      ]),
    ),
    ...chain(
      "pre",
      `type filter hook prerouting priority ${raw}; policy accept;`,
      // The legs on lo belong to no connection the operator's rules know.
      ...each(({ ip, number }) => [
        `iif lo ${watched} ${ip} daddr . th dport @host${number} notrack`,
        `iif lo ${watched} ${ip} daddr . th dport @sockets${number} notrack`,
      ]),
      "iif lo accept",
      ...each(({ ip, number }) => [`${watched} ${ip} daddr . th dport @host${number} jump guard${number}`]),
      ...eachWith(isSteeredGuest, ({ ip, number }) => [
        `${watched} ${ip} daddr . th dport @guest${number} goto guest_in${number}`,
        `${watched} ${ip} saddr . th sport @guest${number} goto guest_out${number}`,
      ]),
    ),
    // After the operator's own filter (priority 0): his rules and connection tracking still see the SIP port.
    ...chain(
      "handover",
      `type filter hook input priority ${priorities.handover + step}; policy accept;`,
      "iif lo accept",
      ...eachWith(isHost, ({ ip, number }) => [`${watched} ${ip} daddr . th dport @host${number} goto in${number}`]),
    ),
    ...chain(
      "shut_out",
      `type filter hook output priority ${priorities.shut}; policy accept;`,
      ...each(({ ip, number }) => [
        // Programs of this host have no business with the workers' sockets either.
        `${watched} ${ip} daddr . th dport @sockets${number} counter drop`,
        `meta l4proto { tcp, udp } ${ip} saddr . th sport @sockets${number} accept`,
        `${ip} daddr @private${number} counter drop`,
        `${ip} saddr @private${number} counter drop`,
      ]),
    ),
    ...chain(
      "out",
      `type route hook output priority ${raw}; policy accept;`,
      // UDP in any case: the heartbeats are.
      ...each(({ ip, number }) => [
        `meta l4proto { tcp, udp } ${ip} saddr . th sport @sockets${number} goto ours${number}`,
      ]),
      "oif lo accept",
      ...eachWith(isHost, ({ ip, number }) => [
        `${watched} ${ip} saddr . th sport @host${number} goto answer${number}`,
      ]),
    ),
    // What was not rewritten must not leave in our name.
    ...chain(
      "last",
      `type filter hook output priority ${priorities.last}; policy accept;`,
      ...each(({ ip, number }) => [
        `${ip} daddr @beacons${number} udp dport ${HEARTBEAT_PORT} accept`,
        `meta l4proto { tcp, udp } ${ip} saddr . th sport @sockets${number} counter drop`,
      ]),
    ),
  ];
}
