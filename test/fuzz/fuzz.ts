/**
 * Runs a target for a time: half of the inputs by its grammar, half by mutation. What breaks an invariant is kept under
 * `crashes/`, and what is kept there is tried first in each run from then on.
 */
import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { mutate } from "./mutate.ts";
import { randomFrom } from "./random.ts";
import type { Target } from "./target.ts";

/** Of the processor's time. A hang, not a slow machine: quadratic behaviour on the largest message takes longer. */
const MAX_MS = 5000;
const crashFolder = fileURLToPath(new URL("crashes/", import.meta.url));

export interface FuzzRun {
  readonly target: string;
  readonly seed: number;
  readonly inputs: number;
  readonly slowestMs: number;
}

/** Tries what once broke the target. */
export async function replay(target: Target): Promise<number> {
  const names = readdirSync(crashFolder).filter((name) => name.startsWith(`${target.name}-`));
  for (const name of names) await target.check(readFileSync(crashFolder + name));
  return names.length;
}

/** Fuzzes for so long. Throws at the first input that breaks an invariant, naming the file it is kept in. */
export async function fuzz(target: Target, forMs: number, seed: number): Promise<FuzzRun> {
  const random = randomFrom(seed);
  const endMs = performance.now() + forMs;
  let inputs = 0;
  let slowestMs = 0;
  for (; performance.now() < endMs; inputs += 1) {
    const made = target.make !== undefined && random(2) === 0 ? target.make(random) : undefined;
    // What the grammar made is broken now and then as well.
    const bytes =
      made === undefined || random(3) === 0 ? mutate(random, made === undefined ? target.seeds : [made]) : made;
    slowestMs = Math.max(slowestMs, await tryOut(target, bytes));
  }
  return { target: target.name, seed, inputs, slowestMs };
}

async function tryOut(target: Target, bytes: Buffer): Promise<number> {
  const start = process.cpuUsage();
  try {
    await target.check(bytes);
    const { user, system } = process.cpuUsage(start);
    const tookMs = (user + system) / 1000;
    if (tookMs > MAX_MS) throw new Error(`took ${Math.round(tookMs)} ms`);
    return tookMs;
  } catch (error) {
    mkdirSync(crashFolder, { recursive: true });
    const file = `${target.name}-${createHash("sha256").update(bytes).digest("hex").slice(0, 16)}.dat`;
    writeFileSync(crashFolder + file, bytes);
    throw new Error(`${(error as Error).message}: see test/fuzz/crashes/${file}`, { cause: error });
  }
}
