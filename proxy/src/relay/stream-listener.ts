/** Accepts the TCP connections of clients at one address, within the limits, and makes a pair of each. */
import { createServer, type Server, type Socket } from "node:net";
import { isIPv6 } from "@sipprot/shared/address";
import type { HostPort } from "@sipprot/shared/boot-settings";
import type { ConnectionCensus, Resident } from "./connection-census.ts";
import type { PairSetup } from "./pair-setup.ts";
import type { RelayPath } from "./relay-path.ts";
import { resetSocket } from "./socket-reset.ts";
import { StreamPair } from "./stream-pair.ts";

/** Finds dead peers behind vanished NAT mappings; a live phone answers without noticing. */
const PROBE_AFTER_MS = 120_000;
/** Connections the kernel may keep for us between two turns: an office coming back at once. */
const BACKLOG = 1_024;
/** Connections ended in one turn of the event loop: less than a millisecond, after which what came meanwhile has its turn. */
const ENDED_A_TURN = 16;

/** Listens and hands connections to pairs. Rejects with the system's error when the port is taken. */
export async function openStreamListener(
  local: HostPort,
  endpoint: string,
  setup: PairSetup,
  began: (pair: StreamPair) => void = () => {},
): Promise<RelayPath & { readonly local: HostPort }> {
  const { census, tally, datagramsBetween } = setup;
  const server = createServer(
    {
      allowHalfOpen: true,
      pauseOnConnect: true,
      noDelay: true,
      keepAlive: true,
      keepAliveInitialDelay: PROBE_AFTER_MS,
    },
    (client) => {
      datagramsBetween();
      const peer = peerOf(client, endpoint);
      if (peer === undefined) {
        tally.sums.guarded += 1;
        client.on("error", () => {});
        resetSocket(client);
        return;
      }
      const pair = new StreamPair(client, peer, setup);
      if (!census.admit(pair)) {
        client.on("error", () => {});
        pair.shed();
        return;
      }
      tally.sums.connectionsOpened += 1;
      began(pair);
      pair.begin();
    },
  );
  const bound = await listen(server, local);
  // Out of descriptors: the connection is lost, the listener stays.
  server.on("error", () => {
    tally.sums.connectionsShed += 1;
  });
  return {
    local: bound,
    datagramPorts: [],
    connections: () => census.size,
    sweep: sweeperOf(census),
    release: () => {
      server.close();
      census.shedAll();
    },
    close: () =>
      new Promise((resolve) => {
        // An error says that it is closed already.
        server.close(() => resolve());
        census.shedAll();
      }),
  };
}

/** Ends what is overdue a few at a time; a call while the one before is still at it does nothing. */
function sweeperOf(census: ConnectionCensus): (nowMs: number) => void {
  let overdue: Generator<Resident, void> | undefined;
  const goOn = () => {
    for (let ended = 0; ended < ENDED_A_TURN; ended += 1) {
      const next = overdue?.next();
      if (next?.done !== false) {
        overdue = undefined;
        return;
      }
      next.value.shed();
    }
    setImmediate(goOn);
  };
  return (nowMs) => {
    if (overdue !== undefined) return;
    overdue = census.overdue(nowMs);
    goOn();
  };
}

function listen(server: Server, local: HostPort): Promise<HostPort> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    const ipv6Only = isIPv6(local.address);
    server.listen({ host: local.address, port: local.port, ipv6Only, backlog: BACKLOG, exclusive: true }, () => {
      server.off("error", reject);
      const bound = server.address();
      resolve(typeof bound === "object" && bound !== null ? { address: bound.address, port: bound.port } : local);
    });
  });
}

/** Undefined for a peer that is gone already or that nobody could be sent to. */
function peerOf(client: Socket, endpoint: string): StreamPair["peer"] | undefined {
  const { remoteAddress: address, remotePort: port } = client;
  if (address === undefined || port === undefined || port === 0) return undefined;
  if (isIPv6(address) && /[%.]/.test(address)) return undefined;
  return { address, port, transport: "tcp", endpoint };
}
