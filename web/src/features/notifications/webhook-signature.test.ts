import { execFileSync } from "node:child_process";
import { createHmac } from "node:crypto";
import { describe, expect, it } from "vitest";
import {
  exampleBody,
  exampleSecret,
  exampleTimestamp,
  makeWebhookSecret,
  receiverExample,
  shellExample,
  signWebhook,
} from "./webhook-signature.ts";

describe("the example of a webhook's signature", () => {
  it("is what openssl says for the command shown, also for a secret with a quote in it", async () => {
    for (const secret of [exampleSecret, "it's a secret of ours"]) {
      const said = execFileSync("sh", ["-c", shellExample(secret)], { encoding: "utf8" });
      expect(`v1=${said.trim().split(" ").at(-1)}`).toBe(await signWebhook(secret, exampleTimestamp, exampleBody));
    }
  });
  it("is taken by the receiver shown, which refuses another body and an old time", () => {
    const source = receiverExample.replace(/^import .*$/m, "").replace("function", "return function");
    const { timingSafeEqual } = process.getBuiltinModule("node:crypto");
    const isFromSipprot = new Function("createHmac", "timingSafeEqual", source)(createHmac, timingSafeEqual);
    const sign = (timestamp: string) => `v1=${createHmac("sha256", "s").update(`${timestamp}.{}`).digest("hex")}`;
    const now = String(Math.floor(Date.now() / 1000));
    const headers = (timestamp: string) => ({
      "x-sipprot-timestamp": timestamp,
      "x-sipprot-signature": sign(timestamp),
    });
    expect(isFromSipprot(headers(now), "{}", "s")).toBe(true);
    expect(isFromSipprot(headers(now), '{"a":1}', "s")).toBe(false);
    expect(isFromSipprot(headers("1767225600"), "{}", "s")).toBe(false);
    expect(isFromSipprot({ "x-sipprot-timestamp": now }, "{}", "s")).toBe(false);
  });
});

it("A secret that is made here is long, and another each time", () => {
  expect(makeWebhookSecret()).toMatch(/^[\w-]{32}$/);
  expect(makeWebhookSecret()).not.toBe(makeWebhookSecret());
});
