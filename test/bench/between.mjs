/** What can stand between the two ends, each placed alike: nothing, sipprot's worker in both modes, Kamailio. */
import { fork, spawn, spawnSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { NftablesKernel } from "../../proxy/dist/kernel/nftables-kernel.js";
import { planWorkers } from "../../proxy/dist/transparent-placement.js";
import { WORKER_FLAGS } from "../../proxy/dist/worker-process.js";
import { defaultSettings } from "../../shared/dist/settings.js";
import { endProcess, onEnd } from "./left-over.mjs";
import { hostAddresses, innerPbx, placed, placement } from "./two-ends.mjs";

const worker = fileURLToPath(new URL("../../proxy/dist/worker.js", import.meta.url));
const kamailioConfig = fileURLToPath(new URL("peers/kamailio.cfg", import.meta.url));
const READY_WITHIN_MS = 10_000;
/** A country nothing is sent from: looking it up costs the same. */
const DENIED_COUNTRY = "KP";
/** All load comes from a few addresses, and what a run loses on purpose holds credit for a minute: none of it is an attack. */
const settings = {
  ...defaultSettings,
  floodMessagesPerSecond: 100_000,
  floodBurstMessages: 1_000_000,
  strangerMessagesPerSecond: 0,
  blockRuleFailuresPerMinute: 1_000,
  accountFailuresPerMinute: 10_000,
  geoMode: "deny",
  geoCountries: [DENIED_COUNTRY],
};

/** Nothing: the PBX itself. */
export function nothing() {
  return { to: `${hostAddresses.pbx}:5060`, pids: () => [], enter: async () => {}, leave: async () => {} };
}

/** sipprot before the PBX's own address, with the kernel's steering in force during its turns. */
export async function startTransparent(space, folder, choices = {}) {
  const description = {
    endpoints: [{ address: hostAddresses.pbx, ports: [5_060], place: { kind: "host" } }],
    protocols: choices.protocols ?? ["udp"],
    workers: 1,
    failOpen: true,
    hashSeed: 1,
  };
  const kernel = new NftablesKernel({ prefix: ["ip", "netns", "exec", space], runFolder: join(folder, "kernel") });
  onEnd(() => kernel.remove());
  const gate = await startWorker(space, planWorkers(description)[0], choices);
  return {
    to: `${hostAddresses.pbx}:5060`,
    ...gate,
    enter: () => kernel.applySteering(description),
    /** Puts another steering in its place, as a reload does. */
    exchange: () => kernel.handSteeringOver(description),
    leave: () => kernel.releaseSteering(),
  };
}

/** sipprot in relay mode, as Kamailio stands: an address of its own, the PBX on the loopback. */
export async function startRelay(space, choices = {}) {
  const [address, port] = innerPbx.split(":");
  const endpoint = {
    path: "relay",
    endpoint: "bench",
    transports: ["udp"],
    listen: { address: hostAddresses.relay, port: 5_060 },
    inner: { address: "127.0.0.1", port: 5_090 },
    pbx: { address, port: Number(port) },
  };
  const gate = await startWorker(space, [endpoint], choices);
  return { to: `${hostAddresses.relay}:5060`, ...gate, enter: async () => {}, leave: async () => {} };
}

/** Kamailio with so many children; `isBare` leaves out all that protects. */
export async function startKamailio(space, folder, countryFile, choices) {
  const { address = hostAddresses.kamailio, children = 1, isBare = false } = choices;
  const to = `${address}:5060`;
  const own = join(folder, `kamailio-${to}`);
  mkdirSync(own);
  const define = (name, value) => ["-A", `${name}="${value}"`];
  const words = [
    ...["kamailio", "-f", kamailioConfig, "-DD", "-E", "-n", String(children), "-m", "256", "-M", "16"],
    // The allocator that its documentation calls fast; the default one looks for mistakes.
    ...["-x", "fm", "-X", "fm"],
    ...["-w", own, "-Y", own, "-P", join(own, "pid"), "-l", `udp:${to}`],
    ...define("PBX", `sip:${innerPbx}`),
    ...define("COUNTRY_FILE", countryFile),
    ...define("DENIED_COUNTRY", DENIED_COUNTRY),
    ...["-A", `PIKE_DENSITY=${1_000_000}`],
    ...(isBare ? ["-A", "BARE"] : []),
  ];
  const child = spawn("ip", [...placed(space, placement.between), ...words], {
    stdio: ["ignore", "pipe", "pipe"],
  });
  let said = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (bytes) => (said += bytes));
  onEnd(() => endProcess(child, "SIGTERM"));
  const endMs = performance.now() + READY_WITHIN_MS;
  while (!isListening(space, to)) {
    if (child.exitCode !== null || performance.now() > endMs)
      throw new Error(`Kamailio did not start: ${said.slice(-2_000)}`);
    await pause(50);
  }
  return { to, pids: () => familyOf(child.pid), enter: async () => {}, leave: async () => {} };
}

/** A worker of sipprot; `told` is what it counted last. */
async function startWorker(space, endpoints, { io = "batch", flags = [] }) {
  const words = [...placed(space, placement.between), process.execPath, ...WORKER_FLAGS, ...flags];
  const child = fork(worker, [], { execPath: "ip", execArgv: words, serialization: "advanced" });
  onEnd(() => endProcess(child));
  const told = { counters: undefined, judged: 0 };
  await new Promise((resolve, reject) => {
    child.once("exit", (code) => reject(new Error(`the worker ended with code ${code}`)));
    child.on("message", (message) => {
      if (message.kind === "fatal") reject(new Error(message.message));
      if (message.kind === "ready" && message.io !== io) reject(new Error(`no ${io} here: ${message.whyNotBatch}`));
      if (message.kind === "ready") resolve();
      if (message.kind !== "counters") return;
      told.counters = message.counters;
      for (const { direction, count } of message.counters.messages) if (direction === "in") told.judged += count;
    });
    const start = { kind: "start", workerIndex: 0, workers: 1, hostName: "bench", endpoints, io };
    child.send({ ...start, settings, secret: randomBytes(32), ownNetworks: [] });
    child.send({ kind: "open" });
  });
  return { pids: () => [child.pid], child, told };
}

/** Whether a UDP socket is bound to ADDRESS:PORT. */
function isListening(space, place) {
  const { stdout } = spawnSync("ip", ["netns", "exec", space, "ss", "-Hlun"], { encoding: "utf8" });
  return stdout.split(/\s+/).includes(place);
}

/** A process and all below it. */
function familyOf(pid) {
  const file = `/proc/${pid}/task/${pid}/children`;
  const children = existsSync(file) ? readFileSync(file, "latin1").trim().split(/\s+/).filter(Boolean) : [];
  return [pid, ...children.flatMap((one) => familyOf(Number(one)))];
}

/** Processor time of all threads of processes so far, in nanoseconds, as the scheduler counted it. */
export function processorTime(pids) {
  let sum = 0;
  for (const pid of pids) {
    for (const thread of readdirSync(`/proc/${pid}/task`)) {
      try {
        sum += Number(readFileSync(`/proc/${pid}/task/${thread}/schedstat`, "latin1").split(" ")[0]);
      } catch {
        // A thread that ended meanwhile.
      }
    }
  }
  return sum;
}
