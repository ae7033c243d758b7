/**
 * Many TCP connections that say nothing (or one byte a second): how many could be opened, how many are still open.
 * Takes its orders as one JSON argument; prints one JSON line when all are open or refused, another each second.
 */
import { connect } from "node:net";

/** @type {{ addresses: string[], server: { address: string, port: number }, connections: number, text?: string }} */
const { addresses, server, connections, text = "" } = JSON.parse(process.argv[2] ?? "{}");

/** Connections opened at the same time: a listening socket's backlog is finite. */
const AT_ONCE = 200;
const counts = { opened: 0, refused: 0, closed: 0 };
/** @type {Set<import("node:net").Socket>} */
const alive = new Set();

/** @param {number} index */
function open(index) {
  return new Promise((resolve) => {
    const socket = connect({
      host: server.address,
      port: server.port,
      localAddress: addresses[index % addresses.length] ?? "",
    });
    let isOpen = false;
    socket.setTimeout(5000, () => {
      if (!isOpen) socket.destroy();
    });
    socket.on("connect", () => {
      isOpen = true;
      counts.opened += 1;
      alive.add(socket);
      resolve(undefined);
    });
    socket.on("error", () => {});
    socket.on("close", () => {
      if (isOpen) counts.closed += 1;
      else counts.refused += 1;
      alive.delete(socket);
      resolve(undefined);
    });
    socket.resume();
  });
}

for (let index = 0; index < connections; index += AT_ONCE) {
  await Promise.all(
    Array.from({ length: Math.min(AT_ONCE, connections - index) }, (_, offset) => open(index + offset)),
  );
}
const report = () => process.stdout.write(`${JSON.stringify({ ...counts, stillOpen: alive.size })}\n`);
report();
let at = 0;
setInterval(() => {
  const byte = text[at % (text.length || 1)];
  if (byte !== undefined) for (const socket of alive) socket.write(byte);
  at += 1;
  report();
}, 1000);
