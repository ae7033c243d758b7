/**
 * A client inside a namespace that runs many exchanges and prints one JSON line each.
 * Argument: JSON array of { protocol, source, sourcePort, target, targetPort, bytes, waitMs?, text?, repeatEveryMs?, repeats? }.
 */
import { createHash } from "node:crypto";
import dgram from "node:dgram";
import net from "node:net";

const exchanges = JSON.parse(process.argv[2] ?? "[]");
const md5 = (bytes) => createHash("md5").update(bytes).digest("hex");
const isIPv6 = (address) => address.includes(":");

function overUdp(exchange, payload) {
  return new Promise((resolve) => {
    const socket = dgram.createSocket(isIPv6(exchange.target) ? "udp6" : "udp4");
    const end = (result) => {
      clearTimeout(timer);
      socket.close(() => resolve(result));
    };
    const timer = setTimeout(() => end({ outcome: "silence" }), exchange.waitMs ?? 1000);
    socket.on("error", (error) => end({ outcome: error.message }));
    socket.on("message", (bytes, peer) =>
      end({ outcome: "answer", heard: bytes.toString("latin1"), peer: `${peer.address}:${peer.port}` }),
    );
    socket.bind(exchange.sourcePort, exchange.source, () => socket.send(payload, exchange.targetPort, exchange.target));
  });
}

function overTcp(exchange, payload) {
  return new Promise((resolve) => {
    const socket = net.connect({
      host: exchange.target,
      port: exchange.targetPort,
      localAddress: exchange.source,
      localPort: exchange.sourcePort,
    });
    const end = (result) => {
      clearTimeout(timer);
      // A reset leaves no TIME_WAIT behind, so that the same port may be used again.
      if (socket.connecting) socket.destroy();
      else socket.resetAndDestroy();
      resolve(result);
    };
    const timer = setTimeout(() => end({ outcome: "silence" }), exchange.waitMs ?? 1000);
    const head = Buffer.alloc(4);
    head.writeUInt32BE(payload.length);
    let kept = Buffer.alloc(0);
    socket.on("error", (error) => end({ outcome: error.code }));
    socket.on("close", () => end({ outcome: "closed" }));
    socket.on("connect", () => socket.write(Buffer.concat([head, payload])));
    socket.on("data", (chunk) => {
      kept = Buffer.concat([kept, chunk]);
      if (kept.length < 4 || kept.length < 4 + kept.readUInt32BE(0)) return;
      const heard = kept.toString("latin1", 4, 4 + kept.readUInt32BE(0));
      end({ outcome: "answer", heard, peer: `${socket.remoteAddress}:${socket.remotePort}` });
    });
  });
}

for (const exchange of exchanges) {
  for (let turn = 0; turn < (exchange.repeats ?? 1); turn += 1) {
    const payload = Buffer.from(exchange.text ?? "x".repeat(exchange.bytes ?? 100));
    const startedAtMs = Date.now();
    const result = await (exchange.protocol === "tcp" ? overTcp : overUdp)(exchange, payload);
    const line = { ...result, sent: md5(payload), startedAtMs, tookMs: Date.now() - startedAtMs };
    process.stdout.write(`${JSON.stringify(line)}\n`);
    if (exchange.repeatEveryMs !== undefined) {
      await new Promise((resolve) => setTimeout(resolve, Math.max(0, exchange.repeatEveryMs - line.tookMs)));
    }
  }
}
