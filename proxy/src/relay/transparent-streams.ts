/** Transparent TCP: accept beside the PBX's port, connect from the other port *to the client*; the kernel makes it the PBX. */
import { connect } from "node:net";
import type { TransparentEndpoint } from "../worker-messages.ts";
import { ConnectPacer } from "./connect-pacer.ts";
import { ConnectionCensus } from "./connection-census.ts";
import type { DatagramsBetween } from "./datagrams-between.ts";
import type { Gatekeeper } from "./gatekeeper.ts";
import { KeepaliveLimit } from "./keepalive-limit.ts";
import type { RelayPath } from "./relay-path.ts";
import { openStreamListener } from "./stream-listener.ts";
import type { Tally } from "./tally.ts";

/** Opens the listener of an endpoint. Rejects with the system's error when the port is taken. */
export function openTransparentStreams(
  endpoint: TransparentEndpoint,
  gatekeeper: Gatekeeper,
  tally: Tally,
  now: () => number,
  datagramsBetween: DatagramsBetween,
): Promise<RelayPath> {
  return openStreamListener({ address: endpoint.bindAddress, port: endpoint.downPort }, endpoint.endpoint, {
    gatekeeper,
    tally,
    now,
    datagramsBetween,
    lane: tally.lane(endpoint.endpoint, "tcp"),
    census: new ConnectionCensus(),
    keepalives: new KeepaliveLimit(tally),
    pacer: new ConnectPacer(),
    connectUp: (peer) =>
      connect({
        host: peer.address,
        port: peer.port,
        localAddress: endpoint.bindAddress,
        localPort: endpoint.upPort,
        allowHalfOpen: true,
        noDelay: true,
        keepAlive: true,
      }),
  });
}
