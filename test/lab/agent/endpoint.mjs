/**
 * A plain end of the wire: binds UDP (and listens on TCP when asked), sends bytes as told, keeps the bytes that come.
 * It serves as the PBX that records, as the client beside it, and as the hostile peer. Commands as in main.mjs.
 */
import { createSocket } from "node:dgram";
import { connect, createServer } from "node:net";
import { createInterface } from "node:readline";

/** @type {{ address: string, port: number, listens: boolean }} */
const { address, port, listens } = JSON.parse(process.argv[2] ?? "{}");

/** @type {{ address: string, port: number, base64: string }[]} */
let datagrams = [];
let datagramCount = 0;
/** @type {Map<number, { socket: import("node:net").Socket, chunks: Buffer[], isOpen: boolean, address: string, port: number }>} */
const streams = new Map();
let lastStream = 0;
/** Datagrams kept whole; more are only counted. */
const MAX_KEPT = 5000;

const udp = createSocket({
  type: address.includes(":") ? "udp6" : "udp4",
  recvBufferSize: 1 << 22,
  sendBufferSize: 1 << 22,
});
udp.on("error", () => {});
udp.on("message", (bytes, from) => {
  datagramCount += 1;
  if (datagrams.length < MAX_KEPT)
    datagrams.push({ address: from.address, port: from.port, base64: bytes.toString("base64") });
});
await new Promise((resolve) => udp.bind(port, address, () => resolve(undefined)));

/** @param {import("node:net").Socket} socket */
function keep(socket) {
  lastStream += 1;
  const id = lastStream;
  const stream = {
    socket,
    chunks: /** @type {Buffer[]} */ ([]),
    isOpen: true,
    address: socket.remoteAddress ?? "",
    port: socket.remotePort ?? 0,
  };
  streams.set(id, stream);
  socket.on("data", (chunk) => stream.chunks.push(chunk));
  socket.on("error", () => {});
  socket.on("close", () => {
    stream.isOpen = false;
  });
  return id;
}

if (listens) {
  const server = createServer(keep);
  await new Promise((resolve) => server.listen(port, address, () => resolve(undefined)));
}

/** @type {Record<string, (with_: any) => unknown>} */
const commands = {
  /** @param {{ base64: string, address: string, port: number, times?: number }} with_ */
  async datagram({ base64, address: to, port: toPort, times = 1 }) {
    const bytes = Buffer.from(base64, "base64");
    let failed = 0;
    for (let index = 0; index < times; index += 1) {
      await new Promise((resolve) =>
        udp.send(bytes, toPort, to, (error) => {
          if (error) failed += 1;
          resolve(undefined);
        }),
      );
    }
    return { failed };
  },
  /** @param {{ address: string, port: number, from?: string }} with_ */
  connect({ address: to, port: toPort, from = address }) {
    return new Promise((resolve) => {
      const socket = connect({ host: to, port: toPort, localAddress: from });
      socket.on("connect", () => resolve({ stream: keep(socket), port: socket.localPort ?? 0 }));
      socket.on("error", (error) => resolve({ stream: 0, port: 0, error: String(error) }));
    });
  },
  /** @param {{ stream: number, base64: string }} with_ */
  write({ stream, base64 }) {
    return new Promise((resolve) => {
      const entry = streams.get(stream);
      if (entry === undefined || !entry.isOpen) resolve({ isWritten: false });
      else entry.socket.write(Buffer.from(base64, "base64"), (error) => resolve({ isWritten: !error }));
    });
  },
  /** @param {{ stream: number }} with_ */
  end({ stream }) {
    streams.get(stream)?.socket.end();
    return {};
  },
  dump: () => ({
    datagramCount,
    datagrams,
    streams: [...streams].map(([stream, entry]) => ({
      stream,
      address: entry.address,
      port: entry.port,
      isOpen: entry.isOpen,
      base64: Buffer.concat(entry.chunks).toString("base64"),
    })),
  }),
  forget() {
    datagrams = [];
    datagramCount = 0;
    for (const [id, entry] of streams) if (!entry.isOpen) streams.delete(id);
    return {};
  },
};

process.stdout.write(`${JSON.stringify({ id: 0, result: { port: udp.address().port } })}\n`);
for await (const text of createInterface({ input: process.stdin })) {
  const { id, do: command, with: with_ } = JSON.parse(text);
  Promise.resolve(commands[command]?.(with_ ?? {})).then((result) =>
    process.stdout.write(`${JSON.stringify({ id, result: result ?? {} })}\n`),
  );
}
process.exit(0);
