/**
 * The worker under load: requests a second, its CPU a request, the latency that a request with its answer gains.
 *
 * npm run build && node test/bench/relay.bench.mjs relay [seconds]
 * npm run build && sudo node test/bench/relay.bench.mjs transparent [seconds]
 *
 * 200 sources send REGISTERs with credentials of about 700 bytes: one each at a time, then 5,000 a second together. A
 * plain responder answers 200. Relay mode runs over loopback; transparent mode in two namespaces of its own, with the
 * kernel's steering in force. Three processes share the machine: with less than three cores the CPU figure says more
 * than the requests a second.
 */
import { execFileSync, fork } from "node:child_process";
import { randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { WORKER_FLAGS } from "../../proxy/dist/worker-process.js";
import { defaultSettings } from "../../shared/dist/settings.js";

const load = fileURLToPath(new URL("relay-load.mjs", import.meta.url));
const worker = fileURLToPath(new URL("../../proxy/dist/worker.js", import.meta.url));
/** /proc/PID/stat counts in hundredths of a second on every Linux that matters. */
const TICKS_A_SECOND = 100;

const [mode = "relay", secondsText = "5"] = process.argv.slice(2);
const seconds = Number(secondsText);
const children = [];
const undo = [];

const stages = { relay: prepareRelay, transparent: prepareTransparent };
try {
  await run(await stages[mode]());
} finally {
  for (const child of children) child.kill("SIGKILL");
  for (const step of undo.reverse()) await step();
}

/** Where everything is: over loopback the gate and the PBX have ports of their own. */
async function prepareRelay() {
  const listen = { address: "127.0.0.1", port: 25_060 };
  const pbx = { address: "127.0.0.1", port: 25_080 };
  const inner = { address: "127.0.0.1", port: 25_090 };
  return {
    sources: "127.1.0",
    pbx,
    through: listen,
    endpoints: [{ path: "relay", endpoint: "bench", transports: ["udp"], listen, inner, pbx }],
    engage: async () => {},
  };
}

/** Two namespaces, one address with the PBX behind it: the same address with and without the gate. */
async function prepareTransparent() {
  const { NftablesKernel } = await import("../../proxy/dist/kernel/nftables-kernel.js");
  const { planWorkers } = await import("../../proxy/dist/transparent-placement.js");
  const [inside, outside] = ["relay-bench-in", "relay-bench-out"];
  const ip = (line) => execFileSync("ip", line.split(" "));
  for (const name of [inside, outside]) {
    ip(`netns add ${name}`);
    undo.push(() => ip(`netns del ${name}`));
    ip(`-n ${name} link set lo up`);
  }
  ip(`link add relay-b0 netns ${inside} type veth peer name relay-b1 netns ${outside}`);
  ip(`-n ${inside} address add 203.0.113.10/24 dev relay-b0`);
  ip(`-n ${outside} address add 203.0.113.1/24 dev relay-b1`);
  for (let index = 0; index < 200; index += 1) ip(`-n ${outside} address add 198.51.100.${index + 10}/32 dev lo`);
  ip(`-n ${inside} link set relay-b0 up`);
  ip(`-n ${outside} link set relay-b1 up`);
  ip(`-n ${inside} route add 198.51.100.0/24 via 203.0.113.1`);
  const pbx = { address: "203.0.113.10", port: 5_060 };
  const description = {
    endpoints: [{ address: pbx.address, ports: [pbx.port], place: { kind: "host" } }],
    protocols: ["udp"],
    workers: 1,
    failOpen: true,
    hashSeed: 1,
  };
  const kernel = new NftablesKernel({ prefix: ["ip", "netns", "exec", inside], runFolder: "/tmp/relay-bench-run" });
  return {
    sources: "198.51.100",
    pbx,
    through: pbx,
    inside,
    outside,
    endpoints: planWorkers(description)[0],
    engage: async () => {
      await kernel.applySteering(description);
      undo.push(() => kernel.remove());
    },
  };
}

async function run({ sources, pbx, through, inside, outside, endpoints, engage }) {
  await start(load, ["responder", pbx.address, String(pbx.port)], inside);
  const sender = await start(load, ["sender", sources], outside);
  const measure = (kind, to, forSeconds) =>
    new Promise((resolve) => {
      sender.once("message", resolve);
      sender.send({ kind, to, seconds: forSeconds });
    });
  await measure("saturate", pbx, 1);
  const direct = await measure("saturate", pbx, seconds);
  const directPaced = await measure("pace", pbx, seconds);

  const gate = await start(worker, [], inside, (child) => {
    const settings = { ...defaultSettings, floodMessagesPerSecond: 100_000, floodBurstMessages: 1_000_000 };
    const start = { kind: "start", workerIndex: 0, workers: 1, hostName: "bench", endpoints, settings };
    child.send({ ...start, secret: randomBytes(32), ownNetworks: [] });
    child.send({ kind: "open" });
  });
  await engage();
  let judged = 0;
  let counters;
  gate.on("message", (message) => {
    if (message.kind !== "counters") return;
    counters = message.counters;
    for (const { direction, verdict, count } of counters.messages) {
      if (direction === "in" && verdict === "pass") judged += count;
    }
  });
  await measure("saturate", through, 2);
  await settle();
  const [cpuBefore, judgedBefore] = [cpuSeconds(gate.pid), judged];
  const gated = await measure("saturate", through, seconds);
  await settle();
  const microseconds = ((cpuSeconds(gate.pid) - cpuBefore) / (judged - judgedBefore)) * 1e6;
  const gatedPaced = await measure("pace", through, seconds);
  await settle();

  console.log(`${mode} mode, 200 sources, one request each at a time:`);
  console.log(`  without the gate   ${Math.round(direct.perSecond)} requests/s answered`);
  console.log(`  through the gate   ${Math.round(gated.perSecond)} requests/s answered, ${gated.lost} lost`);
  console.log(
    `  CPU of the worker  ${microseconds.toFixed(1)} µs a request with its answer: ${Math.round(1e6 / microseconds)} requests/s a core`,
  );
  console.log("5,000 requests/s, time from request to answer:");
  for (const [name, paced] of Object.entries({ "without the gate": directPaced, "through the gate": gatedPaced })) {
    console.log(`  ${name}   p50 ${paced.p50} µs, p99 ${paced.p99} µs, ${paced.answered} of ${paced.sent} answered`);
  }
  console.log(
    `  added              p50 ${gatedPaced.p50 - directPaced.p50} µs, p99 ${gatedPaced.p99 - directPaced.p99} µs`,
  );
  console.log(
    `worker: ${Math.round(counters.memoryBytes / 1e6)} MB, receive buffer ${counters.receiveBufferBytes} bytes, ${counters.receiveBufferDrops} drops in the last second, judged ${judged}`,
  );
}

/** Starts a program, in a namespace when one is named, and waits until it is ready. */
function start(program, words, namespace, greet = () => {}) {
  const inside =
    namespace === undefined
      ? { execArgv: WORKER_FLAGS }
      : { execPath: "ip", execArgv: ["netns", "exec", namespace, process.execPath, ...WORKER_FLAGS] };
  const child = fork(program, words, { serialization: "advanced", ...inside });
  children.push(child);
  return new Promise((resolve, reject) => {
    child.on("message", (message) => {
      if (message === "ready" || message.kind === "ready") resolve(child);
      if (message.kind === "fatal") reject(new Error(message.message));
    });
    child.once("exit", (code) => reject(new Error(`${program} ended with code ${code}`)));
    greet(child);
  });
}

/** Longer than the worker takes to report. */
function settle() {
  return new Promise((resolve) => setTimeout(resolve, 1_300));
}

/** User and system time of a process so far. */
function cpuSeconds(pid) {
  const fields = readFileSync(`/proc/${pid}/stat`, "latin1").split(") ")[1]?.split(" ") ?? [];
  return (Number(fields[11]) + Number(fields[12])) / TICKS_A_SECOND;
}
