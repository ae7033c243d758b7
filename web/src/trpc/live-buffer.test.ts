import { expect, it } from "vitest";
import { LiveBuffer } from "./live-buffer.ts";

const numbers = (from: number, to: number) => Array.from({ length: to - from }, (_, index) => from + index);
const items = (buffer: LiveBuffer<number>) => buffer.read().items.map(({ item }) => item);

it("shows the newest first", () => {
  const buffer = new LiveBuffer<number>(10);
  buffer.push([1, 2]);
  buffer.push([3]);
  expect(items(buffer)).toEqual([3, 2, 1]);
});

it("keeps the newest of its limit, however many come between two looks", () => {
  const buffer = new LiveBuffer<number>(5);
  for (const number of numbers(0, 10_000)) buffer.push([number]);
  expect(buffer.waiting).toBe(10_000);
  expect(items(buffer)).toEqual([9999, 9998, 9997, 9996, 9995]);
  buffer.push(numbers(10_000, 10_002));
  expect(items(buffer)).toEqual([10_001, 10_000, 9999, 9998, 9997]);
  expect(buffer.read().seen).toBe(10_002);
});

it("gives each thing a number that stays its own", () => {
  const buffer = new LiveBuffer<string>(3);
  buffer.push(["a", "a"]);
  const first = buffer.read().items.map(({ number }) => number);
  buffer.push(["a"]);
  expect(first).toEqual([1, 0]);
  expect(buffer.read().items.map(({ number }) => number)).toEqual([2, 1, 0]);
});

it("gives the same view while nothing comes: nothing is drawn anew", () => {
  const buffer = new LiveBuffer<number>(3);
  buffer.push([1]);
  expect(buffer.read()).toBe(buffer.read());
  buffer.push([]);
  expect(buffer.waiting).toBe(0);
});

it("counts what waits and shows none of it until it is read", () => {
  const buffer = new LiveBuffer<number>(3);
  buffer.push([1]);
  const before = buffer.read();
  buffer.push([2, 3]);
  expect(buffer.waiting).toBe(2);
  expect(before.items).toHaveLength(1);
  expect(items(buffer)).toEqual([3, 2, 1]);
});
