/** Asks a name server over TCP inside a namespace and tells whether the whole answer came. Argument: JSON { source, target, bytes }. */
import net from "node:net";

const { source, target, bytes } = JSON.parse(process.argv[2] ?? "{}");
const socket = net.connect({ host: target, port: 53, localAddress: source });
let got = 0;
const tell = () => {
  process.stdout.write(`${JSON.stringify({ outcome: got === bytes ? "whole" : "cut" })}\n`);
  process.exit();
};
socket.on("error", tell);
socket.on("end", tell);
socket.on("data", (chunk) => {
  got += chunk.length;
});
setTimeout(tell, 1500);
