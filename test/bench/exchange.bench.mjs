/**
 * What it costs that one steering takes the place of another, as in every reload: requests lost and their latency, while it is
 * exchanged again and again and while it stands.
 *
 * npm run build && sudo node test/bench/exchange.bench.mjs [requests/s]
 */
import { setTimeout as pause } from "node:timers/promises";
import { startTransparent } from "./between.mjs";
import { runToEnd } from "./left-over.mjs";
import { spreadOf } from "./results.mjs";
import { hostAddresses, layOut, startResponder, startSender } from "./two-ends.mjs";

const ROUND_MS = 10_000;
const ROUNDS = 5;
const BETWEEN_MS = 5;

const perSecond = Number(process.argv[2] ?? 10_000);
await runToEnd(main);

async function main() {
  const { folder, program, inside, outside } = layOut("exchange-bench");
  await startResponder(program, inside, [`${hostAddresses.pbx}:5060`]);
  const sender = await startSender(program, outside, folder);
  const gate = await startTransparent(inside, folder);
  await gate.enter();
  // After so many requests JavaScript is compiled for good.
  await sender.pace(gate.to, perSecond, ROUND_MS);
  const [standing, exchanged] = [[], []];
  let exchanges = 0;
  while (exchanged.length < ROUNDS) {
    standing.push(await sender.pace(gate.to, perSecond, ROUND_MS));
    let isOver = false;
    const exchanging = (async () => {
      for (; !isOver; exchanges += 1) {
        await gate.exchange();
        await pause(BETWEEN_MS);
      }
    })();
    exchanged.push(await sender.pace(gate.to, perSecond, ROUND_MS));
    isOver = true;
    await exchanging;
  }
  await gate.leave();
  say("while it stands", standing);
  const lost = say(`while it is exchanged ${exchanges} times`, exchanged);
  if (lost > 0) throw new Error(`${lost} requests were lost`);
}

/** Prints one line; how many were lost. */
function say(what, rounds) {
  const sum = (count) => rounds.reduce((total, round) => total + count(round), 0);
  const lost = sum(({ sent, answered, late }) => sent - answered - late);
  const { least, median, most } = spreadOf(rounds.map(({ p99 }) => p99));
  const [low, middle, high] = [least, median, most].map((microseconds) => `${(microseconds / 1_000).toFixed(1)}`);
  console.log(`${what}: ${lost} of ${sum(({ sent }) => sent)} lost; p99 ${middle} ms (${low} to ${high})`);
  return lost;
}
