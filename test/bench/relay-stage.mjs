/** Where the relay benchmarks take place: load, responder and worker, over loopback or in two namespaces with the steering in force. */
import { execFileSync, fork } from "node:child_process";
import { randomBytes } from "node:crypto";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { WORKER_FLAGS } from "../../proxy/dist/worker-process.js";
import { defaultSettings } from "../../shared/dist/settings.js";

const load = fileURLToPath(new URL("relay-load.mjs", import.meta.url));
const worker = fileURLToPath(new URL("../../proxy/dist/worker.js", import.meta.url));

const children = [];
const undo = [];

// Whoever is impatient leaves nothing behind either.
for (const signal of ["SIGINT", "SIGTERM"]) process.once(signal, () => closeStage().finally(() => process.exit(1)));

/** Makes the place of a mode, with load and responder at work. Whoever opened it closes it with `closeStage`. */
export async function openStage(mode) {
  const place = await { relay: prepareRelay, transparent: prepareTransparent }[mode]();
  await start(load, ["responder", place.pbx.address, String(place.pbx.port)], place.inside);
  const sender = await start(load, ["sender", place.sources], place.outside);
  return {
    ...place,
    /** `saturate` or `pace`, for a while; what relay-load.mjs measured. */
    measure: (kind, to, seconds) =>
      new Promise((resolve) => {
        sender.once("message", resolve);
        sender.send({ kind, to, seconds });
      }),
  };
}

/** Ends all programs and takes away what was made. */
export async function closeStage() {
  for (const child of children) child.kill("SIGKILL");
  for (const step of undo.splice(0).reverse()) await step();
}

/** Starts a worker of the given kind of input and output, steering to it; `counted` follows what it tells. */
export async function startGate({ inside, endpoints, engage }, io, flags = []) {
  const counted = { judged: 0, last: undefined };
  const child = await start(worker, [], inside, {
    flags,
    greet: (gate) => {
      gate.on("message", (message) => {
        if (message.kind === "ready" && message.io !== io) throw new Error(`no ${io} here: ${message.whyNotBatch}`);
        if (message.kind !== "counters") return;
        counted.last = message.counters;
        for (const { direction, verdict, count } of message.counters.messages) {
          if (direction === "in" && verdict === "pass") counted.judged += count;
        }
      });
      const settings = {
        ...defaultSettings,
        floodMessagesPerSecond: 100_000,
        floodBurstMessages: 1_000_000,
        strangerMessagesPerSecond: 0,
      };
      const start = { kind: "start", workerIndex: 0, workers: 1, hostName: "bench", endpoints, settings, io };
      gate.send({ ...start, secret: randomBytes(32), ownNetworks: [] });
      gate.send({ kind: "open" });
    },
  });
  await engage();
  return { child, counted };
}

/** Gives the port back to the PBX and ends the worker. */
export async function stopGate({ disengage }, { child }) {
  await disengage();
  child.removeAllListeners("exit");
  const ended = new Promise((resolve) => child.once("exit", resolve));
  child.send({ kind: "stop" });
  await ended;
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
    disengage: async () => {},
  };
}

/** Two namespaces, one address with the PBX behind it: the same address with and without the gate. */
async function prepareTransparent() {
  const { NftablesKernel } = await import("../../proxy/dist/kernel/nftables-kernel.js");
  const { planWorkers } = await import("../../proxy/dist/transparent-placement.js");
  const [inside, outside] = [`relay-bench-in-${process.pid}`, `relay-bench-out-${process.pid}`];
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
  const kernel = new NftablesKernel({ prefix: ["ip", "netns", "exec", inside], runFolder: join(tmpdir(), inside) });
  undo.push(() => kernel.remove());
  return {
    sources: "198.51.100",
    pbx,
    through: pbx,
    inside,
    outside,
    endpoints: planWorkers(description)[0],
    engage: () => kernel.applySteering(description),
    disengage: () => kernel.releaseSteering(),
  };
}

/** Starts a program, in a namespace when one is named, and waits until it is ready. */
function start(program, words, namespace, { greet = () => {}, flags = [] } = {}) {
  const inside =
    namespace === undefined
      ? { execArgv: [...WORKER_FLAGS, ...flags] }
      : { execPath: "ip", execArgv: ["netns", "exec", namespace, process.execPath, ...WORKER_FLAGS, ...flags] };
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
