/**
 * What size costs: time of a request with its answer, reader and policy alone, against denied networks, registered phones and
 * live sources; the memory of each entry; how long it takes until they are in force.
 *
 * npm run build && node --expose-gc test/bench/size.bench.mjs [--turns 15] [--out FILE.json]
 *
 * All sizes of a kind stand in one process and have their turns one after another, so that what else the machine does meets
 * all of them alike. Told is the median, and what it is to that of the smallest size.
 */
import { fork } from "node:child_process";
import { randomBytes } from "node:crypto";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { setFlagsFromString } from "node:v8";
import { createPolicy } from "../../proxy/dist/policy/view.js";
import { PolicyGatekeeper } from "../../proxy/dist/relay/policy-gatekeeper.js";
import { WORKER_FLAGS } from "../../proxy/dist/worker-process.js";
import { defaultSettings } from "../../shared/dist/settings.js";
import { answerTo, register } from "./relay-messages.mjs";
import { spreadOf, writeResults } from "./results.mjs";

for (const flag of WORKER_FLAGS) setFlagsFromString(flag);

const DENIED = [0, 10_000, 100_000, 1_000_000];
const PHONES = [100, 10_000, 100_000];
const SOURCES = [1, 10_000, 100_000, 500_000];
const SLICE_MS = 60;
/** Slices of each size that the compiler gets first. */
const WARM_UP = 8;
const LIST_STEP = 2_000;
const settings = {
  ...defaultSettings,
  floodMessagesPerSecond: 1_000_000,
  floodBurstMessages: 10_000_000,
  strangerMessagesPerSecond: 0,
};

const { values: asked } = parseArgs({ options: { turns: { type: "string", default: "15" }, out: { type: "string" } } });
const turns = Number(asked.turns);
const signed = register(0, "198.51.100.10", 5_062);
const plain = register(0, "198.51.100.10", 5_062, false);
// Cut once: what a request is answered with costs the same whatever the size.
const answer = answerTo(signed.bytes);
const marks = { request: numbersIn(signed.bytes), answer: numbersIn(answer), plain: numbersIn(plain.bytes) };
let sequence = 0;

const rows = [];
for (const [kind, sizes, build] of [
  ["denied networks", DENIED, (size) => trafficBeside(size)],
  ["registered phones", PHONES, (size) => trafficOfPhones(size)],
  ["live sources", SOURCES, (size) => trafficOfStrangers(size)],
]) {
  const all = [];
  for (const size of sizes) all.push({ size, ...weigh(() => build(size)) });
  for (const one of all) one.times = [];
  for (let turn = 0; turn < turns + WARM_UP; turn += 1) {
    for (const one of all) {
      const microseconds = slice(one.call);
      if (turn >= WARM_UP) one.times.push(microseconds);
    }
  }
  for (const { size, times, memoryBytes, inForceMs } of all) {
    rows.push({ kind, size, microseconds: spreadOf(times), memoryBytes, inForceMs });
    console.log(JSON.stringify(rows.at(-1)));
  }
}
const starts = [];
for (let turn = 0; turn < 5; turn += 1) starts.push(await timeWorkerStart());
writeResults("size", { turns, rows, workerStartMs: spreadOf(starts) }, asked.out);
process.exit();

/** Memory that building takes, after a collection, and how long it took. */
function weigh(build) {
  globalThis.gc?.();
  const before = process.memoryUsage();
  const startMs = performance.now();
  const call = build();
  const inForceMs = performance.now() - startMs;
  globalThis.gc?.();
  const after = process.memoryUsage();
  const memoryBytes = after.heapUsed + after.arrayBuffers - before.heapUsed - before.arrayBuffers;
  return { call, memoryBytes, inForceMs };
}

/** Microseconds of one call, over a slice of time. */
function slice(call) {
  const startMs = performance.now();
  let count = 0;
  let elapsedMs = 0;
  while (elapsedMs < SLICE_MS) {
    for (let index = 0; index < 100; index += 1) call();
    count += 100;
    elapsedMs = performance.now() - startMs;
  }
  return (elapsedMs * 1_000) / count;
}

function newPolicy() {
  const options = { host: "bench", secret: randomBytes(32), settings, ownNetworks: [], country: () => undefined };
  return createPolicy(options);
}

