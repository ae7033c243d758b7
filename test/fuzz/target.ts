/** What a fuzzer needs of a part: input to begin with, input of its own making, and what must hold for any bytes at all. */
import type { Random } from "./random.ts";

export interface Target {
  readonly name: string;
  readonly seeds: readonly Buffer[];
  /** Input made by the part's own grammar. */
  readonly make?: (random: Random) => Buffer;
  /** Throws when one of its invariants does not hold for these bytes. */
  readonly check: (bytes: Buffer) => void | Promise<void>;
}

/** Cuts for pieces, drawn from the bytes themselves, so that kept bytes are cut the same way again. */
export function cutsOf(bytes: Buffer): number[] {
  let state = bytes.length + 1;
  for (const byte of bytes.subarray(0, 64)) state = (state * 31 + byte) % 65_521;
  const cuts: number[] = [];
  for (let at = 1 + (state % 7); at < bytes.length; at += 1 + (state % 97)) {
    cuts.push(at);
    state = (state * 31 + 7) % 65_521;
  }
  return cuts;
}

/** The pieces of the bytes between the cuts. */
export function piecesOf(bytes: Buffer, cuts: readonly number[]): Buffer[] {
  return [0, ...cuts].map((start, index) => bytes.subarray(start, cuts[index] ?? bytes.length));
}
