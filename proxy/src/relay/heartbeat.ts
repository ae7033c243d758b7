/** Feeds the kernel's dead man's switch: while datagrams leave `up`, this worker's event loop turns. */
import { HEARTBEAT_EVERY_MS, type TransparentEndpoint } from "../worker-messages.ts";
import type { DatagramIo, DatagramPort } from "./datagram-port.ts";
import type { RelayPath } from "./relay-path.ts";
import type { Tally } from "./tally.ts";

const heartbeat = Buffer.from([0]);

/** Beats from the port at once and then regularly; returns what stops it. */
export function startHeartbeat(from: DatagramPort, { heartbeatsTo }: TransparentEndpoint): () => void {
  if (heartbeatsTo.length === 0) return () => {};
  const beat = () => {
    for (const { address, port } of heartbeatsTo) from.beat(heartbeat, port, address);
  };
  beat();
  const timer = setInterval(beat, HEARTBEAT_EVERY_MS);
  return () => clearInterval(timer);
}

/** For an endpoint that is watched over TCP only: a UDP socket that does nothing but beat. */
export async function openHeartbeat(io: DatagramIo, endpoint: TransparentEndpoint, tally: Tally): Promise<RelayPath> {
  const local = { address: endpoint.bindAddress, port: endpoint.upPort };
  const port = await io.open(local, () => {}, tally);
  const stop = startHeartbeat(port, endpoint);
  return {
    datagramPorts: [],
    connections: () => 0,
    sweep: () => {},
    release: () => {},
    close: () => {
      stop();
      return port.close();
    },
  };
}
