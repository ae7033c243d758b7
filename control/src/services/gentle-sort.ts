/** Sorts half a million rows without keeping the process from its other work for longer than a few milliseconds. */
import { setImmediate as turn } from "node:timers/promises";

/** Rows sorted, or merged, before others have their turn: about 10 ms. */
const RUN = 16_384;

export type Compare<Row> = (one: Row, other: Row) => number;

/** A sorted copy; rows that compare equal keep their order. */
export async function sortGently<Row>(rows: readonly Row[], compare: Compare<Row>): Promise<Row[]> {
  let runs: Row[][] = [];
  for (let start = 0; start < rows.length; start += RUN) {
    runs.push(rows.slice(start, start + RUN).sort(compare));
    await turn();
  }
  while (runs.length > 1) {
    const merged: Row[][] = [];
    for (let index = 0; index < runs.length; index += 2) {
      const one = runs[index] ?? [];
      const other = runs[index + 1];
      merged.push(other === undefined ? one : await mergeGently(one, other, compare));
    }
    runs = merged;
  }
  return runs[0] ?? [];
}

async function mergeGently<Row>(one: readonly Row[], other: readonly Row[], compare: Compare<Row>): Promise<Row[]> {
  const merged: Row[] = [];
  let left = 0;
  let right = 0;
  while (left < one.length || right < other.length) {
    const end = merged.length + 2 * RUN;
    while (merged.length < end) {
      const first = one[left];
      const second = other[right];
      if (first !== undefined && (second === undefined || compare(first, second) <= 0)) {
        merged.push(first);
        left += 1;
      } else if (second !== undefined) {
        merged.push(second);
        right += 1;
      } else break;
    }
    await turn();
  }
  return merged;
}

/** A sorted copy without some rows and with others; `compare` tells all rows apart. Costs one copy and a search for each. */
export function replaceSorted<Row>(
  sorted: readonly Row[],
  removed: readonly Row[],
  added: readonly Row[],
  compare: Compare<Row>,
): Row[] {
  const gone = removed.map((row) => findPlace(sorted, row, compare)).sort((one, other) => one - other);
  const coming = [...added].sort(compare);
  const places = coming.map((row) => findPlace(sorted, row, compare));
  const result: Row[] = [];
  let at = 0;
  let nextGone = 0;
  const copyTo = (end: number) => {
    for (; at < end; at += 1) {
      if (gone[nextGone] === at) nextGone += 1;
      else result.push(sorted[at] as Row);
    }
  };
  for (const [index, row] of coming.entries()) {
    copyTo(places[index] ?? sorted.length);
    result.push(row);
  }
  copyTo(sorted.length);
  return result;
}

/** Index of the first row that is not before this one. */
function findPlace<Row>(sorted: readonly Row[], row: Row, compare: Compare<Row>): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (compare(sorted[middle] as Row, row) < 0) low = middle + 1;
    else high = middle;
  }
  return low;
}
