/**
 * A PBX that answers every message with what it saw: `{ from, local, md5, bytes }` and the bytes again. Runs inside a namespace.
 * Arguments: ADDRESS PORT[,PORT…]. Over TCP a message is 4 bytes of length and the rest.
 */
import { createHash } from "node:crypto";
import dgram from "node:dgram";
import net from "node:net";

const [address = "", ports = ""] = process.argv.slice(2);
const answer = (bytes, host, port, localPort) =>
  Buffer.from(
    JSON.stringify({
      from: `${host}:${port}`,
      localPort,
      bytes: bytes.length,
      md5: createHash("md5").update(bytes).digest("hex"),
    }),
  );
const listening = ports
  .split(",")
  .map(Number)
  .map((port) => {
    const udp = dgram.createSocket(address.includes(":") ? "udp6" : "udp4");
    udp.on("message", (bytes, peer) => {
      // "call X PORT": the PBX speaks first to somebody else.
      const call = /^call (\S+) (\d+)$/.exec(bytes.toString("latin1", 0, 80));
      if (call !== null) udp.send("from the PBX", Number(call[2]), call[1]);
      udp.send(answer(bytes, peer.address, peer.port, port), peer.port, peer.address);
    });
    const tcp = net.createServer((socket) => {
      let kept = Buffer.alloc(0);
      socket.on("error", () => {});
      socket.on("data", (chunk) => {
        kept = Buffer.concat([kept, chunk]);
        while (kept.length >= 4 && kept.length >= 4 + kept.readUInt32BE(0)) {
          const length = kept.readUInt32BE(0);
          const body = answer(kept.subarray(4, 4 + length), socket.remoteAddress, socket.remotePort, port);
          const head = Buffer.alloc(4);
          head.writeUInt32BE(body.length);
          socket.write(Buffer.concat([head, body]));
          kept = kept.subarray(4 + length);
        }
      });
    });
    return Promise.all([
      new Promise((resolve) => udp.bind(port, address, () => resolve(undefined))),
      new Promise((resolve) => tcp.listen(port, address, () => resolve(undefined))),
    ]);
  });
await Promise.all(listening);
process.stdout.write("ready\n");
