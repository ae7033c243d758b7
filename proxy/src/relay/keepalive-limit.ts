/** Keepalives are no messages, so the policy does not see them; this keeps them from becoming a flood of their own. */
import type { Tally } from "./tally.ts";

/** Sources share this many cells: 128 KiB. Two in one cell share its limit, which no honest pair reaches. */
const CELLS = 65_536;
/** 300 phones behind one address that send one each 15 s make 20 a second; ten times that is a flood. */
export const MAX_KEEPALIVES_A_SECOND = 200;

/** Counts keepalives by source, second by second. */
export class KeepaliveLimit {
  readonly #tally: Tally;
  readonly #counts = new Uint16Array(CELLS);
  #second = 0;

  constructor(tally: Tally) {
    this.#tally = tally;
  }

  /** True when this keepalive may go on; counts it either way. */
  admits(address: string, atMs: number): boolean {
    const second = Math.trunc(atMs / 1000);
    if (second !== this.#second) {
      this.#second = second;
      this.#counts.fill(0);
    }
    const cell = cellOf(address);
    const count = this.#counts[cell] ?? 0;
    if (count >= MAX_KEEPALIVES_A_SECOND) {
      this.#tally.sums.guarded += 1;
      return false;
    }
    this.#counts[cell] = count + 1;
    this.#tally.sums.keepalives += 1;
    return true;
  }
}

/** FNV-1a over the characters, folded to a cell. */
function cellOf(address: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < address.length; index += 1) {
    hash = Math.imul(hash ^ address.charCodeAt(index), 0x01000193);
  }
  return (hash ^ (hash >>> 16)) & (CELLS - 1);
}
