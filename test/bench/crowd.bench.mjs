/**
 * What thousands of TCP connections that say nothing do to phones over UDP: the latency of their requests through a worker
 * that has a processor to itself, before, while the connections are opened, and until the worker has ended most of them.
 *
 * npm run build && sudo node test/bench/crowd.bench.mjs [connections] [requests/s] [--worker-flag FLAG]
 *
 * The crowd shares the first processor with the two ends of the load, which go before it. The worker's own threads (V8's
 * compiler and collector) share the other one with it, with the precedence that the product gives it.
 */
import { execFileSync, spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { putAhead } from "../../proxy/dist/precedence.js";
import { startTransparent } from "./between.mjs";
import { endProcess, onEnd, runToEnd } from "./left-over.mjs";
import { spreadOf } from "./results.mjs";
import { hostAddresses, layOut, placement, startResponder, startSender } from "./two-ends.mjs";

const ROUND_MS = 500;
const IDLE_ROUNDS = 10;
const PHONES = 200;
/** After so many requests JavaScript is compiled for good. */
const WARM_UP_MS = 7_000;
/** The worker ends silent connections after 5 s while there are so many of them, and after 30 s when there are fewer. */
const MANY = 1_000;
/** A phase takes no longer. */
const PHASE_MS = 30_000;
const crowdProgram = fileURLToPath(new URL("../lab/agent/crowd.mjs", import.meta.url));

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { "worker-flag": { type: "string", multiple: true, default: [] } },
});
const [connections, perSecond] = [positionals[0] ?? 10_000, positionals[1] ?? 1_000].map(Number);
await runToEnd(main);

async function main() {
  const { folder, program, inside, outside } = layOut("crowd-bench", ["192.0.2.0/24"]);
  const pbx = `${hostAddresses.pbx}:5060`;
  await startResponder(program, inside, [pbx]);
  const sender = await startSender(program, outside, folder, { count: PHONES });
  const choices = { protocols: ["udp", "tcp"], flags: values["worker-flag"] };
  const gate = await startTransparent(inside, folder, choices);
  for (const pid of gate.pids()) precede(pid);
  await gate.enter();
  await sender.pace(pbx, perSecond, WARM_UP_MS);
  const before = [];
  while (before.length < IDLE_ROUNDS) before.push(await sender.pace(pbx, perSecond, ROUND_MS));
  const crowd = gather(outside);
  const opening = await roundsUntil(() => crowd.state !== undefined);
  const ending = await roundsUntil(() => crowd.state.stillOpen < MANY);
  say("before", before);
  say("while they open", opening);
  say("while they are ended", ending);
  const { opened, refused, closed } = crowd.state;
  console.log(`${opened} connections opened, ${refused} refused, ${closed} ended by the worker`);

  async function roundsUntil(isOver) {
    const rounds = [];
    const endMs = performance.now() + PHASE_MS;
    while (!isOver()) {
      if (crowd.isGone || performance.now() > endMs)
        throw new Error(`the crowd stands at ${JSON.stringify(crowd.state)}`);
      rounds.push(await sender.pace(pbx, perSecond, ROUND_MS));
    }
    return rounds;
  }
}

/** Takes a worker's threads out of the order in turns that the benchmarks give them, and puts it where the product does. */
function precede(pid) {
  execFileSync("chrt", ["--all-tasks", "--other", "--pid", "0", String(pid)]);
  putAhead(pid);
}

/** The crowd; `state` is what it said last. */
function gather(space) {
  const orders = {
    addresses: Array.from({ length: 40 }, (_, index) => `192.0.2.${60 + index}`),
    server: { address: hostAddresses.pbx, port: 5_060 },
    connections,
  };
  const words = ["netns", "exec", space, "taskset", "-c", String(placement.ends), process.execPath, crowdProgram];
  const child = spawn("ip", [...words, JSON.stringify(orders)], { stdio: ["ignore", "pipe", "inherit"] });
  onEnd(() => endProcess(child));
  const crowd = { state: undefined, isGone: false };
  child.once("exit", () => {
    crowd.isGone = true;
  });
  createInterface({ input: child.stdout }).on("line", (line) => {
    crowd.state = JSON.parse(line);
  });
  return crowd;
}

/** Prints the rounds of one phase. */
function say(name, rounds) {
  const sum = (key) => rounds.reduce((so, round) => so + round[key], 0);
  const [p50, p99] = ["p50", "p99"].map((key) => spreadOf(rounds.map((round) => round[key] / 1_000)));
  const spread = ({ median, least, most }) => `${median.toFixed(1)} (${least.toFixed(1)} to ${most.toFixed(1)}) ms`;
  console.log(
    `${name.padEnd(21)} p50 ${spread(p50)}, p99 ${spread(p99)}, ${sum("answered")} of ${sum("sent")} answered within 100 ms, ${rounds.length} rounds of ${ROUND_MS} ms`,
  );
}
