import type { RegisteredSource } from "@sipprot/shared/registered-source";
import type { RegisteredChange } from "@sipprot/shared/store/registered-store";
import { beforeEach, expect, it } from "vitest";
import { RegisteredWriter } from "./registered-writer.ts";

const HOUR_MS = 3_600_000;
const record = (source: string, accounts: readonly [string, number][], more: object = {}) => ({
  source,
  accounts,
  trunkMs: 0,
  ...more,
});

let written: RegisteredChange[];
let isAway: boolean;
let writer: RegisteredWriter;
beforeEach(() => {
  written = [];
  isAway = false;
  writer = new RegisteredWriter(async (change) => {
    if (isAway) throw new Error("away");
    written.push(change);
  });
});
const read = (source: string): RegisteredSource => JSON.parse(written.at(-1)?.put.get(source) ?? "null");

it("writes what all workers know of a source as one", async () => {
  writer.note(0, [record("192.0.2.7", [["100", HOUR_MS + 1]], { agents: ["Yealink"] })]);
  writer.note(1, [
    record(
      "192.0.2.7",
      [
        ["100", 5],
        ["101", 2 * HOUR_MS],
      ],
      { agents: ["Snom"], trunkMs: 9 },
    ),
  ]);
  await writer.flush();
  expect(read("192.0.2.7")).toEqual({
    accounts: ["100", "101"],
    accountCount: 2,
    agents: ["Snom", "Yealink"],
    lastAtMs: 2 * HOUR_MS,
    isTrunk: true,
  });
});

it("writes only what changed, and takes out what is known no more", async () => {
  writer.note(0, [record("192.0.2.7", [["100", 1]]), record("192.0.2.8", [["200", 1]])]);
  await writer.flush();
  expect(written[0]).toMatchObject({ isFirst: true, gone: [] });
  // Registered again within the hour: nothing to write.
  writer.note(0, [record("192.0.2.7", [["100", 2]])]);
  await writer.flush();
  expect(written[1]).toEqual({ isFirst: false, put: new Map(), gone: ["192.0.2.8"] });
  await writer.flush();
  expect(written).toHaveLength(2);
});

it("begins anew when the store did not take it, and reads nothing into what is no record", async () => {
  writer.note(0, [record("192.0.2.7", [["100", 1]])]);
  isAway = true;
  await expect(writer.flush()).rejects.toThrow("away");
  isAway = false;
  writer.note(1, ["nonsense", { source: "x" }]);
  writer.note(2, "nonsense");
  await writer.flush();
  expect(written.at(-1)?.isFirst).toBe(true);
  expect([...(written.at(-1)?.put.keys() ?? [])]).toEqual(["192.0.2.7"]);
});
