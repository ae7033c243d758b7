/** Waits inside a namespace for datagrams and prints where they came from. Argument: JSON { address, port, messages }. */
import dgram from "node:dgram";

const { address, port, messages } = JSON.parse(process.argv[2] ?? "{}");
const socket = dgram.createSocket(address.includes(":") ? "udp6" : "udp4");
let seen = 0;
const timer = setTimeout(() => socket.close(), 5000);
socket.on("message", (bytes, peer) => {
  process.stdout.write(
    `${JSON.stringify({ outcome: "heard", heard: bytes.toString("latin1"), peer: `${peer.address}:${peer.port}` })}\n`,
  );
  seen += 1;
  if (seen < messages) return;
  clearTimeout(timer);
  socket.close();
});
socket.bind(port, address);
