/**
 * A relay that passes everything: the smallest one that uses the socket pairs as the real one does. Runs inside a namespace.
 * Argument: JSON { pairs: SocketPair[], heartbeats: Heartbeat[] }. Prints one line a message: `udp in 192.0.2.7:5060 120`.
 */
import dgram from "node:dgram";
import net from "node:net";

const { pairs, heartbeats } = JSON.parse(process.argv[2] ?? "{}");
const say = (...words) => process.stdout.write(`${words.join(" ")}\n`);
const upSockets = new Map();

const openUdp = (address, port) =>
  new Promise((resolve, reject) => {
    const socket = dgram.createSocket({ type: address.includes(":") ? "udp6" : "udp4", reuseAddr: false });
    socket.once("error", reject);
    socket.bind(port, address, () => resolve(socket));
  });

for (const pair of pairs) {
  if (pair.protocols.includes("udp")) {
    const down = await openUdp(pair.bindAddress, pair.downPort);
    const up = await openUdp(pair.bindAddress, pair.upPort);
    for (const socket of [down, up]) socket.on("error", (error) => say("error", error.message));
    down.on("message", (bytes, peer) => {
      say("udp", "in", `${peer.address}:${peer.port}`, bytes.length, `worker${pair.worker}`, pair.endpoint);
      up.send(bytes, peer.port, peer.address, () => {});
    });
    up.on("message", (bytes, peer) => {
      say("udp", "out", `${peer.address}:${peer.port}`, bytes.length, `worker${pair.worker}`, pair.endpoint);
      down.send(bytes, peer.port, peer.address, () => {});
    });
    upSockets.set(`${pair.bindAddress} ${pair.upPort}`, up);
  }
  if (pair.protocols.includes("tcp")) {
    const server = net.createServer({ allowHalfOpen: true }, (client) => {
      const { remoteAddress: host, remotePort: port } = client;
      say("tcp", "in", `${host}:${port}`, 0, `worker${pair.worker}`, pair.endpoint);
      const inner = net.connect({ host, port, localAddress: pair.bindAddress, localPort: pair.upPort });
      client.pipe(inner).pipe(client);
      client.on("error", () => inner.resetAndDestroy());
      inner.on("error", (error) => {
        say("error", error.message);
        client.resetAndDestroy();
      });
    });
    await new Promise((resolve) => server.listen(pair.downPort, pair.bindAddress, () => resolve(undefined)));
  }
}
for (const { fromAddress, fromPort } of heartbeats) {
  const key = `${fromAddress} ${fromPort}`;
  if (!upSockets.has(key)) upSockets.set(key, await openUdp(fromAddress, fromPort));
}
const beat = () => {
  for (const { fromAddress, fromPort, toAddress, toPort } of heartbeats) {
    upSockets.get(`${fromAddress} ${fromPort}`)?.send("h", toPort, toAddress, () => {});
  }
};
beat();
setInterval(beat, 500);
say("ready");
