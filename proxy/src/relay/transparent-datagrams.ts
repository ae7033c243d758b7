/**
 * Transparent UDP: two sockets beside the PBX's port, the same bytes on either side, no state per client.
 *
 * What `up` sends to X the kernel delivers to the PBX as coming from X; what the PBX answers to X arrives on `up` as
 * coming from X; what `down` sends to X leaves as coming from the PBX's port.
 */
import type { TransparentEndpoint } from "../worker-messages.ts";
import type { DatagramIo, DatagramPort } from "./datagram-port.ts";
import type { Gatekeeper } from "./gatekeeper.ts";
import { startHeartbeat } from "./heartbeat.ts";
import { KeepaliveLimit } from "./keepalive-limit.ts";
import type { RelayPath } from "./relay-path.ts";
import type { Tally } from "./tally.ts";

/** Opens both sockets of an endpoint and begins to pass datagrams. Rejects with the system's error when a port is taken. */
export async function openTransparentDatagrams(
  io: DatagramIo,
  endpoint: TransparentEndpoint,
  gatekeeper: Gatekeeper,
  tally: Tally,
  now: () => number,
): Promise<RelayPath> {
  const lane = tally.lane(endpoint.endpoint, "udp");
  // One object for all datagrams: it is read during the call only.
  const peer = { address: "", port: 0, transport: "udp" as const, endpoint: endpoint.endpoint };
  const keepalives = new KeepaliveLimit(tally);
  let up: DatagramPort | undefined;

  const down = await io.open(
    { address: endpoint.bindAddress, port: endpoint.downPort },
    (bytes, address, port) => {
      const startMs = tally.isTimed() ? performance.now() : 0;
      if (gatekeeper.isKeepalive(bytes)) {
        if (keepalives.admits(address, now())) up?.send(bytes, port, address);
        return;
      }
      peer.address = address;
      peer.port = port;
      const { verdict, gate } = gatekeeper.judge(bytes, peer, now());
      lane.count("in", verdict, gate);
      if (verdict !== "pass") return;
      up?.send(bytes, port, address);
      if (startMs > 0) tally.addLatency((performance.now() - startMs) * 1000);
    },
    tally,
  );
  try {
    up = await io.open(
      { address: endpoint.bindAddress, port: endpoint.upPort },
      (bytes, address, port) => {
        if (gatekeeper.isKeepalive(bytes)) {
          tally.sums.keepalives += 1;
        } else {
          peer.address = address;
          peer.port = port;
          const atMs = now();
          lane.countOut(gatekeeper.see(bytes, peer, atMs), atMs);
        }
        down.send(bytes, port, address);
      },
      tally,
    );
  } catch (error) {
    await down.close();
    throw error;
  }

  const stopHeartbeat = startHeartbeat(up, endpoint);
  const ports = [down, up];
  return {
    datagramPorts: ports,
    connections: () => 0,
    sweep: () => {},
    release: () => {},
    close: async () => {
      stopHeartbeat();
      await Promise.all(ports.map((port) => port.close()));
    },
  };
}
