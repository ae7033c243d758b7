/** Sorts half a million rows without keeping the process from its other work for longer than a few milliseconds. */
import { setImmediate as turn } from "node:timers/promises";

/** Rows sorted, or merged, before others have their turn: about 10 ms. */
const RUN = 16_384;

export type Compare<Row> = (one: Row, other: Row) => number;

/** The order of texts, or of numbers; most are equal to their neighbour. */
export function compareValues(one: string | number, other: string | number): number {
  return one === other ? 0 : one < other ? -1 : 1;
}

/** A copy sorted by a value; rows of the same value keep their order. Only the different values are compared. */
export async function sortGently<Row, Value extends string | number>(
  rows: readonly Row[],
  valueIn: (row: Row) => Value,
): Promise<Row[]> {
  const groups = new Map<Value, Row[]>();
  for (let start = 0; start < rows.length; start += RUN) {
    for (const row of rows.slice(start, start + RUN)) {
      const value = valueIn(row);
      const group = groups.get(value);
      if (group === undefined) groups.set(value, [row]);
      else group.push(row);
    }
    await turn();
  }
  const sorted: Row[] = [];
  for (const value of await sortValues([...groups.keys()])) {
    for (const row of groups.get(value) ?? []) sorted.push(row);
  }
  return sorted;
}

async function sortValues<Value extends string | number>(values: readonly Value[]): Promise<Value[]> {
  let runs: Value[][] = [];
  for (let start = 0; start < values.length; start += RUN) {
    runs.push(values.slice(start, start + RUN).sort(compareValues));
    await turn();
  }
  while (runs.length > 1) {
    const merged: Value[][] = [];
    for (let index = 0; index < runs.length; index += 2) {
      const one = runs[index] ?? [];
      const other = runs[index + 1];
      merged.push(other === undefined ? one : await mergeGently(one, other, compareValues));
    }
    runs = merged;
  }
  return runs[0] ?? [];
}

/** A sorted copy without some rows and with others, however many; `compare` tells all rows apart, `added` is sorted. */
export async function replaceGently<Row>(
  sorted: readonly Row[],
  removed: ReadonlySet<Row>,
  added: readonly Row[],
  compare: Compare<Row>,
): Promise<Row[]> {
  if (removed.size === 0) return mergeGently(sorted, added, compare);
  const kept: Row[] = [];
  for (let start = 0; start < sorted.length; start += 4 * RUN) {
    for (const row of sorted.slice(start, start + 4 * RUN)) if (!removed.has(row)) kept.push(row);
    await turn();
  }
  return mergeGently(kept, added, compare);
}

/** Equal rows of the first come first. Looks ahead in leaps: a few rows into many cost little more than the copy. */
async function mergeGently<Row>(many: readonly Row[], few: readonly Row[], compare: Compare<Row>): Promise<Row[]> {
  // Of its size from the start: growing half a million places again and again costs more than the merge.
  const merged = new Array<Row>(many.length + few.length);
  let at = 0;
  let end = 0;
  let turnAt = 4 * RUN;
  for (const row of few) {
    const place = leapTo(many, row, at, compare);
    while (at < place) merged[end++] = many[at++] as Row;
    merged[end++] = row;
    if (end < turnAt) continue;
    turnAt = end + 4 * RUN;
    await turn();
  }
  while (at < many.length) merged[end++] = many[at++] as Row;
  await turn();
  return merged;
}

/** Index of the first row behind this one, from a place on that is not behind it. */
function leapTo<Row>(sorted: readonly Row[], row: Row, from: number, compare: Compare<Row>): number {
  let low = from;
  let leap = 1;
  while (low + leap <= sorted.length && compare(sorted[low + leap - 1] as Row, row) <= 0) {
    low += leap;
    leap *= 2;
  }
  let high = Math.min(sorted.length, low + leap - 1);
  while (low < high) {
    const middle = (low + high) >> 1;
    if (compare(sorted[middle] as Row, row) <= 0) low = middle + 1;
    else high = middle;
  }
  return low;
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
