/** The gate dies, hangs, is restarted: the port goes back to the PBX, phones and calls live on. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { setAll } from "../lab/gate.ts";
import { phoneAddress } from "../lab/network.ts";
import { type ProtectedLab, startProtectedLab } from "../lab/protected-lab.ts";
import { expectEchoCall, firstAnswer, signIn } from "../lab/signing-in.ts";
import { until } from "../lab/until.ts";

/** Within which the port must be back, with room for the test's own steps. */
const BACK_WITHIN_MS = 2500;

let lab: ProtectedLab;
beforeAll(async () => {
  lab = await startProtectedLab({ mode: "transparent" });
});
afterAll(() => lab?.remove());

beforeEach(async () => {
  if ((await lab.gate.pids()).length === 0) await lab.gate.start();
});

function signalAll(pids: readonly number[], name: NodeJS.Signals): void {
  for (const pid of pids) {
    try {
      process.kill(pid, name);
    } catch {
      // It has ended already: that is what was wanted.
    }
  }
}

describe("kill -9 in mid-call", () => {
  it.each(["udp", "tcp"] as const)(
    "lets a %s call be hung up normally and the next REGISTER pass",
    async (transport) => {
      const phone = await signIn(lab.phones, { user: "1001", address: phoneAddress, transport, timeoutMs: 8000 });
      const call = await phone.call("600");
      expect(call.status).toBe(200);
      lab.gate.running().signal("SIGKILL");
      await lab.gate.running().exited;
      expect((await phone.talk(call.callId, 50)).received).toBeGreaterThanOrEqual(48);
      const hungUp = await phone.hangUp(call.callId);
      expect(hungUp.status).toBe(200);
      expect(hungUp.elapsedMs).toBeLessThan(BACK_WITHIN_MS);
      expect((await phone.register()).status).toBe(200);
    },
  );

  it("of main and all its children at once is no worse", async () => {
    const phone = await signIn(lab.phones, { user: "1002", address: phoneAddress });
    const call = await phone.call("600");
    signalAll(await lab.gate.pids(), "SIGKILL");
    expect((await phone.hangUp(call.callId)).status).toBe(200);
    await expectEchoCall(phone);
  });

  it("of a worker alone: its phones are never without a PBX, and the gate is back by itself", async () => {
    const phone = await signIn(lab.phones, { user: "1003", address: phoneAddress });
    const [, ...children] = await lab.gate.pids();
    expect(children.length).toBeGreaterThan(0);
    signalAll(children, "SIGKILL");
    const { status, elapsedMs } = await phone.register();
    expect(status).toBe(200);
    expect(elapsedMs).toBeLessThan(BACK_WITHIN_MS);
    await until(async () => (await lab.gate.health())?.status === 200, 15_000, "health");
    await expectEchoCall(phone);
  });
});

describe("a hung gate (SIGSTOP)", () => {
  let stopped: number[] = [];
  afterEach(() => signalAll(stopped, "SIGCONT"));

  it("gives UDP back within 2.5 s, and is harmless when it wakes", async () => {
    const phone = await signIn(lab.phones, { user: "1004", address: phoneAddress });
    const call = await phone.call("600");
    stopped = await lab.gate.pids();
    signalAll(stopped, "SIGSTOP");
    const startedMs = Date.now();
    const hungUp = await phone.hangUp(call.callId);
    expect(hungUp.status).toBe(200);
    // The phone repeats at 0.5, 1.5 and 3.5 s, so the first answer it can have after 2 s comes with the third repeat.
    expect(Date.now() - startedMs).toBeLessThan(4500);
    signalAll(stopped, "SIGCONT");
    stopped = [];
    await until(async () => (await lab.gate.health())?.status === 200, 15_000, "health");
    await expectEchoCall(phone);
  });

  it("answers a new phone 2.5 s after it hung", async () => {
    await signIn(lab.phones, { user: "1004", address: phoneAddress });
    stopped = await lab.gate.pids();
    signalAll(stopped, "SIGSTOP");
    const startedMs = Date.now();
    await until(
      async () => (await firstAnswer(lab.phones, "198.51.100.20", { timeoutMs: 100 })) !== 0,
      10_000,
      "an answer",
    );
    expect(Date.now() - startedMs).toBeLessThan(BACK_WITHIN_MS);
  });
});

describe("a restart", () => {
  it("leaves phones working and a call standing", async () => {
    const udp = await signIn(lab.phones, { user: "1005", address: phoneAddress });
    const tcp = await signIn(lab.phones, { user: "1006", address: phoneAddress, transport: "tcp" });
    const call = await udp.call("600");
    await lab.gate.stop();
    await lab.gate.start();
    expect((await udp.talk(call.callId, 25)).received).toBeGreaterThanOrEqual(24);
    expect((await udp.hangUp(call.callId)).status).toBe(200);
    expect((await udp.register({ usesCachedNonce: true })).status).toBe(200);
    expect((await tcp.register()).status).toBe(200);
    await expectEchoCall(tcp);
  });
});

describe("fail-closed", () => {
  it("keeps the port closed when the gate is killed, and opens it when it is back", async () => {
    await setAll(lab.gate, { failOpen: "false" });
    await until(async () => (await firstAnswer(lab.phones, "198.51.100.21")) === 401, 5000);
    // The change reaches the kernel a moment after the stream told it.
    await new Promise((resolve) => setTimeout(resolve, 2000));
    signalAll(await lab.gate.pids(), "SIGKILL");
    await lab.gate.running().exited;
    expect(await firstAnswer(lab.phones, "198.51.100.22", { timeoutMs: 4000 })).toBe(0);
    await lab.gate.start();
    expect(await firstAnswer(lab.phones, "198.51.100.23")).toBe(401);
    await setAll(lab.gate, { failOpen: "true" });
  });
});
