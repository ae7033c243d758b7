/**
 * A PBX that answers 200 to everybody but `intruder-…`, whom it asks for a password without end, over UDP and TCP.
 * Arguments: ADDRESS PORT. Prints "ready", and how many requests came when it hears SIGUSR2.
 */
import { createSocket } from "node:dgram";
import { createServer } from "node:net";

const [address = "", port = ""] = process.argv.slice(2);
const challenge = 'WWW-Authenticate: Digest realm="pbx", nonce="';
let requests = 0;

/** @param {string} text one request */
function answerTo(text) {
  requests += 1;
  const kept = text.split("\r\n").filter((line) => /^(via|from|to|call-id|cseq|contact):/i.test(line));
  const isIntruder = text.includes("<sip:intruder-");
  const [status, more] = isIntruder ? ["401 Unauthorized", `${challenge}${requests}"`] : ["200 OK", "Expires: 3600"];
  return `SIP/2.0 ${status}\r\n${kept.join("\r\n")}\r\n${more}\r\nContent-Length: 0\r\n\r\n`;
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