/** 200 phones pass while so many networks are denied. */
function trafficBeside(size) {
  const policy = newPolicy();
  for (let first = 0; first < size; first += LIST_STEP) {
    const networks = [];
    for (let index = first; index < Math.min(size, first + LIST_STEP); index += 1) {
      networks.push({
        network: `${20 + (index >> 18)}.${(index >> 10) & 255}.${(index >> 2) & 255}.${(index & 3) << 6}/26`,
      });
    }
    policy.putNetworks("deny", networks);
  }
  return phoneTraffic(policy, 200);
}

function trafficOfPhones(size) {
  const call = phoneTraffic(newPolicy(), size);
  for (let phone = 0; phone < size; phone += 1) call();
  return call;
}

/** Phones register with credentials one after another, each from its own address, and are accepted. */
function phoneTraffic(policy, phones) {
  const gatekeeper = new PolicyGatekeeper(policy);
  const addresses = addressesFrom(phones);
  const peer = { address: "", port: 5_062, transport: "udp", endpoint: "bench" };
  let next = 0;
  return () => {
    const phone = next;
    next = next + 1 === phones ? 0 : next + 1;
    sequence += 1;
    peer.address = addresses[phone];
    number(signed.bytes, marks.request, phone);
    number(answer, marks.answer, phone);
    if (gatekeeper.judge(signed.bytes, peer, Date.now()).verdict !== "pass") throw new Error("refused");
    if (gatekeeper.see(answer, peer, Date.now()) !== 200) throw new Error("not seen");
  };
}

/** Requests without credentials from so many addresses in turn. */
function trafficOfStrangers(size) {
  const gatekeeper = new PolicyGatekeeper(newPolicy());
  const addresses = addressesFrom(size);
  const peer = { address: "", port: 5_062, transport: "udp", endpoint: "bench" };
  let next = 0;
  const call = () => {
    const source = next;
    next = next + 1 === size ? 0 : next + 1;
    sequence += 1;
    peer.address = addresses[source];
    number(plain.bytes, marks.plain, source);
    gatekeeper.judge(plain.bytes, peer, Date.now());
  };
  for (let source = 0; source < size; source += 1) call();
  return call;
}

function addressesFrom(count) {
  return Array.from({ length: count }, (_, index) => `198.${18 + (index >> 16)}.${(index >> 8) & 255}.${index & 255}`);
}

/** Where the number of the transaction and the account stand in a message. */
function numbersIn(bytes) {
  const text = bytes.toString("latin1");
  const at = (pattern) => [...text.matchAll(pattern)].map(({ index }) => index);
  return { transactions: at(/@@@@@@@@/g), accounts: at(/(?<=[ :"])1000(?=[@">])/g) };
}

/** Another transaction of a phone; the account is its number in the digits there are, so some share one name. */
function number(bytes, { transactions, accounts }, phone) {
  const text = sequence.toString().padStart(8, "0");
  for (const at of transactions) bytes.write(text, at, "latin1");
  const account = (phone % 1_679_616).toString(36).padStart(4, "0");
  for (const at of accounts) bytes.write(account, at, "latin1");
}

/** From the start of a worker's process until it takes traffic. */
async function timeWorkerStart() {
  const worker = fork(fileURLToPath(new URL("../../proxy/dist/worker.js", import.meta.url)), [], {
    serialization: "advanced",
    execArgv: WORKER_FLAGS,
  });
  const startMs = performance.now();
  const [listen, inner, pbx] = [27_060, 27_090, 27_080].map((port) => ({ address: "127.0.0.1", port }));
  const endpoints = [{ path: "relay", endpoint: "bench", transports: ["udp"], listen, inner, pbx }];
  try {
    return await new Promise((resolve, reject) => {
      worker.on("message", (message) => {
        if (message.kind === "ready") resolve(performance.now() - startMs);
        if (message.kind === "fatal") reject(new Error(message.message));
      });
      const start = { kind: "start", workerIndex: 0, workers: 1, hostName: "bench", endpoints, settings };
      worker.send({ ...start, secret: randomBytes(32), ownNetworks: [] });
      worker.send({ kind: "open" });
    });
  } finally {
    worker.kill("SIGKILL");
  }
}
