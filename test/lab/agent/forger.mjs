/**
 * Forged failures: REGISTERs with made-up credentials whose sender address is somebody else's. The answers go to the one in whose
 * name they are sent. Takes its orders as one JSON argument, prints one JSON line at its end.
 */
import { createSocket } from "node:dgram";
import { answerChallenge } from "./digest.mjs";
import { composeMessage, hostText, randomToken } from "./sip-text.mjs";

/** @type {{ address: string, port: number, server: { address: string, port: number }, user: string, messages: number, perSecond: number }} */
const { address, port, server, user, messages, perSecond } = JSON.parse(process.argv[2] ?? "{}");
const domain = hostText(server.address);
const socket = createSocket({ type: address.includes(":") ? "udp6" : "udp4", sendBufferSize: 1 << 22 });
socket.on("error", () => {});
await new Promise((resolve) => socket.bind(port, address, () => resolve(undefined)));

const startedMs = Date.now();
for (let index = 0; index < messages; index += 1) {
  const own = `<sip:${user}@${domain}>`;
  const challenge = { realm: "asterisk", nonce: randomToken(12), opaque: "", qop: "", stale: false };
  const bytes = composeMessage(`REGISTER sip:${domain} SIP/2.0`, [
    ["Via", `SIP/2.0/UDP ${hostText(address)}:${port};rport;branch=z9hG4bK${index}${randomToken(3)}`],
    ["Max-Forwards", "70"],
    ["From", `${own};tag=${randomToken(4)}`],
    ["To", own],
    ["Call-ID", `${index}@forged`],
    ["CSeq", "1 REGISTER"],
    ["User-Agent", "Office Phone 3"],
    ["Contact", `<sip:${user}@${hostText(address)}:${port}>`],
    [
      "Authorization",
      answerChallenge({ user, password: String(index), method: "REGISTER", uri: `sip:${domain}`, challenge }),
    ],
  ]);
  socket.send(bytes, server.port, server.address, () => {});
  const aheadMs = startedMs + ((index + 1) * 1000) / perSecond - Date.now();
  if (aheadMs > 2 || index % 50 === 49)
    await new Promise((resolve) => (aheadMs > 2 ? setTimeout(resolve, aheadMs) : setImmediate(resolve)));
}
process.stdout.write(`${JSON.stringify({ sent: messages, sentInMs: Date.now() - startedMs })}\n`);
process.exit(0);
