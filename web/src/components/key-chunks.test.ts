import { expect, it } from "vitest";
import { chunkKeys } from "./key-chunks.ts";

it("keeps every key once, in order", () => {
  const keys = Array.from({ length: 250 }, (_, at) => `10.0.${at}.0/24`);
  const chunks = chunkKeys(keys, 100);
  expect(chunks.flat()).toEqual(keys);
  expect(Math.max(...chunks.map((chunk) => chunk.length))).toBeLessThanOrEqual(100);
  expect(chunkKeys([], 100)).toEqual([]);
});

it("cuts earlier where keys are long, and keeps one that is longer than a portion", () => {
  const long = Array.from({ length: 10 }, (_, at) => `192.0.2.${at} ${"a".repeat(256)}`);
  for (const chunk of chunkKeys(long, 100)) expect(chunk.join().length).toBeLessThan(2000);
  expect(chunkKeys(["x".repeat(5000)], 100)).toHaveLength(1);
});
