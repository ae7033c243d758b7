/**
 * Memory of a real worker that knows 100,000 denied networks and 50,000 addresses, each with a phone registered.
 *
 * npm run build && node test/bench/memory.bench.mjs
 *
 * Relay mode over loopback: every address of 127.0.0.0/8 can be a source there. A responder answers 200 to everything.
 */
import { fork } from "node:child_process";
import { randomBytes } from "node:crypto";
import { createSocket } from "node:dgram";
import { fileURLToPath } from "node:url";
import { defaultSettings } from "../../shared/dist/settings.js";

const DENIED = 100_000;
const SOURCES = 50_000;
/** Phones that register at the same time; each has a socket of its own meanwhile. */
const AT_ONCE = 100;
const listen = { address: "127.0.0.1", port: 26_060 };
const pbx = { address: "127.0.0.1", port: 26_080 };
const inner = { address: "127.0.0.1", port: 26_090 };

const load = fork(fileURLToPath(new URL("relay-load.mjs", import.meta.url)), ["responder", pbx.address, `${pbx.port}`]);
await new Promise((resolve) => load.once("message", resolve));
const worker = fork(fileURLToPath(new URL("../../proxy/dist/worker.js", import.meta.url)), [], {
  serialization: "advanced",
});
let counters;
const isReady = new Promise((resolve, reject) => {
  worker.on("message", (message) => {
    if (message.kind === "counters") counters = message.counters;
    if (message.kind === "ready") resolve();
    if (message.kind === "fatal") reject(new Error(message.message));
  });
});
const endpoints = [{ path: "relay", endpoint: "bench", transports: ["udp"], listen, inner, pbx }];
const start = { kind: "start", workerIndex: 0, workers: 1, hostName: "bench", endpoints, settings: defaultSettings };
worker.send({ ...start, secret: randomBytes(32), ownNetworks: [] });
worker.send({ kind: "open" });
await isReady;
const show = (what) =>
  console.log(
    `${what.padEnd(48)} ${`${Math.round(counters.memoryBytes / 1e6)}`.padStart(4)} MB, ${counters.sources} sources`,
  );
await settle();
show("just started, country database read");

for (let first = 0; first < DENIED; first += 2_000) {
  const networks = Array.from({ length: 2_000 }, (_, index) => ({ network: deniedNetwork(first + index) }));
  worker.send({ kind: "list-put", list: "deny", networks });
}
await settle();
show(`${DENIED.toLocaleString("en")} denied networks`);

let registered = 0;
for (let first = 0; first < SOURCES; first += AT_ONCE) {
  const all = Array.from({ length: AT_ONCE }, (_, index) => register(first + index));
  registered += (await Promise.all(all)).filter(Boolean).length;
}
await settle();
show(`and ${registered.toLocaleString("en")} registered phones, an address each`);
worker.kill("SIGKILL");
load.kill("SIGKILL");

/** Networks of several lengths, none of them loopback. */
function deniedNetwork(index) {
  const high = 20 + (index % 100);
  const [third, fourth] = [(index >> 8) & 255, index & 255];
  return index % 4 === 0 ? `${high}.${third}.${fourth}.0/24` : `${high}.${(index >> 16) & 255}.${third}.${fourth}`;
}

/** One phone registers with credentials; true when it was answered within a second. */
function register(index) {
  const address = `127.${1 + (index >> 14)}.${(index >> 7) & 127}.${10 + (index & 127)}`;
  const user = 1_000 + index;
  const socket = createSocket({ type: "udp4", lookup: (host, _options, done) => done(null, host, 4) });
  return new Promise((resolve) => {
    const finish = (isAnswered) => {
      clearTimeout(timer);
      socket.close();
      resolve(isAnswered);
    };
    const timer = setTimeout(() => finish(false), 1_000);
    socket.on("message", () => finish(true));
    socket.bind(0, address, () => {
      const { port } = socket.address();
      const lines = [
        "REGISTER sip:pbx.example.com SIP/2.0",
        `Via: SIP/2.0/UDP ${address}:${port};rport;branch=z9hG4bK-${index}`,
        "Max-Forwards: 70",
        `From: <sip:${user}@pbx.example.com>;tag=${index}`,
        `To: <sip:${user}@pbx.example.com>`,
        `Call-ID: memory-${index}`,
        "CSeq: 2 REGISTER",
        `Contact: <sip:${user}@${address}:${port}>;expires=3600`,
        `Authorization: Digest username="${user}", realm="asterisk", nonce="n${index}", uri="sip:pbx.example.com", response="0123456789abcdef0123456789abcdef"`,
        "User-Agent: Example Phone 1.2.3",
        "Supported: path",
        "Content-Length: 0",
      ];
      socket.send(`${lines.join("\r\n")}\r\n\r\n`, listen.port, listen.address);
    });
  });
}

/** Longer than the worker takes to report. */
function settle() {
  return new Promise((resolve) => setTimeout(resolve, 2_500));
}
