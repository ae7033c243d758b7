/** Three hosts on one Redis, each with its own kernel: what one knows, all act upon within a second; one that falls silent is a problem. */
import { HOST_SILENT_AFTER_MS } from "@sipprot/shared/host";
import { findBlocks } from "@sipprot/shared/store/block-store";
import { readHosts } from "@sipprot/shared/store/host-store";
import { putListEntries, removeListEntries } from "@sipprot/shared/store/list-store";
import type { Redis } from "ioredis";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createHostsService } from "../../control/src/services/hosts.ts";
import { readSets } from "../lab/kernel-sets.ts";
import { buildSite, type Host, type Site, worldAddress } from "../lab/site.ts";
import { SiteClient } from "../lab/site-client.ts";
import { pause, until } from "../lab/until.ts";
import { anEntry } from "./sync-samples.ts";

/** What is known on one host is acted upon by all within this. */
const EVERYWHERE_WITHIN_MS = 1000;
const KERNEL_WITHIN_MS = 3000;

let site: Site;
let redis: Redis;
const author = () => ({ by: "test", nowMs: Date.now() });

beforeAll(async () => {
  site = await buildSite(3);
  redis = await site.redis.open();
});
afterAll(() => site?.remove());

function expectInTime(what: string, took: readonly number[]): void {
  console.log(`${what}: ${took.map((ms) => `${ms} ms`).join(", ")}`);
  expect(Math.max(...took)).toBeLessThanOrEqual(EVERYWHERE_WITHIN_MS);
}

const inKernel = async (host: Host, network: string) =>
  (await readSets(host.space)).some((element) => element.network === network);

describe("three hosts", () => {
  it("all refuse whom one has blocked, and all let in again whom an operator allows", async () => {
    const client = await SiteClient.open(site, 21);
    const [first] = site.hosts;
    if (first === undefined) throw new Error("no host");
    for (const host of site.hosts) expect(await client.isAnswered(host)).toBe(true);
    const attackedMs = Date.now();
    await client.attack(first);
    expectInTime("blocked on one, refused by the others", await client.measure(site.hosts, false, attackedMs));
    expect((await findBlocks(redis, client.address)).map(({ host }) => host)).toEqual([first.name]);
    await putListEntries(redis, "allow", [anEntry(client.address)], author());
    expectInTime("allowed, answered by all", await client.measure(site.hosts, true, Date.now()));
    expect(await findBlocks(redis, client.address)).toEqual([]);
    await removeListEntries(redis, "allow", [client.address], author());
    await pause(EVERYWHERE_WITHIN_MS);
    for (const host of site.hosts) expect(await client.isAnswered(host)).toBe(true);
    await client.close();
  });

  it("all refuse a denied network, in their kernels too, and no longer when it is taken off", async () => {
    const client = await SiteClient.open(site, 130);
    const network = `${worldAddress(128)}/25`;
    await putListEntries(redis, "deny", [anEntry(network)], author());
    expectInTime("denied, refused by all", await client.measure(site.hosts, false, Date.now()));
    for (const host of site.hosts)
      await until(() => inKernel(host, network), KERNEL_WITHIN_MS, `${host.name}'s kernel`);
    await removeListEntries(redis, "deny", [network], author());
    expectInTime("no longer denied, answered by all", await client.measure(site.hosts, true, Date.now()));
    for (const host of site.hosts)
      await until(async () => !(await inKernel(host, network)), KERNEL_WITHIN_MS, `${host.name}'s kernel`);
    await client.close();
  });

  it("tell which of them has fallen silent, after fifteen seconds and no sooner", async () => {
    const [, , last] = site.hosts;
    if (last === undefined) throw new Error("no host");
    const service = createHostsService(redis, "elsewhere");
    const statusAt = async (nowMs: number) => (await service.list(nowMs)).find(({ name }) => name === last.name);
    last.proxy.signal("SIGSTOP");
    const seenAtMs = async () => (await readHosts(redis)).find(({ name }) => name === last.name)?.seenAtMs ?? 0;
    // What was on its way is there after a moment; from then on nothing comes, though two reports were due.
    await pause(500);
    const lastMs = await seenAtMs();
    await pause(11_000);
    expect(await seenAtMs()).toBe(lastMs);
    expect(await statusAt(lastMs + HOST_SILENT_AFTER_MS)).toMatchObject({ isSilent: false });
    expect(await statusAt(lastMs + HOST_SILENT_AFTER_MS + 1)).toMatchObject({ isSilent: true, isProtected: false });
    const others = (await service.list(Date.now())).filter(({ name }) => name !== last.name);
    expect(others.map(({ isSilent, isProtected }) => ({ isSilent, isProtected }))).toEqual([
      { isSilent: false, isProtected: true },
      { isSilent: false, isProtected: true },
    ]);
    last.proxy.signal("SIGCONT");
    await until(async () => (await seenAtMs()) > lastMs, 12_000, "its next report");
    expect(await statusAt(Date.now())).toMatchObject({ isSilent: false });
  });
});
