/** Sends datagrams from one socket inside a namespace and prints a line for each answer. Argument: JSON, see below. */
import dgram from "node:dgram";

const { hex, count, source, sourcePort, target = "203.0.113.10", targetPort } = JSON.parse(process.argv[2] ?? "{}");
const socket = dgram.createSocket(target.includes(":") ? "udp6" : "udp4");
const bytes = Buffer.from(hex, "hex");
socket.on("message", () => process.stdout.write(`${JSON.stringify({ outcome: "answer" })}\n`));
socket.bind(sourcePort, source, async () => {
  for (let turn = 0; turn < count; turn += 1) {
    socket.send(bytes, targetPort, target, () => {});
    // Not faster than the answering program reads.
    if (turn % 20 === 19) await new Promise((resolve) => setTimeout(resolve, 5));
  }
  setTimeout(() => socket.close(), 300);
});
