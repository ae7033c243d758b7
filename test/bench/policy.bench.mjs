/** Decisions a second of the policy alone, with 10 and with 1,000,000 denied networks. Run `npm run build` first. */
import { answered } from "../../proxy/dist/policy/answered.js";
import { decide } from "../../proxy/dist/policy/decide.js";
import { expire } from "../../proxy/dist/policy/expire.js";
import { createPolicy } from "../../proxy/dist/policy/view.js";
import { defaultSettings } from "../../shared/dist/settings.js";

const SOURCES = 50_000;
const DECISIONS = 2_000_000;
const settings = {
  ...defaultSettings,
  floodMessagesPerSecond: 100_000,
  floodBurstMessages: 1_000_000,
  strangerMessagesPerSecond: 0,
};

function aPolicy() {
  const options = { host: "bench", secret: new Uint8Array(32).fill(5), settings, ownNetworks: ["203.0.113.10"] };
  return createPolicy({ ...options, country: () => undefined });
}

function aMessage(parts) {
  return {
    ...{ flaw: undefined, bytes: Buffer.alloc(0), end: 0, isRequest: true, method: "REGISTER", status: 0 },
    ...{
      requestUri: "sip:pbx.example.net",
      requestUser: "",
      branch: "z9hG4bK-1",
      callId: "call-1@example.net",
      cseq: 1,
    },
    ...{ cseqMethod: "REGISTER", fromUser: "1000", fromHost: "pbx.example.net", fromTag: "a", fromDisplay: "" },
    ...{ toUser: "1000", toHost: "pbx.example.net", toTag: "", toDisplay: "", agent: "phone/1.0" },
    ...{ credentials: [], challenges: [] },
    ...parts,
  };
}

const addresses = Array.from({ length: SOURCES }, (_, index) => `198.18.${index >> 8}.${index & 255}`);
const arrival = { atMs: Date.now(), address: "", port: 5060, transport: "udp", endpoint: "203.0.113.10:5060" };

/** Per second of processor time, so that what else runs on the machine does not count. */
function measure(name, count, work) {
  for (let index = 0; index < count / 10; index += 1) work(index);
  const start = process.cpuUsage();
  for (let index = 0; index < count; index += 1) work(index);
  const { user, system } = process.cpuUsage(start);
  const perSecond = Math.round(count / ((user + system) / 1e6));
  console.log(`${name.padEnd(52)} ${perSecond.toLocaleString("en").padStart(12)} /s`);
}

function tellMemory(when) {
  globalThis.gc?.();
  const { rss, heapUsed, external } = process.memoryUsage();
  const inMegabytes = [rss, heapUsed, external].map((bytes) => Math.round(bytes / 1e6));
  console.log(`${when}: rss ${inMegabytes[0]} MB, heap ${inMegabytes[1]} MB, external ${inMegabytes[2]} MB`);
}

function send(view, address, message, transport = "udp") {
  arrival.address = address;
  arrival.message = message;
  arrival.transport = transport;
  return decide(arrival, view);
}

function answer(view, address, message) {
  arrival.address = address;
  arrival.message = message;
  answered(arrival, view);
}

function putNetworks(view, networks) {
  const startMs = performance.now();
  for (let first = 0; first < networks; first += 2_000) {
    const chunk = [];
    for (let index = first; index < Math.min(networks, first + 2_000); index += 1) {
      chunk.push({
        network: `${10 + (index >> 20)}.${(index >> 12) & 255}.${(index >> 4) & 255}.${(index & 15) << 4}/28`,
      });
    }
    view.putNetworks("deny", chunk);
  }
  console.log(`${networks.toLocaleString("en")} denied networks, put in ${Math.round(performance.now() - startMs)} ms`);
}

const plain = aMessage({ method: "OPTIONS", cseqMethod: "OPTIONS" });
for (const networks of [10, 1_000_000]) {
  const view = aPolicy();
  putNetworks(view, networks);
  measure("  plain pass, one source", DECISIONS, () => {
    arrival.atMs += 0.01;
    send(view, "198.18.0.1", plain);
  });
  measure("  plain pass, 50,000 sources in turn", DECISIONS, (index) => {
    arrival.atMs += 0.01;
    send(view, addresses[index % SOURCES], plain);
  });
  measure("  denied", DECISIONS, () => {
    arrival.atMs += 0.01;
    send(view, "10.0.0.1", plain);
  });
}

const view = aPolicy();
const credentials = [
  { username: "1000", realm: "pbx", nonce: "1800000000/0123456789abcdef0123456789abcdef", response: "0".repeat(32) },
];
const register = aMessage({});
const again = aMessage({ credentials });
const challenge = aMessage({
  isRequest: false,
  status: 401,
  challenges: [{ nonce: credentials[0].nonce, stale: false }],
});
const accepted = aMessage({ isRequest: false, status: 200 });
putNetworks(view, 100_000);
measure("sign-in of 50,000 phones: four messages each", 200_000, (index) => {
  arrival.atMs += 0.05;
  const address = addresses[index % SOURCES];
  register.branch = challenge.branch = `a${index}`;
  again.branch = accepted.branch = `b${index}`;
  credentials[0].username = register.toUser = challenge.toUser = again.toUser = accepted.toUser = `1${index % SOURCES}`;
  send(view, address, register);
  answer(view, address, challenge);
  send(view, address, again);
  answer(view, address, accepted);
  if (index % 5_000 === 0) {
    expire(view, arrival.atMs);
    view.takeEffects();
  }
});
tellMemory("with 100,000 denied networks and 50,000 registered sources");
measure("guess beyond the window, source blocked", 1_000_000, (index) => {
  arrival.atMs += 0.01;
  again.branch = challenge.branch = `c${index}`;
  send(view, "198.51.100.66", again, "tcp");
  if (index < 100) answer(view, "198.51.100.66", challenge);
});
measure("forged credentials, a new source each", 500_000, (index) => {
  arrival.atMs += 0.01;
  again.branch = `d${index}`;
  send(view, `11.${(index >> 16) & 255}.${(index >> 8) & 255}.${index & 255}`, again);
  if (index % 5_000 === 0) {
    expire(view, arrival.atMs);
    view.takeEffects();
  }
});
tellMemory("after the forged ones");
