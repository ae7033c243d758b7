import type { HostStatus } from "@sipprot/shared/host";
import { expect, it } from "vitest";
import { isProxyRunning, LATE_AFTER_MS, progressOf } from "./action-progress.ts";

const host = (startedAtMs: number, isProtected = true): HostStatus => ({
  name: "pbx1",
  version: "1",
  path: "relay",
  endpoints: [],
  workers: 1,
  startedAtMs,
  seenAtMs: 0,
  lastChangeId: "0-0",
  health: [],
  isProtected,
  isSilent: false,
  isInStep: true,
  isHere: true,
});
const restart = { action: "restart", askedAtMs: 1000, startedBeforeMs: 5 } as const;

it("is done when the host tells of a new start and protects, not when the old one is still in the records", () => {
  expect(progressOf(restart, false, host(5), 1000)).toBe("asked");
  expect(progressOf(restart, true, host(5), 2000)).toBe("coming-up");
  expect(progressOf(restart, true, host(1500, false), 2000)).toBe("coming-up");
  expect(progressOf(restart, true, host(1500), 2000)).toBe("done");
});

it("is late when the host does not come back", () => {
  expect(progressOf(restart, true, undefined, 1000 + LATE_AFTER_MS)).toBe("coming-up");
  expect(progressOf(restart, true, undefined, 1001 + LATE_AFTER_MS)).toBe("late");
});

it("is done with a stop as soon as it is carried out: nothing will tell of it", () => {
  expect(progressOf({ ...restart, action: "stop" }, true, host(5), 2000)).toBe("done");
});

it("takes the proxy for running only by its own program", () => {
  const program = { name: "sipprot-proxy", pid: 7, status: "online", restarts: 0 };
  expect(isProxyRunning([program])).toBe(true);
  expect(isProxyRunning([{ ...program, status: "errored" }])).toBe(false);
  expect(isProxyRunning([{ ...program, name: "sipprot-redis" }])).toBe(false);
});
