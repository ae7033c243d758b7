/** `sipprot watch` as an operator runs it: the built program, a real store that goes away and comes back, real signals. */
import { type ChildProcess, spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import type { SipEvent } from "@sipprot/shared/event";
import { redisKeys } from "@sipprot/shared/redis-keys";
import { liftBlocks, putBlocks } from "@sipprot/shared/store/block-store";
import { writeEvents } from "@sipprot/shared/store/event-store";
import { putListEntries } from "@sipprot/shared/store/list-store";
import { changeSettings } from "@sipprot/shared/store/settings-store";
import type { Redis } from "ioredis";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { until } from "../lab/until.ts";
import { environmentOf, runSipprot } from "./cli.ts";
import { startTestRedis, type TestRedis } from "./redis-server.ts";
import { aBlock } from "./sync-samples.ts";

const program = fileURLToPath(new URL("../../control/bin/sipprot", import.meta.url));
let store: TestRedis;
let redis: Redis;
const running: ChildProcess[] = [];

beforeAll(async () => {
  store = await startTestRedis("watch");
});
beforeEach(async () => {
  redis = await store.open();
  await redis.flushall();
});
afterEach(() => {
  for (const child of running.splice(0)) child.kill("SIGKILL");
});
afterAll(() => store.close());

const eventually = (what: string, isTrue: () => boolean) => until(isTrue, 20_000, what);

const event = (given: Partial<SipEvent> = {}): SipEvent => ({
  kind: "refused",
  atMs: Date.UTC(2026, 10, 22, 21, 33, 4),
  count: 1,
  host: "pbx1",
  endpoint: "203.0.113.10:5060",
  transport: "udp",
  source: "198.51.100.7",
  country: "FR",
  gate: "scanner",
  reason: { gate: "scanner", agent: "friendly-scanner", pattern: "friendly-scanner" },
  proven: false,
  method: "OPTIONS",
  agent: "friendly-scanner",
  ...given,
});

/** A running `watch`, once it follows: its first line is about an address of our own. */
async function startWatch(...options: string[]) {
  const said = { out: "", err: "" };
  const child = spawn(program, ["watch", "--since", "1h", ...options], {
    env: environmentOf(store),
    stdio: ["ignore", "pipe", "pipe"],
  });
  running.push(child);
  child.stdout.on("data", (bytes: Buffer) => {
    said.out += bytes.toString();
  });
  child.stderr.on("data", (bytes: Buffer) => {
    said.err += bytes.toString();
  });
  const ended = new Promise<number | string | null>((resolve) => {
    child.on("close", (code, signal) => resolve(code ?? signal));
  });
  return { child, said, ended, lines: () => said.out.split("\n").filter((line) => line !== "") };
}

describe("sipprot watch", () => {
  it("prints decisions and changes of everybody, one plain line each when it is piped", async () => {
    await writeEvents(redis, [event({ count: 3 }), event({ kind: "block-began", gate: "guessing", agent: "" })]);
    const watch = await startWatch();
    await eventually("both events are shown", () => watch.lines().length === 2);
    expect(watch.lines()[0]).toBe(
      "2026-11-22 21:33:04  refused       198.51.100.7 FR scanner: OPTIONS at 203.0.113.10:5060/udp (pbx1) 3 times, " +
        'agent "friendly-scanner": user agent "friendly-scanner" matches "friendly-scanner"',
    );
    expect(watch.lines()[1]).toContain("  blocked       198.51.100.7 FR guessing:");
    await runSipprot(store, ["list", "deny", "add", "192.0.2.9", "192.0.2.10"]);
    await runSipprot(store, ["settings", "set", "mode", "observe"]);
    await runSipprot(store, ["unblock", "198.51.100.7"]);
    await eventually("the changes are shown", () => watch.lines().length === 5);
    expect(watch.lines().slice(2)).toEqual([
      expect.stringMatching(/ {2}changed {7}192\.0\.2\.9, 192\.0\.2\.10 put on the denylist by alice \(cli\)$/),
      expect.stringMatching(/ {2}changed {7}settings by alice \(cli\)$/),
      expect.stringMatching(/ {2}lifted {8}198\.51\.100\.7 by alice \(cli\)$/),
    ]);
    expect(watch.said.err).toBe("");
    watch.child.kill("SIGINT");
    expect(await watch.ended).toBe(0);
  });

  it("tells a block of a proxy once, though the store tells it as event and as change", async () => {
    const block = aBlock("198.51.100.7", Date.now());
    await putBlocks(redis, [block], { by: "proxy:pbx1", nowMs: Date.now() });
    await writeEvents(redis, [event({ kind: "block-began" })]);
    await liftBlocks(redis, ["198.51.100.7"], { by: "proxy:pbx1", nowMs: Date.now() });
    await writeEvents(redis, [event({ kind: "block-ended" })]);
    const watch = await startWatch();
    await eventually("both ends of the block are shown", () => watch.said.out.includes("lifted"));
    expect(watch.lines()).toEqual([expect.stringContaining("  blocked  "), expect.stringContaining("  lifted  ")]);
  });

  it.each([
    [["--gate", "flood", "guessing"], ["192.0.2.2"]],
    [["--verdict", "would-refuse"], ["192.0.2.3"]],
    [["--country", "de"], ["192.0.2.2"]],
    [
      ["--source", "192.0.2.2/31"],
      ["192.0.2.2", "192.0.2.3"],
    ],
    [["--source", "2001:db8::7"], ["2001:db8::/64"]],
    [["--endpoint", "203.0.113.20"], ["192.0.2.3"]],
    [["--endpoint", "[2001:db8:1::10]:5060"], ["2001:db8::/64"]],
  ])("shows only what %j asks for", async (options, sources) => {
    await writeEvents(redis, [
      event({ source: "192.0.2.1" }),
      event({ source: "192.0.2.2", gate: "guessing", country: "DE" }),
      event({ source: "192.0.2.3", kind: "would-refuse", endpoint: "203.0.113.20:5060" }),
      event({ source: "2001:db8::/64", endpoint: "[2001:db8:1::10]:5060" }),
    ]);
    const watch = await startWatch("--json", ...options);
    // All of them are one batch: they are shown, or left out, together.
    await eventually("what was asked for is shown", () => watch.lines().length >= sources.length);
    expect(watch.lines().map((line) => JSON.parse(line).source)).toEqual(sources);
  });

  it("lets nothing from the wire reach the terminal as it came, in text or JSON", async () => {
    const evil = "x\u001b[2J\u009b31m\u202e\u2028\u0007";
    await writeEvents(redis, [
      event({ agent: evil, account: evil, method: evil, reason: { gate: "scanner", agent: evil, pattern: "x" } }),
    ]);
    await putListEntries(redis, "deny", [{ network: "192.0.2.9", note: evil, addedAtSeconds: 1, addedBy: evil }], {
      by: evil,
      nowMs: Date.now(),
    });
    for (const options of [[], ["--json"]]) {
      const watch = await startWatch(...options);
      await eventually("both are shown", () => watch.lines().length === 2);
      expect(watch.said.out.replaceAll("\n", "")).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
      if (options.length > 0) expect(JSON.parse(watch.lines()[0] ?? "")).toMatchObject({ agent: evil, account: evil });
    }
  });

  it("goes on by itself when the store was away, and misses nothing that the store still has", async () => {
    await writeEvents(redis, [event({ source: "192.0.2.1" })]);
    const watch = await startWatch();
    await eventually("it follows", () => watch.lines().length === 1);
    await store.kill();
    await eventually("it says that the store is away", () => watch.said.err.includes("the store is away"));
    await store.start();
    redis = await store.open();
    await writeEvents(redis, [event({ source: "192.0.2.2" })]);
    await eventually("the event of meanwhile is shown", () => watch.said.out.includes("192.0.2.2"));
    expect(watch.lines()).toHaveLength(2);
    expect(watch.said.err.trim().split("\n")).toEqual([
      expect.stringContaining("waiting for it"),
      "the store is back; going on from where it was",
    ]);
  });

  it("says so when the store dropped what it could not show yet", async () => {
    await writeEvents(redis, [event({ source: "192.0.2.1" })]);
    const watch = await startWatch();
    await eventually("it follows", () => watch.lines().length === 1);
    watch.child.kill("SIGSTOP");
    for (let index = 0; index < 50; index += 1) await writeEvents(redis, [event({ source: "192.0.2.2" })]);
    await redis.xtrim(redisKeys.events, "MAXLEN", "=", 3);
    watch.child.kill("SIGCONT");
    await eventually("the gap is told", () => watch.said.err.includes("some events were dropped"));
    await writeEvents(redis, [event({ source: "192.0.2.3" })]);
    await eventually("it goes on", () => watch.said.out.includes("192.0.2.3"));
    expect(watch.said.err.match(/dropped/g)).toHaveLength(1);
  });

  it("ends without a complaint when its reader has seen enough", async () => {
    await writeEvents(redis, [event(), event()]);
    const ended = await new Promise<{ code: number | null; err: string }>((resolve) => {
      const child = spawn("bash", ["-c", `set -o pipefail; "${program}" watch --since 1h | head -1`], {
        env: environmentOf(store),
        stdio: ["ignore", "ignore", "pipe"],
      });
      running.push(child);
      let err = "";
      child.stderr.on("data", (bytes: Buffer) => {
        err += bytes.toString();
      });
      // The pipe is found broken with the next line.
      const feeding = setInterval(() => void writeEvents(redis, [event()]), 100);
      child.on("close", (code) => {
        clearInterval(feeding);
        resolve({ code, err });
      });
    });
    expect(ended).toEqual({ code: 0, err: "" });
  });

  it("ends within a moment when it is told to, also while the store is away", async () => {
    const watch = await startWatch();
    await changeSettings(redis, { mode: "observe" }, "test");
    await eventually("it follows", () => watch.lines().length === 1);
    await store.kill();
    await eventually("it waits", () => watch.said.err.includes("waiting"));
    watch.child.kill("SIGTERM");
    expect(await watch.ended).toBe(0);
    await store.start();
  });

  it("is an error from the beginning when the store is away or a filter is none", async () => {
    expect(await runSipprot(store, ["watch", "--country", "France"])).toMatchObject({ code: 1, out: "" });
    expect((await runSipprot(store, ["watch", "--source", "office"])).err).toContain("bad-network");
    expect((await runSipprot(store, ["watch", "--gate", "none"])).code).toBe(2);
    await store.kill();
    expect((await runSipprot(store, ["watch"])).err).toContain("store-unreachable");
    await store.start();
  });
});
