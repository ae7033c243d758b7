/**
 * Side by side: no proxy, sipprot transparent, sipprot in relay mode, Kamailio. Throughput, latency, processor time.
 *
 * npm run build && sudo node test/bench/side.bench.mjs [--turns 5] [--only "no proxy,Kamailio"] [--out FILE.json]
 *
 * 5,000 sources send REGISTERs with credentials of about 700 bytes, a stand-in of the PBX answers 200. Load and answers come
 * from one processor, what stands between has the other to itself. All are started once and have their turns one after
 * another; told are medians over the turns with the lowest and the highest.
 */
import { setTimeout as pause } from "node:timers/promises";
import { parseArgs } from "node:util";
import { nothing, processorTime, startKamailio, startRelay, startTransparent } from "./between.mjs";
import { runToEnd } from "./left-over.mjs";
import { writeCountryFile } from "./peers/country-file.mjs";
import { findMissingPeer } from "./peers/present.mjs";
import { spreadOf, writeResults } from "./results.mjs";
import { hostAddresses, innerPbx, layOut, placement, startResponder, startSender } from "./two-ends.mjs";

const RATES = [2_000, 10_000, 20_000];
const PACE_MS = 800;
const TRIAL_MS = 800;
/** After so many requests JavaScript is compiled for good; nothing else has to be. */
const WARM_UP = { perSecond: 8_000, milliseconds: 7_000 };
const SETTLE_WITHIN_MS = 3_000;
const MAX_LOSS = 0.001;
/** Where the search for the highest rate begins, and how finely it ends. */
const FIRST_RATE = 16_000;
const FIRST_STEP = 1.4;
const LAST_STEP = 1.06;
const MAX_RATE = 150_000;

const { values: asked } = parseArgs({
  options: { turns: { type: "string", default: "5" }, only: { type: "string" }, out: { type: "string" } },
});
const turns = Number(asked.turns);
const only = asked.only?.split(",");
const notes = [];
await runToEnd(main);

async function main() {
  const { folder, program, inside, outside } = layOut("side-bench");
  await startResponder(program, inside, [`${hostAddresses.pbx}:5060`, innerPbx]);
  const sender = await startSender(program, outside, folder);
  const systems = await startSystems(inside, folder);
  for (const { name, system } of systems) {
    await system.enter();
    await sender.pace(system.to, WARM_UP.perSecond, name.startsWith("sipprot") ? WARM_UP.milliseconds : 500);
    await settle(system, sender);
    await system.leave();
  }
  for (let turn = 0; turn < turns; turn += 1) {
    for (const one of systems) {
      await one.system.enter();
      await takeTurn(one, sender);
      await one.system.leave();
      console.log(`turn ${turn + 1}, ${one.name}: ${JSON.stringify(one.seen.at(-1))}`);
    }
  }
  await report(systems);
}

async function startSystems(inside, folder) {
  const countryFile = `${folder}/country.mmdb`;
  const kamailio = (choices) => () => startKamailio(inside, folder, countryFile, choices);
  const starts = {
    "no proxy": nothing,
    "sipprot transparent": () => startTransparent(inside, folder),
    "sipprot relay": () => startRelay(inside),
    Kamailio: kamailio({ address: hostAddresses.kamailio }),
    "Kamailio, 4 children": kamailio({ address: hostAddresses.kamailioFour, children: 4 }),
    "Kamailio, forward only": kamailio({ address: hostAddresses.bare, isBare: true }),
  };
  const missing = findMissingPeer("kamailio");
  if (missing === undefined) writeCountryFile(countryFile);
  notes.push(...[missing, findMissingPeer("opensips")].filter((note) => note !== undefined));
  const wanted = Object.entries(starts).filter(
    ([name]) => (only?.includes(name) ?? true) && !(missing !== undefined && name.startsWith("Kamailio")),
  );
  const systems = [];
  for (const [name, start] of wanted) systems.push({ name, system: await start(), seen: [], capacity: FIRST_RATE });
  return systems;
}

/** The given rates, then the highest one. */
async function takeTurn(one, sender) {
  const { system } = one;
  const seen = { paced: {} };
  for (const rate of RATES) {
    const before = processorTime(system.pids());
    const { p50, p99, p999, sent, answered } = await sender.pace(system.to, rate, PACE_MS);
    await pause(20);
    const between = processorTime(system.pids()) - before;
    // What was lost cost less: the time of a request is told only where none was.
    const microseconds = sent - answered > sent * MAX_LOSS ? undefined : between / 1_000 / sent;
    seen.paced[rate] = { p50, p99, p999, sent, answered, microseconds };
    await settle(system, sender);
  }
  seen.capacity = await findCapacity(one, sender);
  one.capacity = seen.capacity;
  one.seen.push(seen);
}

/** The highest rate with at most one request in a thousand unanswered within 100 ms: steps that grow finer. */
async function findCapacity(one, sender) {
  const isFine = async (rate) => {
    const { sent, answered, perSecond } = await sender.pace(one.system.to, rate, TRIAL_MS);
    await settle(one.system, sender);
    // A sender that cannot keep the pace has shown nothing about this rate.
    return perSecond > rate * 0.97 && sent - answered <= sent * MAX_LOSS;
  };
  let rate = one.capacity;
  let best = 0;
  let step = one.seen.length === 0 ? FIRST_STEP : LAST_STEP ** 2;
  let isRising;
  for (let trial = 0; trial < (one.seen.length === 0 ? 10 : 4) && step >= LAST_STEP; trial += 1) {
    const fine = await isFine(rate);
    if (fine) best = Math.max(best, rate);
    isRising ??= fine;
    if (fine !== isRising) step = Math.sqrt(step);
    isRising = fine;
    rate = Math.min(MAX_RATE, fine ? rate * step : rate / step);
  }
  return Math.round(best);
}

/** Waits until what is left in queues has passed: the next measurement begins with empty ones. */
async function settle(system, sender) {
  const endMs = performance.now() + SETTLE_WITHIN_MS;
  while (performance.now() < endMs) {
    const { sent, answered } = await sender.pace(system.to, 200, 50);
    if (answered === sent) return;
  }
}

async function report(systems) {
  const rows = systems.map(({ name, seen }) => ({
    name,
    capacity: spreadOf(seen.map((turn) => turn.capacity)),
    ...Object.fromEntries(
      RATES.map((rate) => {
        const all = seen.map((turn) => turn.paced[rate]);
        const figure = (key) => spreadOf(all.map((paced) => paced[key]).filter((value) => value !== undefined));
        const lost = all.reduce((sum, { sent, answered }) => sum + sent - answered, 0);
        const sent = all.reduce((sum, paced) => sum + paced.sent, 0);
        return [
          rate,
          {
            p50: figure("p50"),
            p99: figure("p99"),
            p999: figure("p999"),
            microseconds: figure("microseconds"),
            lost,
            sent,
          },
        ];
      }),
    ),
  }));
  writeResults("side", { turns, placement, rates: RATES, rows, notes }, asked.out);
}
