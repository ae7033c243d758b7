/** A PBX that answers 200 to everything, over UDP and TCP. Arguments: ADDRESS PORT. Prints "ready", and how many requests came when it hears SIGUSR2. */
import { createSocket } from "node:dgram";
import { createServer } from "node:net";

const [address = "", port = ""] = process.argv.slice(2);
let requests = 0;

/** @param {string} text one request */
function answerTo(text) {
  requests += 1;
  const kept = text.split("\r\n").filter((line) => /^(via|from|to|call-id|cseq|contact):/i.test(line));
  return `SIP/2.0 200 OK\r\n${kept.join("\r\n")}\r\nExpires: 3600\r\nContent-Length: 0\r\n\r\n`;
}

const udp = createSocket({ type: "udp4", recvBufferSize: 1 << 22, sendBufferSize: 1 << 22 });
udp.on("message", (bytes, peer) => {
  udp.send(Buffer.from(answerTo(bytes.toString("latin1")), "latin1"), peer.port, peer.address);
});
const tcp = createServer((socket) => {
  let rest = "";
  socket.on("error", () => {});
  socket.setEncoding("latin1").on("data", (text) => {
    const messages = (rest + text).split(/(?<=\r\n\r\n)/);
    rest = messages.at(-1)?.endsWith("\r\n\r\n") ? "" : (messages.pop() ?? "");
    for (const message of messages) socket.write(answerTo(message), "latin1");
  });
});
process.on("SIGUSR2", () => process.stdout.write(`requests ${requests}\n`));
udp.bind(Number(port), address, () => tcp.listen(Number(port), address, () => process.stdout.write("ready\n")));
