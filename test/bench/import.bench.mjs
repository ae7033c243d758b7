/**
 * What half a million denied networks do to the traffic: the latency of 5,000 requests/s through a real gate while idle and
 * while an import is being followed, and how soon after its end the gate decides by the new list.
 *
 * npm run build && sudo node test/bench/import.bench.mjs [entries]
 *
 * Everything shares the machine: the sender, the responder, the import, Redis, nft and the gate. The worker has priority
 * over what loads, as in the product; the sender and the responder get the same, since they stand for other machines.
 */
import { execFileSync, fork, spawn } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { constants, getPriority, setPriority, tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { privateRedisSocket } from "@sipprot/shared/boot-settings";
import { privateRedisArguments } from "@sipprot/shared/private-redis";
import { openBriefConnection } from "@sipprot/shared/store/redis-connection";
import { changeSettings } from "@sipprot/shared/store/settings-store";
import { ListFile } from "../../control/dist/services/list-file.js";

const entries = Number(process.argv[2] ?? 500_000);
const load = fileURLToPath(new URL("relay-load.mjs", import.meta.url));
const main = fileURLToPath(new URL("../../proxy/dist/main.js", import.meta.url));
const [inside, outside] = ["import-bench-in", "import-bench-out"];
const pbx = { address: "203.0.113.10", port: 5060 };
const IDLE_SECONDS = 8;
const PIECE_BYTES = 64 * 1024;
const stateFolder = mkdtempSync(join(tmpdir(), "import-bench-"));
const children = [];
const ip = (line) => execFileSync("ip", line.split(" "));

/** Starts a program in a namespace; resolves when it says that it is ready. */
function start(program, words, namespace, env, isFirst) {
  const inNamespace = { execPath: "ip", execArgv: ["netns", "exec", namespace, process.execPath] };
  const child = fork(program, words, {
    ...inNamespace,
    env: { ...process.env, ...env },
    stdio: ["ignore", "ignore", 2, "ipc"],
  });
  if (isFirst) setPriority(child.pid, Math.max(constants.priority.PRIORITY_HIGHEST, getPriority() - 7));
  children.push(child);
  return new Promise((resolve, reject) => {
    child.once("message", () => resolve(child));
    child.once("exit", (code) => reject(new Error(`${program} ended with code ${code}`)));
  });
}

function measure(sender, seconds) {
  return new Promise((resolve) => {
    sender.once("message", resolve);
    sender.send({ kind: "pace", to: pbx, seconds });
  });
}

/** The gauge of the gate, or 0 while it does not answer. */
function deniedInForce() {
  const script = `fetch("http://127.0.0.1:8082/metrics").then((a) => a.text()).then((t) => console.log(/list_entries\\{[^}]*deny[^}]*\\} (\\d+)/.exec(t)?.[1] ?? 0)).catch(() => console.log(0))`;
  return Number(execFileSync("ip", ["netns", "exec", inside, process.execPath, "-e", script]).toString());
}

function say(name, { p50, p99, sent, answered }) {
  console.log(`${name.padEnd(22)} p50 ${p50} µs, p99 ${p99} µs, ${answered} of ${sent} answered`);
}

try {
  for (const name of [inside, outside]) {
    ip(`netns add ${name}`);
    ip(`-n ${name} link set lo up`);
  }
  ip(`link add import-b0 netns ${inside} type veth peer name import-b1 netns ${outside}`);
  ip(`-n ${inside} address add ${pbx.address}/24 dev import-b0`);
  ip(`-n ${outside} address add 203.0.113.1/24 dev import-b1`);
  for (let index = 0; index < 200; index += 1) ip(`-n ${outside} address add 198.51.100.${index + 10}/32 dev lo`);
  ip(`-n ${inside} link set import-b0 up`);
  ip(`-n ${outside} link set import-b1 up`);
  ip(`-n ${inside} route add 198.51.100.0/24 via 203.0.113.1`);
  mkdirSync(join(stateFolder, "redis"), { mode: 0o700 });
  children.push(spawn("redis-server", privateRedisArguments(stateFolder), { stdio: "ignore" }));
  while (!existsSync(privateRedisSocket(stateFolder))) await pause(10);
  const redis = await openBriefConnection({ redisUrl: undefined, stateFolder });
  await changeSettings(redis, { floodMessagesPerSecond: 100_000, floodBurstMessages: 1_000_000 }, "bench");

  await start(load, ["responder", pbx.address, String(pbx.port)], inside, {}, true);
  const sender = await start(load, ["sender", "198.51.100"], outside, {}, true);
  const env = { SIPPROT_MODE: "transparent", SIPPROT_PROTECT: `${pbx.address}:5060`, SIPPROT_STATE: stateFolder };
  await start(main, [], inside, { ...env, SIPPROT_WORKERS: "1" }, false);
  await measure(sender, 3);
  const idle = await measure(sender, IDLE_SECONDS);
  say("idle", idle);

  const lines = Array.from(
    { length: entries },
    (_, index) =>
      `${11 + (index % 160)}.${(index >> 3) & 255}.${(index >> 11) & 255}.${(index * 7) & 255},n${index % 977}\r\n`,
  );
  const file = Buffer.from(`IP_ADDRESS,NOTE\r\n${lines.join("")}`);
  const importing = await ListFile.openImport(redis, "deny", { by: "bench", nowMs: Date.now() }, []);
  const startMs = performance.now();
  const whole = (async () => {
    for (let at = 0; at < file.length; at += PIECE_BYTES) await importing.push(file.subarray(at, at + PIECE_BYTES));
    return importing.end();
  })();
  let endMs = 0;
  const ended = whole.then((report) => {
    endMs = performance.now();
    return report;
  });
  const loading = [];
  while (endMs === 0) loading.push(await measure(sender, 2));
  const report = await ended;
  const importedMs = endMs;
  while (deniedInForce() < report.added) await pause(50);
  const followedMs = performance.now() - importedMs;
  loading.sort((one, other) => one.p99 - other.p99);
  say("while loading, median", loading[loading.length >> 1]);
  say("while loading, worst", loading.at(-1));
  const p99 = loading[loading.length >> 1].p99;
  console.log(
    `p99 while loading is ${(p99 / idle.p99).toFixed(2)} times that of idle (median of ${loading.length} times 2 s)`,
  );
  console.log(
    `import of ${report.added} entries: ${((importedMs - startMs) / 1000).toFixed(1)} s; in force in the gate at most ${followedMs.toFixed(0)} ms after its end`,
  );
} finally {
  for (const child of children.reverse()) child.kill("SIGKILL");
  for (const name of [inside, outside]) ip(`netns del ${name}`);
  await pause(200);
  rmSync(stateFolder, { recursive: true, force: true });
  process.exit();
}
