/**
 * Mixed traffic for SOAK_MINUTES: phones, scanners, an attacker's best effort against memory, reloads, Redis killed and
 * started. Memory and latency stay flat, no descriptor is leaked, the counters add up to the last message.
 */
import { changeSettings } from "@sipprot/shared/store/settings-store";
import { afterAll, beforeAll, expect, it } from "vitest";
import { FaultStage } from "../lab/fault-stage.ts";
import { readMetrics } from "../lab/health.ts";
import { InventiveAttacker } from "../lab/inventive-attacker.ts";
import type { Round } from "../lab/steady-load.ts";
import { pause } from "../lab/until.ts";
import { describeMachine, writeBetween } from "./record.mjs";
import { growthOf, median, type Sample, takeSample } from "./samples.ts";

const environment: { readonly SOAK_MINUTES?: string } = process.env;
const minutes = Number(environment.SOAK_MINUTES ?? 60);

const PHONES_PER_SECOND = 300;
const ATTACKS_PER_SECOND = 300;
const SAMPLE_EVERY_MS = 5000;
/** Reloads and deaths of Redis come in turn. */
const DISTURB_EVERY_MS = 90_000;
const MAX_GROWTH = 0.1;

let stage: FaultStage;
let attacker: InventiveAttacker;
const samples: Sample[] = [];
const rounds: Round[] = [];
let reloads = 0;
/** Those that took longer than 90 s. */
let slowReloads = 0;
let redisDeaths = 0;

beforeAll(async () => {
  stage = await FaultStage.open();
  attacker = await InventiveAttacker.start(stage.site, stage.host.address, ATTACKS_PER_SECOND);
});
afterAll(async () => {
  await attacker?.stop();
  await stage?.close();
});

async function disturb(): Promise<void> {
  if (reloads > redisDeaths) {
    await stage.site.redis.kill();
    await pause(3000);
    await stage.startRedis();
    redisDeaths += 1;
  } else {
    // On a machine that is busy with other things it may take its time; it is counted, and no reason to stop.
    await stage.host.reload().catch(() => {
      slowReloads += 1;
    });
    reloads += 1;
  }
}

async function soak(endMs: number): Promise<void> {
  const startMs = performance.now();
  let disturbedMs = startMs;
  while (performance.now() < endMs) {
    await pause(SAMPLE_EVERY_MS);
    const sample = await takeSample(stage.host, Math.round((performance.now() - startMs) / 1000));
    if (sample !== undefined) samples.push(sample);
    if (performance.now() - disturbedMs < DISTURB_EVERY_MS) continue;
    disturbedMs = performance.now();
    await disturb();
  }
}

/** What has come and what has gone out, of all kinds, as the proxy counts it. */
async function readCounts() {
  const metrics = await readMetrics(stage.host.space);
  const sum = (...labels: string[]) => {
    const matching = [...metrics].filter(([name]) => labels.every((label) => name.includes(label)));
    return matching.reduce((total, [, count]) => total + count, 0);
  };
  const all = "sipprot_messages_total{";
  return {
    passed: sum(all, 'direction="in"', 'verdict="pass"'),
    refused: sum(all, 'direction="in"', 'verdict="drop"'),
    answers: sum(all, 'direction="out"'),
    overflowed: sum("sipprot_receive_buffer_drops_total"),
  };
}

it(
  `stays flat for ${minutes} minutes, and every message is counted`,
  async () => {
    // Longer than the soak: in the end the scanner is still to be blocked.
    await changeSettings(stage.redis, { dynamicBlockSeconds: 86_400 }, "soak");
    const scanner = await stage.blockScanner();
    const endMs = performance.now() + minutes * 60_000;
    const options = { rate: PHONES_PER_SECOND, roundSeconds: 10, onRound: (round: Round) => rounds.push(round) };
    const { sent, answered } = await stage.load.during(stage.host, () => soak(endMs), options);
    const attacked = await attacker.end();
    await pause(3000);
    await stage.allWell();
    const counts = await readCounts();
    const atPbx = await stage.host.countRequests();
    const third = Math.floor(samples.length / 3);
    const descriptors = [samples.slice(third, -third), samples.slice(-third)].map((part) =>
      Math.max(...part.map(({ mainDescriptors }) => mainDescriptors)),
    );
    const lives = [...new Set(samples.map(({ workerPid }) => workerPid))].map((pid) =>
      Math.max(...samples.filter(({ workerPid }) => workerPid === pid).map(({ workerBytes }) => workerBytes)),
    );
    const growth = {
      main: growthOf(samples.map(({ mainBytes }) => mainBytes)),
      worker: growthOf(lives),
      latency: growthOf(rounds.map(({ p50 }) => p50)),
    };
    const megabytes = (bytes: number) => `${Math.round(bytes / 1e6)} MB`;
    const percent = (share: number) => `${(100 * share).toFixed(1)} %`;
    const rows: ReadonlyArray<readonly [string, string]> = [
      ["when, where", `${new Date().toISOString().slice(0, 10)}, ${describeMachine()}`],
      ["asked for", `${minutes} minutes`],
      ["phones' requests, answered", `${sent}, ${answered}`],
      ["the attacker's datagrams, connections", `${attacked.datagrams}, ${attacked.connections}`],
      ["counted by the proxy: passed, refused", `${counts.passed}, ${counts.refused}`],
      ["counted by the PBX", String(atPbx)],
      ["lost in full socket buffers", String(counts.overflowed)],
      ["reloads (longer than 90 s), deaths of Redis", `${reloads} (${slowReloads}), ${redisDeaths}`],
      [
        "memory of main: median of the last third",
        megabytes(median(samples.slice(-third).map((one) => one.mainBytes))),
      ],
      ["its growth against the second third", percent(growth.main)],
      ["most memory of a worker's life", megabytes(Math.max(...lives))],
      ["growth over the lives", percent(growth.worker)],
      [
        "time to the answer: median, p99 (median of the rounds)",
        `${median(rounds.map(({ p50 }) => p50))} µs, ${median(rounds.map(({ p99 }) => p99))} µs`,
      ],
      ["growth of the median time", percent(growth.latency)],
      ["descriptors of main: most in the second third, in the last", descriptors.join(", ")],
    ];
    await writeBetween("soak", rows);
    expect(answered).toBe(sent);
    expect(await scanner.isAnswered(stage.host)).toBe(false);
    expect(counts.passed).toBe(atPbx);
    expect(growth.main).toBeLessThan(MAX_GROWTH);
    expect(growth.worker).toBeLessThan(MAX_GROWTH);
    expect(descriptors[1]).toBeLessThanOrEqual((descriptors[0] ?? 0) + 2);
  },
  (minutes + 10) * 60_000,
);
