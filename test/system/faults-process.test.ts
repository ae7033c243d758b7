/** One part hangs, dies or has no memory, the kernel's tables or the interface go: under load, with what is known afterwards. */
import { putListEntries } from "@sipprot/shared/store/list-store";
import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { FaultStage } from "../lab/fault-stage.ts";
import { run } from "../lab/namespace.ts";
import { pause, until } from "../lab/until.ts";
import { anEntry } from "./sync-samples.ts";

/** The port must be the PBX's again within this, with room for the test's own steps. */
const BACK_WITHIN_MS = 2500;
const DENIED = "192.0.2.77";

let stage: FaultStage;
beforeAll(async () => {
  stage = await FaultStage.open();
  await putListEntries(stage.redis, "deny", [anEntry(DENIED)], { by: "test", nowMs: Date.now() });
});
afterAll(() => stage?.close());
beforeEach(() => stage.allWell());

const isDeniedInKernel = async () => {
  const { stdout } = await stage.host.space.run("nft", ["list", "ruleset"]);
  return stdout.includes(DENIED);
};

it("main hangs (SIGSTOP): messages go on being judged, what was decided is stored afterwards, no worker is lost", async () => {
  const { host } = stage;
  const before = await host.workers();
  await stage.loseNothing(async () => {
    host.proxy.signal("SIGSTOP");
    const scanner = await stage.blockScanner();
    await pause(11_000);
    expect(await stage.isStored(scanner)).toBe(false);
    const { code, stdout } = await host.sipprot("doctor");
    expect(code).toBe(1);
    expect(stdout).toMatch(/silent since|does not answer/);
    host.proxy.signal("SIGCONT");
    await stage.untilStored(scanner);
  });
  await stage.allWell();
  expect(await host.workers()).toEqual(before);
});

it("a worker hangs (SIGSTOP): the port is the PBX's within 2.5 s, a new worker takes it back", async () => {
  const { host } = stage;
  const [worker = 0] = await host.workers();
  process.kill(worker, "SIGSTOP");
  expect(await stage.untilAnswered()).toBeLessThan(BACK_WITHIN_MS);
  await stage.untilTold("data-path", /^failed: 0 of 1 workers/, 8000);
  await until(async () => !(await host.workers()).includes(worker), 15_000, "the end of the hung worker");
  await stage.allWell();
  await stage.blockScanner();
});

it("a worker has no memory: another is at work within seconds, and no phone waits longer than 2.5 s", async () => {
  const { host, load } = stage;
  const [worker = 0] = await host.workers();
  await run("prlimit", ["--pid", String(worker), "--data=1000000", "--as=1000000"]);
  // Traffic alone may want no more memory than there is; a list that grows does.
  let listed = 0;
  const isOver = async () => {
    const entries = Array.from({ length: 1_000 }, () => {
      listed += 1;
      return anEntry(`11.${(listed >> 16) & 255}.${(listed >> 8) & 255}.${listed & 255}`);
    });
    await putListEntries(stage.redis, "deny", entries, { by: "test", nowMs: Date.now() });
    return !(await host.workers()).includes(worker);
  };
  const ended = () => until(isOver, 30_000, "the end of the worker");
  await load.during(host, ended, { rate: 5000, roundSeconds: 1 });
  expect(await stage.untilAnswered()).toBeLessThan(BACK_WITHIN_MS);
  await stage.allWell();
});

it("the held nft hangs, then dies: traffic goes on, health tells of it, and what was ordered gets in afterwards", async () => {
  const { host } = stage;
  // Not those that only list something for a moment.
  const { stdout } = await run("pgrep", ["-P", String(host.proxy.pid), "-f", "nft -i"]);
  const nft = Number(stdout.trim());
  process.kill(nft, "SIGSTOP");
  await putListEntries(stage.redis, "deny", [anEntry("192.0.2.78")], { by: "test", nowMs: Date.now() });
  expect(await stage.untilAnswered()).toBeLessThan(BACK_WITHIN_MS);
  await stage.untilTold("kernel-bans", /has not taken a change for/);
  process.kill(nft, "SIGKILL");
  expect(await stage.untilAnswered()).toBeLessThan(BACK_WITHIN_MS);
  await stage.allWell();
  expect((await host.space.run("nft", ["list", "ruleset"])).stdout).toContain("192.0.2.78");
});

it("another tool flushes all rules: the blocked stay refused, the tables are put right, nothing is lost", async () => {
  const scanner = await stage.blockScanner();
  await stage.loseNothing(async () => {
    await stage.host.space.run("nft", ["flush", "ruleset"]);
    expect(await scanner.isAnswered(stage.host)).toBe(false);
    await until(isDeniedInKernel, 15_000, "the denied in the kernel");
  });
  expect(await scanner.isAnswered(stage.host)).toBe(false);
});

it("nft fails: what stands goes on, health says so, and all is well when nft is", async () => {
  const { host } = stage;
  const { stdout } = await run("sh", ["-c", "readlink -f $(command -v nft) /bin/false"]);
  const [nft = "", failing = ""] = stdout.trim().split("\n");
  // Seen only by the proxy's own namespace of mounts.
  const inside = ["-t", String(host.proxy.pid), "-m"];
  await run("nsenter", [...inside, "mount", "--bind", failing, nft]);
  await stage.untilTold("kernel-bans", /^degraded/, 10_000);
  expect(await stage.untilAnswered()).toBeLessThan(BACK_WITHIN_MS);
  await stage.blockScanner();
  await run("nsenter", [...inside, "umount", nft]);
  await stage.allWell();
});

it("the interface goes down and comes back: phones are answered again by themselves", async () => {
  const { space } = stage.host;
  await space.ip(["link set eth0 down"]);
  await pause(3000);
  await space.ip(["link set eth0 up", "route add default via 203.0.1.1"]);
  expect(await stage.untilAnswered()).toBeLessThan(BACK_WITHIN_MS);
  await stage.allWell();
  await stage.blockScanner();
});
