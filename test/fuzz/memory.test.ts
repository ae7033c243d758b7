/** An attacker's best effort against memory: once the tables are full it stays as it is. */
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { answered } from "@sipprot/proxy/policy/answered";
import { decide } from "@sipprot/proxy/policy/decide";
import { expire } from "@sipprot/proxy/policy/expire";
import { createPolicy } from "@sipprot/proxy/policy/view";
import { defaultSettings } from "@sipprot/shared/settings";
import { expect, it } from "vitest";
import { aMessage, anAnswer, aRegister, withPassword } from "../properties/policy/message.ts";

/** A small table fills quickly; the real one differs in its size alone. */
const MAX_SOURCES = 8000;
const MESSAGES = 50_000;
const MAX_GROWTH = 0.1;

setFlagsFromString("--expose-gc");
const collect = runInNewContext("gc") as () => void;

function usedBytes(): number {
  collect();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

it("stays within 10 % after sources, accounts, Call-IDs, branches, agents and nonces by the hundred thousand", () => {
  const view = createPolicy({
    host: "gate",
    secret: new Uint8Array(32).fill(7),
    settings: defaultSettings,
    ownNetworks: [],
    country: () => "XX",
    maxSources: MAX_SOURCES,
  });
  let number = 0;
  let nowMs = Date.UTC(2026, 0, 5);
  const attack = () => {
    for (let count = 0; count < MESSAGES; count += 1) {
      number += 1;
      nowMs += 5;
      const address = `${1 + (number % 200)}.${(number >> 8) & 255}.${(number >> 16) & 255}.${number & 255}`;
      const account = `account-${number}`;
      const credentials = number % 2 === 0 ? withPassword(account, `guess-${number}`, `nonce-${number % 7919}`) : [];
      const request = aRegister(account, { credentials, agent: `Phone ${number}` });
      const arrival = { atMs: nowMs, address, port: 5060, endpoint: "203.0.113.10:5060" };
      const transport = number % 5 === 0 ? ("tcp" as const) : ("udp" as const);
      const { verdict } = decide({ ...arrival, transport, message: aMessage(request) }, view);
      const challenges = [{ nonce: `nonce-${number}`, stale: false }];
      if (verdict === "pass") answered({ ...arrival, transport, message: anAnswer(request, 401, challenges) }, view);
      if (number % 1000 === 0) {
        expire(view, nowMs);
        view.takeEffects();
      }
    }
  };
  attack();
  attack();
  const fullBytes = usedBytes();
  attack();
  attack();
  expect(usedBytes() / fullBytes).toBeLessThan(1 + MAX_GROWTH);
  expect(view.sources.size).toBeLessThanOrEqual(MAX_SOURCES * 1.01);
}, 60_000);
