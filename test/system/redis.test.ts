/** Redis goes and comes: traffic flows, the bound holds, nothing is lost; without it the snapshot protects and health says so. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { guess } from "../lab/attacks.ts";
import type { Finished } from "../lab/namespace.ts";
import { phoneAddress } from "../lab/network.ts";
import { type ProtectedLab, startProtectedLab } from "../lab/protected-lab.ts";
import { expectEchoCall, firstAnswer, signIn } from "../lab/signing-in.ts";
import { pause, until } from "../lab/until.ts";

let lab: ProtectedLab;
beforeAll(async () => {
  lab = await startProtectedLab({ mode: "transparent", settings: { blockRuleFailuresPerMinute: "4" } });
});
afterAll(() => lab?.remove());

/** The CLI as another host would run it: on a Redis the gate cannot reach just now. */
function sipprotElsewhere(...args: string[]): Promise<Finished> {
  return lab.gate.sipprotOn(lab.gate.redis.urlOf("elsewhere.sock"), ...args);
}

async function redisHealth(): Promise<string> {
  return (await lab.gate.health())?.parts.find(({ part }) => part === "redis")?.state ?? "";
}

describe("Redis killed for a while", () => {
  it("traffic flows, guesses are bounded, health says it", async () => {
    expect((await lab.gate.sipprot("list", "deny", "add", "192.0.2.111")).code).toBe(0);
    await until(async () => (await firstAnswer(lab.strangers, "192.0.2.111")) === 0, 5000);
    // What was changed a moment ago has to reach the snapshot: it is written a little later.
    await pause(3000);
    await lab.gate.redis.stop("SIGKILL");
    const phone = await signIn(lab.phones, { user: "1001", address: phoneAddress });
    await expectEchoCall(phone);
    await guess(lab.network.attackers, {
      address: "192.0.2.112",
      users: ["1002", "1003"],
      guesses: 200,
      way: "ports",
      lines: 20,
      perSecond: 80,
    });
    expect(await lab.asterisk.failuresFrom("192.0.2.112")).toBeLessThanOrEqual(4);
    expect(await firstAnswer(lab.strangers, "192.0.2.111")).toBe(0);
    await until(async () => (await redisHealth()) !== "ok", 10_000, "health to say it");
  });

  it("what others changed meanwhile arrives on return, and what was blocked meanwhile is told", async () => {
    await lab.gate.redis.start("elsewhere.sock");
    expect((await sipprotElsewhere("list", "deny", "add", "192.0.2.113")).code).toBe(0);
    expect((await sipprotElsewhere("list", "deny", "remove", "192.0.2.111")).code).toBe(0);
    expect(await firstAnswer(lab.strangers, "192.0.2.113")).toBe(401);
    await lab.gate.redis.stop();
    await lab.gate.redis.start();
    await until(async () => (await redisHealth()) === "ok", 15_000, "Redis healthy");
    await until(async () => (await firstAnswer(lab.strangers, "192.0.2.113")) === 0, 8000, "the new denial");
    await until(async () => (await firstAnswer(lab.strangers, "192.0.2.111")) === 401, 8000, "the lifted denial");
    await until(
      async () => (await lab.gate.sipprot("check", "192.0.2.112")).stdout.includes("Dynamic list"),
      8000,
      "the block in the store",
    );
  });
});

describe("started without Redis", () => {
  it("the snapshot protects, and health says so; Redis may come later", async () => {
    await pause(3000);
    await lab.gate.stop();
    await lab.gate.redis.stop("SIGKILL");
    await lab.gate.startWithoutRedis();
    expect(await firstAnswer(lab.strangers, "192.0.2.113")).toBe(0);
    expect(await firstAnswer(lab.strangers, "192.0.2.114")).toBe(401);
    expect(await redisHealth()).not.toBe("ok");
    await expectEchoCall(await signIn(lab.phones, { user: "1004", address: phoneAddress }));
    await lab.gate.redis.start();
    await until(async () => (await redisHealth()) === "ok", 20_000, "Redis healthy");
    expect((await lab.gate.sipprot("list", "deny", "remove", "192.0.2.113")).code).toBe(0);
    await until(async () => (await firstAnswer(lab.strangers, "192.0.2.113")) === 401, 8000);
  });
});
