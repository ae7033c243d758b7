import type { HostStatus, PartHealth } from "@sipprot/shared/host";
import { expect, it } from "vitest";
import { listProblems, stateOf } from "./host-problems.ts";

const part = (name: PartHealth["part"], state: PartHealth["state"]): PartHealth => ({
  part: name,
  state,
  detail: "",
  sinceMs: 0,
});
const host = (name: string, health: PartHealth[], isSilent = false): HostStatus => ({
  name,
  version: "1",
  path: "relay",
  endpoints: [],
  workers: 1,
  startedAtMs: 0,
  seenAtMs: 0,
  lastChangeId: "0-0",
  health,
  isProtected: !isSilent,
  isSilent,
  isInStep: true,
  isHere: true,
});

it("finds nothing wrong with parts that are well, or off by choice", () => {
  const well = host("pbx1", [part("data-path", "ok"), part("kernel-bans", "off")]);
  expect(listProblems([well])).toEqual([]);
  expect(stateOf(well)).toBe("ok");
});

it("names what has failed before what still protects", () => {
  const one = host("pbx1", [part("redis", "degraded")]);
  const other = host("pbx2", [part("data-path", "failed"), part("pbx", "degraded")]);
  expect(listProblems([one, other]).map(({ host: name, part: where }) => `${name} ${where}`)).toEqual([
    "pbx2 data-path",
    "pbx1 redis",
    "pbx2 pbx",
  ]);
  expect([stateOf(one), stateOf(other)]).toEqual(["degraded", "failed"]);
});

it("says of a silent host only that it is silent, whatever it said before", () => {
  const silent = host("pbx1", [part("data-path", "ok"), part("redis", "degraded")], true);
  expect(listProblems([silent])).toEqual([{ host: "pbx1", part: "silent", state: "failed" }]);
  expect(stateOf(silent)).toBe("silent");
});
