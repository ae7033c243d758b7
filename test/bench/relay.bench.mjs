/**
 * The worker under load: requests a second, its CPU a request, the latency that a request with its answer gains.
 *
 * npm run build && node test/bench/relay.bench.mjs relay [seconds] [rounds] [batch,dgram]
 * npm run build && sudo node test/bench/relay.bench.mjs transparent [seconds] [rounds] [batch,dgram]
 *
 * 200 sources send REGISTERs with credentials of about 700 bytes: one each at a time, then 5,000 a second together. A
 * plain responder answers 200. Relay mode runs over loopback; transparent mode in two namespaces of its own, with the
 * kernel's steering in force. Each kind of input and output has its turn in each round, in a worker of its own; told are
 * medians with the lowest and the highest. Three processes share the machine: with less than three cores the CPU figure
 * says more than the requests a second.
 */
import { readFileSync } from "node:fs";
import { closeStage, openStage, startGate, stopGate } from "./relay-stage.mjs";

/** /proc/PID/stat counts in hundredths of a second on every Linux that matters. */
const TICKS_A_SECOND = 100;
/** After so many requests the worker's code is compiled for good. */
const WARM_UP_REQUESTS = 60_000;
const MAX_WARM_UP_SECONDS = 15;

const [mode = "relay", secondsText = "5", roundsText = "5", kindsText = "batch,dgram"] = process.argv.slice(2);
const seconds = Number(secondsText);
const rounds = Number(roundsText);
const kinds = kindsText.split(",");

try {
  await run(await openStage(mode));
} finally {
  await closeStage();
}

async function run(stage) {
  const { pbx, measure } = stage;
  await measure("saturate", pbx, 1);
  const seen = { none: [], ...Object.fromEntries(kinds.map((kind) => [kind, []])) };
  for (let round = 0; round < rounds; round += 1) {
    seen.none.push({
      perSecond: (await measure("saturate", pbx, seconds)).perSecond,
      paced: await measure("pace", pbx, seconds),
    });
    for (const kind of kinds) {
      const result = await measureGate(stage, kind);
      seen[kind].push(result);
      console.log(`round ${round + 1}, ${kind}: ${result.microseconds.toFixed(1)} µs, p50 ${result.paced.p50} µs`);
    }
  }

  console.log(`${mode} mode, 200 sources, ${rounds} rounds, median (lowest to highest)`);
  for (const [kind, results] of Object.entries(seen)) {
    console.log(kind === "none" ? "without the gate" : `through the gate, ${kind}`);
    console.log(`  one request each at a time: ${spread(results.map((one) => one.perSecond))} requests/s answered`);
    if (kind !== "none") {
      const microseconds = spread(
        results.map((one) => one.microseconds),
        1,
      );
      const core = spread(results.map((one) => 1e6 / one.microseconds));
      console.log(`  CPU of the worker: ${microseconds} µs a request with its answer: ${core} requests/s a core`);
      console.log(
        `  worker: ${spread(results.map((one) => one.memoryBytes / 1e6))} MB, receive buffer ${results[0].receiveBufferBytes} bytes`,
      );
    }
    const paced = results.map((one) => one.paced);
    console.log(
      `  5,000 a second: p50 ${spread(paced.map((one) => one.p50))} µs, p99 ${spread(paced.map((one) => one.p99))} µs, ${paced.reduce((sum, one) => sum + one.sent - one.answered, 0)} lost`,
    );
  }
}

/** One worker of a kind, from its start to its end. */
async function measureGate(stage, io) {
  const { through, measure } = stage;
  const gate = await startGate(stage, io);
  const { child, counted } = gate;
  // By number, not by time: on a busy machine the compiler needs longer for the same code.
  for (let turn = 0; turn < MAX_WARM_UP_SECONDS && counted.judged < WARM_UP_REQUESTS; turn += 1) {
    await measure("saturate", through, 1);
  }
  await settle();
  const [cpuBefore, judgedBefore] = [cpuSeconds(child.pid), counted.judged];
  const { perSecond } = await measure("saturate", through, seconds);
  await settle();
  const microseconds = ((cpuSeconds(child.pid) - cpuBefore) / (counted.judged - judgedBefore)) * 1e6;
  const paced = await measure("pace", through, seconds);
  await stopGate(stage, gate);
  const { memoryBytes, receiveBufferBytes } = counted.last;
  return { perSecond, microseconds, paced, memoryBytes, receiveBufferBytes };
}

/** Median, lowest and highest. */
function spread(numbers, digits = 0) {
  const sorted = [...numbers].sort((one, other) => one - other);
  const text = (number) => number.toFixed(digits);
  return `${text(sorted[Math.floor(sorted.length / 2)])} (${text(sorted[0])} to ${text(sorted.at(-1))})`;
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
