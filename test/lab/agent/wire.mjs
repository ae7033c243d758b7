/** The wire of one phone: a UDP socket or a TCP connection that is opened anew when it broke. */
import { createSocket } from "node:dgram";
import { connect } from "node:net";

/**
 * @typedef {{ address: string, port: number }} Peer
 * @typedef {{
 *   transport: "udp" | "tcp",
 *   localPort: () => number,
 *   send: (bytes: Buffer) => void,
 *   counts: { sent: number, received: number, connects: number, resets: number },
 *   close: () => void,
 * }} Wire
 */

/**
 * @param {{ transport: "udp" | "tcp", address: string, port: number, server: Peer }} where
 * @param {(bytes: Buffer) => void} onMessage whole messages only; keepalives come as they are
 * @param {() => void} onBroken the connection was ended or reset by the other side
 * @returns {Promise<Wire>}
 */
export function openWire(where, onMessage, onBroken) {
  return where.transport === "udp" ? openUdp(where, onMessage, onBroken) : openTcp(where, onMessage, onBroken);
}

/** @type {typeof openWire} */
function openUdp({ address, port, server }, onMessage) {
  const socket = createSocket({ type: address.includes(":") ? "udp6" : "udp4", recvBufferSize: 1 << 20 });
  const counts = { sent: 0, received: 0, connects: 0, resets: 0 };
  socket.on("message", (bytes) => {
    counts.received += 1;
    onMessage(bytes);
  });
  return new Promise((resolve, reject) => {
    socket.once("error", reject);
    socket.bind(port, address, () => {
      socket.removeListener("error", reject);
      // A refused port (ICMP while the PBX restarts) is for the retransmission timers to mend.
      socket.on("error", () => {});
      resolve({
        transport: "udp",
        localPort: () => socket.address().port,
        send(bytes) {
          counts.sent += 1;
          socket.send(bytes, server.port, server.address, () => {});
        },
        counts,
        close: () => socket.close(),
      });
    });
  });
}

/** @type {typeof openWire} */
async function openTcp({ address, port, server }, onMessage, onBroken) {
  const counts = { sent: 0, received: 0, connects: 0, resets: 0 };
  /** @type {import("node:net").Socket | undefined} */
  let connection;
  let localPort = port;
  let isClosed = false;
  const open = () => {
    let pending = Buffer.alloc(0);
    const socket = connect({
      host: server.address,
      port: server.port,
      localAddress: address,
      ...(port > 0 ? { localPort: port } : {}),
    });
    counts.connects += 1;
    socket.setNoDelay(true);
    socket.on("connect", () => {
      localPort = socket.localPort ?? 0;
    });
    socket.on("data", (chunk) => {
      pending = Buffer.concat([pending, chunk]);
      for (let length = frameLength(pending); length > 0; length = frameLength(pending)) {
        counts.received += 1;
        const message = Buffer.from(pending.subarray(0, length));
        pending = pending.subarray(length);
        onMessage(message);
      }
    });
    socket.on("error", () => {
      counts.resets += 1;
    });
    socket.on("close", () => {
      if (connection === socket) connection = undefined;
      if (!isClosed) onBroken();
    });
    connection = socket;
    return socket;
  };
  await new Promise((resolve) => {
    const socket = open();
    socket.once("connect", resolve);
    socket.once("close", resolve);
  });
  return {
    transport: "tcp",
    localPort: () => localPort,
    send(bytes) {
      if (isClosed) return;
      counts.sent += 1;
      const socket = connection ?? open();
      socket.write(bytes);
    },
    counts,
    close() {
      isClosed = true;
      connection?.destroy();
    },
  };
}

/** Length of the first whole message or keepalive in the buffer, 0 when it is not whole yet. @param {Buffer} buffer */
function frameLength(buffer) {
  if (buffer.length >= 2 && buffer[0] === 13 && buffer[1] === 10) return 2;
  const headEnd = buffer.indexOf("\r\n\r\n");
  if (headEnd < 0) return 0;
  const declared = /\r\n(?:content-length|l)\s*:\s*(\d+)/i.exec(buffer.toString("latin1", 0, headEnd));
  const total = headEnd + 4 + Number(declared?.[1] ?? 0);
  return buffer.length >= total ? total : 0;
}
