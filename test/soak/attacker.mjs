/**
 * An attacker's best effort against memory: every message from another address, for another account, with another Call-ID,
 * branch and agent, every other one with a made-up password; and connections that are opened and left. Arguments: TARGET
 * PER_SECOND. Runs until it is ended; tells what it sent when it hears SIGUSR2.
 */
import { createSocket } from "node:dgram";
import { connect } from "node:net";

const [target = "", rate = "500"] = process.argv.slice(2);
/** Sockets open at a time; each is replaced after its few messages. */
const SOCKETS = 100;
const MESSAGES_A_SOCKET = 5;
/** Connections left open at a time; the oldest gives way. */
const CONNECTIONS = 200;
const TICK_MS = 20;
const MOST_AT_ONCE = 100;

const sent = { datagrams: 0, connections: 0 };
/** @type {import("node:net").Socket[]} */
const connections = [];
/** @type {{ socket: import("node:dgram").Socket, left: number }[]} */
const open = [];
let number = 0;

const draw = (/** @type {number} */ below) => Math.floor(Math.random() * below);
/** Any address of 11.0.0.0/8; all of them are this namespace's. */
const anyAddress = () => `11.${draw(256)}.${draw(256)}.${1 + draw(254)}`;

/** @param {string} transport */
function makeMessage(transport) {
  number += 1;
  const account = `intruder-${draw(1e9)}`;
  const lines = [
    `REGISTER sip:${target} SIP/2.0`,
    `Via: SIP/2.0/${transport} 192.0.2.1:5060;rport;branch=z9hG4bK${draw(1e9)}-${number}`,
    "Max-Forwards: 70",
    `From: <sip:${account}@${target}>;tag=${draw(1e9)}`,
    `To: <sip:${account}@${target}>`,
    `Call-ID: ${draw(1e9)}-${number}@soak`,
    `CSeq: ${number} REGISTER`,
    `User-Agent: Phone ${draw(1e9)}`,
  ];
  if (number % 2 === 0) {
    const digest = `username="${account}", realm="asterisk", nonce="${draw(1e9)}", uri="sip:${target}", response="${draw(1e9)}"`;
    lines.push(`Authorization: Digest ${digest}`);
  }
  return Buffer.from([...lines, "Content-Length: 0", "", ""].join("\r\n"), "latin1");
}

/** @returns {Promise<import("node:dgram").Socket>} */
function openSocket() {
  return new Promise((resolve) => {
    const socket = createSocket("udp4");
    socket.on("error", () => {});
    socket.bind(0, anyAddress(), () => resolve(socket));
  });
}

async function sendOne() {
  const at = draw(SOCKETS);
  const known = open[at];
  if (known === undefined || known.left === 0) {
    known?.socket.close();
    open[at] = { socket: await openSocket(), left: MESSAGES_A_SOCKET };
  }
  const one = open[at];
  if (one === undefined) return;
  one.left -= 1;
  one.socket.send(makeMessage("UDP"), 5060, target, (error) => {
    if (error === null) sent.datagrams += 1;
  });
}

function connectOne() {
  const socket = connect({ host: target, port: 5060, localAddress: anyAddress() });
  socket
    .on("error", () => {})
    .on("connect", () => {
      sent.connections += 1;
      if (draw(2) === 0) socket.write(makeMessage("TCP").subarray(0, 100));
    });
  socket.resume();
  connections.push(socket);
  if (connections.length > CONNECTIONS) connections.shift()?.destroy();
}

process.on("SIGUSR2", () => process.stdout.write(`${JSON.stringify(sent)}\n`));
const startMs = performance.now();
let asked = 0;
for (;;) {
  const due = ((performance.now() - startMs) / 1000) * Number(rate);
  // Not all that is due on a slow machine: signals must be heard.
  for (let left = MOST_AT_ONCE; asked < due && left > 0; asked += 1, left -= 1) await sendOne();
  connectOne();
  await new Promise((resolve) => setTimeout(resolve, TICK_MS));
}
