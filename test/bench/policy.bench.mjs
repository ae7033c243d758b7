/** Decisions a second of the policy alone, with 10 and with 1,000,000 denied networks. Run `npm run build` first. */
import { answered } from "../../proxy/dist/policy/answered.js";
import { decide } from "../../proxy/dist/policy/decide.js";
import { createPolicy } from "../../proxy/dist/policy/view.js";
import { defaultSettings } from "../../shared/dist/settings.js";

const SOURCES = 50_000;
const DECISIONS = 2_000_000;
const settings = { ...defaultSettings, floodMessagesPerSecond: 100_000, floodBurstMessages: 1_000_000 };

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

function measure(name, count, work) {
  for (let index = 0; index < count / 10; index += 1) work(index);
  const start = process.hrtime.bigint();
  for (let index = 0; index < count; index += 1) work(index);
  const seconds = Number(process.hrtime.bigint() - start) / 1e9;
  console.log(
    `${name.padEnd(52)} ${Math.round(count / seconds)
      .toLocaleString("en")
      .padStart(12)} /s`,
  );
}

const plain = aMessage({ method: "OPTIONS", cseqMethod: "OPTIONS" });
for (const networks of [10, 1_000_000]) {
  const view = aPolicy();
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
  measure("  plain pass, one source", DECISIONS, () => {
    arrival.atMs += 0.01;
    decide({ ...arrival, address: "198.18.0.1", message: plain }, view);
  });
  measure("  plain pass, 50,000 sources", DECISIONS, (index) => {
    arrival.atMs += 0.01;
    decide({ ...arrival, address: addresses[index % SOURCES], message: plain }, view);
  });
  measure("  denied", DECISIONS, () => {
    arrival.atMs += 0.01;
    decide({ ...arrival, address: "10.0.0.1", message: plain }, view);
  });
}

const view = aPolicy();
const credentials = [
  { username: "1000", realm: "pbx", nonce: "1800000000/0123456789abcdef0123456789abcdef", response: "0".repeat(32) },
];
measure("sign-in: challenge, REGISTER with credentials, 200", 300_000, (index) => {
  arrival.atMs += 0.05;
  const address = addresses[index % SOURCES];
  const first = aMessage({ branch: `a${index}` });
  decide({ ...arrival, address, message: first }, view);
  const challenges = [{ nonce: credentials[0].nonce, stale: false }];
  answered({ ...arrival, address, message: { ...first, isRequest: false, status: 401, challenges } }, view);
  const again = { ...first, branch: `b${index}`, credentials };
  decide({ ...arrival, address, message: again }, view);
  answered({ ...arrival, address, message: { ...again, isRequest: false, status: 200, credentials: [] } }, view);
  if (index % 5_000 === 0) view.takeEffects();
});
const guess = aMessage({ credentials });
measure("guess beyond the window, source blocked", 1_000_000, (index) => {
  arrival.atMs += 0.01;
  guess.branch = `c${index}`;
  decide({ ...arrival, address: "198.51.100.66", transport: "tcp", message: guess }, view);
  if (index < 100)
    answered({ ...arrival, address: "198.51.100.66", message: { ...guess, isRequest: false, status: 401 } }, view);
});
measure("forged credentials, a new source each", 1_000_000, (index) => {
  arrival.atMs += 0.01;
  guess.branch = `d${index}`;
  decide(
    { ...arrival, address: `11.${(index >> 16) & 255}.${(index >> 8) & 255}.${index & 255}`, message: guess },
    view,
  );
  if (index % 5_000 === 0) view.takeEffects();
});
if (globalThis.gc !== undefined) globalThis.gc();
const { rss, heapUsed, external } = process.memoryUsage();
console.log(
  `memory: rss ${Math.round(rss / 1e6)} MB, heap ${Math.round(heapUsed / 1e6)} MB, external ${Math.round(external / 1e6)} MB`,
);
