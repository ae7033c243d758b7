/**
 * What an import of denied networks does to the traffic: the latency of requests through a real gate while idle and
 * while the import is being followed, and how soon after its end the gate decides by the new list.
 *
 * npm run build && sudo node test/bench/import.bench.mjs [entries] [requests/s]
 *
 * The two ends of the load have the first processor, as other machines would. All of the installation (the gate's main and
 * its worker, nft, Redis, the import) shares the last one, which is more than an import asks of any machine in use.
 */
import { execFileSync, fork, spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { changeSettings } from "@sipprot/shared/store/settings-store";
import { ListFile } from "../../control/dist/services/list-file.js";
import { endProcess, onEnd, runToEnd } from "./left-over.mjs";
import { startRedis } from "./private-redis.mjs";
import { spreadOf } from "./results.mjs";
import { hostAddresses, layOut, placement, startResponder, startSender } from "./two-ends.mjs";

const ROUND_MS = 1_000;
const IDLE_ROUNDS = 10;
/** After so many requests JavaScript is compiled for good. */
const WARM_UP_MS = 7_000;
/** As the server gets a file. */
const PIECE_BYTES = 64 * 1024;
const GAUGE_EVERY_MS = 20;

const [entries, perSecond] = [process.argv[2] ?? 500_000, process.argv[3] ?? 2_000].map(Number);
await runToEnd(main);

async function main() {
  execFileSync("taskset", ["-apc", String(placement.between), String(process.pid)], { stdio: "ignore" });
  const { folder, program, inside, outside } = layOut("import-bench");
  const { redis } = await startRedis(folder);
  // All load comes from few addresses, and none of it is an attack.
  await changeSettings(
    redis,
    { floodMessagesPerSecond: 100_000, floodBurstMessages: 1_000_000, strangerMessagesPerSecond: 0 },
    "bench",
  );
  const pbx = `${hostAddresses.pbx}:5060`;
  await startResponder(program, inside, [pbx]);
  const sender = await startSender(program, outside, folder);
  await startGate(inside, folder, pbx);
  const whenDenied = openGauge(inside);
  const round = () => sender.pace(pbx, perSecond, ROUND_MS);

  await sender.pace(pbx, perSecond, WARM_UP_MS);
  const idle = [];
  while (idle.length < IDLE_ROUNDS) idle.push(await round());

  const startMs = performance.now();
  let endMs = 0;
  const imported = importList(redis).then((report) => {
    endMs = performance.now();
    return report;
  });
  const loading = [];
  while (endMs === 0) loading.push(await round());
  const { added } = await imported;
  const followedMs = Math.max(0, (await whenDenied(added)) - endMs);

  const [before, meanwhile] = [say("idle", idle), say("while loading", loading)];
  console.log(`p99 while loading is ${(meanwhile / before).toFixed(2)} times that of idle (medians of rounds of 1 s)`);
  console.log(
    `import of ${added} entries: ${((endMs - startMs) / 1000).toFixed(1)} s; in force in the gate at most ${followedMs.toFixed(0)} ms after its end`,
  );
}

async function startGate(space, stateFolder, pbx) {
  const gate = fork(fileURLToPath(new URL("../../proxy/dist/main.js", import.meta.url)), [], {
    execPath: "ip",
    execArgv: ["netns", "exec", space, process.execPath],
    env: {
      ...process.env,
      SIPPROT_MODE: "transparent",
      SIPPROT_PROTECT: pbx,
      SIPPROT_STATE: stateFolder,
      SIPPROT_WORKERS: "1",
    },
    stdio: ["ignore", "ignore", 2, "ipc"],
  });
  onEnd(() => endProcess(gate, "SIGTERM"));
  await new Promise((resolve, reject) => {
    gate.once("message", resolve);
    gate.once("exit", (code) => reject(new Error(`the gate ended with code ${code}`)));
  });
}

async function importList(redis) {
  const lines = Array.from(
    { length: entries },
    (_, index) =>
      `${11 + (index % 160)}.${(index >> 3) & 255}.${(index >> 11) & 255}.${(index * 7) & 255},n${index % 977}\r\n`,
  );
  const file = Buffer.from(`IP_ADDRESS,NOTE\r\n${lines.join("")}`);
  const importing = await ListFile.openImport(redis, "deny", { by: "bench", nowMs: Date.now() }, []);
  for (let at = 0; at < file.length; at += PIECE_BYTES) await importing.push(file.subarray(at, at + PIECE_BYTES));
  return importing.end();
}

/** Somebody who can tell when the gate's gauge of denied networks stands at so many; asks only then, not to be part of the load. */
function openGauge(space) {
  const script = `process.stdin.once("data", (count) => setInterval(() => fetch("http://127.0.0.1:8082/metrics")
    .then((answer) => answer.text())
    .then((text) => Number(/list_entries\\{[^}]*deny[^}]*\\} (\\d+)/.exec(text)?.[1]) >= Number(count) && console.log("there"))
    .catch(() => {}), ${GAUGE_EVERY_MS}))`;
  const child = spawn("ip", ["netns", "exec", space, process.execPath, "-e", script], { stdio: ["pipe", "pipe", 2] });
  onEnd(() => endProcess(child));
  return (count) => {
    child.stdin.write(String(count));
    return new Promise((resolve) => child.stdout.once("data", () => resolve(performance.now())));
  };
}

/** Prints the rounds, and gives the median of their p99. */
function say(name, rounds) {
  const sum = (key) => rounds.reduce((so, round) => so + round[key], 0);
  const p50 = spreadOf(rounds.map((round) => round.p50));
  const p99 = spreadOf(rounds.map((round) => round.p99));
  console.log(
    `${name.padEnd(14)} p50 ${p50.median.toFixed(0)} µs, p99 ${p99.median.toFixed(0)} (${p99.least.toFixed(0)} to ${p99.most.toFixed(0)}) µs, ${sum("answered")} of ${sum("sent")} answered within 100 ms, ${rounds.length} rounds`,
  );
  return p99.median;
}
