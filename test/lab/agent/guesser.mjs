/**
 * A guesser in earnest: gets a real nonce, then fires wrong passwords as fast as asked, from one port, many ports or many TCP connections.
 * With `unsigned` it asks for account after account without any password, as one who looks for accounts does.
 * Takes its orders as one JSON argument, prints what came back as one JSON line.
 */
import { createSocket } from "node:dgram";
import { connect } from "node:net";
import { answerChallenge, parseChallenge } from "./digest.mjs";
import { composeMessage, hostText, parseMessage, randomToken } from "./sip-text.mjs";

/** Messages sent before the event loop gets a turn: enough to be fast, few enough to read the answers. */
const BURST = 50;

/** @typedef {{ address: string, server: { address: string, port: number }, users: string[], guesses: number, way: "port" | "ports" | "tcp", lines: number, perSecond?: number, waitMs?: number, agent?: string, madeUpNonce?: boolean, password?: string, unsigned?: boolean, method?: string }} Orders */

/** @type {Orders} */
const orders = JSON.parse(process.argv[2] ?? "{}");
const {
  address,
  server,
  users,
  guesses,
  way,
  lines,
  perSecond = 0,
  waitMs = 3000,
  agent = "Office Phone 3",
  madeUpNonce = false,
  unsigned = false,
  method = "REGISTER",
} = orders;
const transport = way === "tcp" ? "TCP" : "UDP";
const domain = hostText(server.address);
/** @type {Record<string, number>} */
const answers = {};

/** @param {string} user */
function uriFor(user) {
  return method === "REGISTER" ? `sip:${domain}` : `sip:${user}@${domain}`;
}

/** @param {string} user @param {number} port @param {string | undefined} authorization */
function request(user, port, authorization) {
  const own = `<sip:${user}@${domain}>`;
  return composeMessage(`${method} ${uriFor(user)} SIP/2.0`, [
    ["Via", `SIP/2.0/${transport} ${hostText(address)}:${port};rport;branch=z9hG4bK${randomToken(6)}`],
    ["Max-Forwards", "70"],
    ["From", `${own};tag=${randomToken(4)}`],
    ["To", own],
    ["Call-ID", `${randomToken(8)}@guess`],
    ["CSeq", `1 ${method}`],
    ["User-Agent", agent],
    ["Contact", `<sip:${user}@${hostText(address)}:${port}>`],
    ["Expires", "60"],
    .../** @type {[string, string][]} */ (authorization === undefined ? [] : [["Authorization", authorization]]),
  ]);
}

/**
 * @typedef {{ port: number, send: (bytes: Buffer) => void, close: () => void }} Line
 * @param {(bytes: Buffer) => void} onBytes
 * @returns {Promise<Line>}
 */
function openLine(onBytes) {
  return new Promise((resolve, reject) => {
    if (way === "tcp") {
      const socket = connect({ host: server.address, port: server.port, localAddress: address });
      socket.on("error", () => {});
      socket.on("data", onBytes);
      socket.on("connect", () =>
        resolve({ port: socket.localPort ?? 0, send: (bytes) => socket.write(bytes), close: () => socket.destroy() }),
      );
      socket.on("close", () => resolve({ port: 0, send: () => {}, close: () => {} }));
      return;
    }
    const socket = createSocket({
      type: address.includes(":") ? "udp6" : "udp4",
      recvBufferSize: 1 << 20,
      sendBufferSize: 1 << 22,
    });
    socket.once("error", reject);
    socket.on("message", onBytes);
    socket.bind(0, address, () => {
      socket.removeListener("error", reject);
      socket.on("error", () => {});
      resolve({
        port: socket.address().port,
        send: (bytes) => socket.send(bytes, server.port, server.address, () => {}),
        close: () => socket.close(),
      });
    });
  });
}

/** @param {Buffer} bytes one datagram, or a piece of a stream with whole answers in it */
function count(bytes) {
  for (const [, status = "none"] of bytes.toString("latin1").matchAll(/^SIP\/2\.0 (\d{3})/gm))
    answers[status] = (answers[status] ?? 0) + 1;
}

/** Asks once without credentials; the challenge, or undefined when nothing came. */
async function fetchChallenge() {
  /** @type {(bytes: Buffer) => void} */
  let take = () => {};
  const line = await openLine((bytes) => take(bytes));
  const answer = await new Promise((/** @type {(bytes: Buffer | undefined) => void} */ resolve) => {
    take = resolve;
    line.send(request(users[0] ?? "", line.port, undefined));
    setTimeout(() => resolve(undefined), 2000);
  });
  line.close();
  const value = answer === undefined ? "" : (parseMessage(answer)?.header("www-authenticate") ?? "");
  return value === "" ? undefined : parseChallenge(value);
}

const invented = {
  realm: "asterisk",
  nonce: `${Math.floor(Date.now() / 1000)}/${randomToken(16)}`,
  opaque: randomToken(8),
  qop: "auth",
  stale: false,
};
const challenge = madeUpNonce || unsigned ? invented : ((await fetchChallenge()) ?? invented);
const open = await Promise.all(Array.from({ length: lines }, () => openLine(count)));
const startedMs = Date.now();
for (let index = 0; index < guesses; index += 1) {
  const line = open[index % open.length];
  const user = users[index % users.length] ?? "";
  const password = orders.password ?? `guess-${index}`;
  const signed = { user, password, method, uri: uriFor(user), challenge, count: index + 1 };
  line?.send(request(user, line.port, unsigned ? undefined : answerChallenge(signed)));
  if (perSecond > 0)
    await new Promise((resolve) => setTimeout(resolve, startedMs + ((index + 1) * 1000) / perSecond - Date.now()));
  else if (index % BURST === BURST - 1) await new Promise((resolve) => setImmediate(resolve));
}
const sentInMs = Date.now() - startedMs;
await new Promise((resolve) => setTimeout(resolve, waitMs));
for (const line of open) line.close();
process.stdout.write(
  `${JSON.stringify({ sent: guesses, sentInMs, answers, hadNonce: challenge !== invented, openLines: open.filter(({ port }) => port > 0).length })}\n`,
);
process.exit(0);
