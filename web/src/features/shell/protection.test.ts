import type { HostStatus } from "@sipprot/shared/host";
import { expect, it } from "vitest";
import { protectionOf } from "./protection.ts";

const host = (name: string, changes: Partial<HostStatus> = {}): HostStatus => ({
  name,
  version: "1",
  path: "transparent",
  endpoints: [],
  workers: 1,
  startedAtMs: 0,
  seenAtMs: 0,
  lastChangeId: "0-0",
  health: [],
  isProtected: true,
  isSilent: false,
  isInStep: true,
  isHere: false,
  ...changes,
});

it("all well is protected, or observing where the mode says so", () => {
  expect(protectionOf([host("a")], "protect")).toEqual({ state: "protected" });
  expect(protectionOf([host("a")], "observe")).toEqual({ state: "observing" });
});

it("a problem weighs more than the mode, and names its hosts", () => {
  const hosts = [host("a"), host("b", { isProtected: false }), host("c", { isSilent: true })];
  expect(protectionOf(hosts, "observe")).toEqual({ state: "problems", hosts: ["b", "c"] });
});

it("without a host nothing is protected", () => {
  expect(protectionOf([], "protect")).toEqual({ state: "no-host" });
});
