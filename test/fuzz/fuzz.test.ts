/** Every part that reads what others wrote, fuzzed: ten seconds in all, or FUZZ_MINUTES of them (`npm run fuzz`). */
import { describe, expect, it } from "vitest";
import { csvTarget, databaseTarget, inputTarget } from "./file-targets.ts";
import { fuzz, replay } from "./fuzz.ts";
import { decideTarget, framingTarget, readerTarget } from "./sip-targets.ts";

const environment: { readonly FUZZ_MINUTES?: string; readonly FUZZ_SEED?: string } = process.env;
const targets = [readerTarget, framingTarget, decideTarget, csvTarget, databaseTarget, inputTarget];
const TEN_SECONDS_MS = 10_000;
const minutes = Number(environment.FUZZ_MINUTES ?? 0);
const eachMs = (minutes > 0 ? minutes * 60_000 : TEN_SECONDS_MS) / targets.length;
/** Set FUZZ_SEED to the number printed to have the same inputs again. */
const seed = Number(environment.FUZZ_SEED ?? 1 + (Date.now() % 1_000_000));
/** After so much of the run the memory must have found its size; from then on it may grow by so much. */
const SETTLED_SHARE = 0.3;
const MAX_GROWTH_BYTES = 64 << 20;

describe.each(targets)("$name", (target) => {
  it("does not break again on what once broke it", async () => {
    expect(await replay(target)).toBeGreaterThanOrEqual(0);
  });

  it(
    "keeps its invariants, whatever comes, in bounded memory",
    async () => {
      const first = await fuzz(target, eachMs * SETTLED_SHARE, seed);
      const before = process.memoryUsage();
      const { inputs, slowestMs } = await fuzz(target, eachMs * (1 - SETTLED_SHARE), seed + 1);
      const after = process.memoryUsage();
      const all = first.inputs + inputs;
      console.log(`| ${target.name} | ${all} | ${seed} | ${Math.max(first.slowestMs, slowestMs).toFixed(1)} |`);
      expect(all).toBeGreaterThan(50);
      const growth = after.external + after.arrayBuffers - before.external - before.arrayBuffers;
      expect(growth).toBeLessThan(MAX_GROWTH_BYTES);
    },
    eachMs + 60_000,
  );
});
