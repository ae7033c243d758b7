import type { Block } from "@sipprot/shared/block";
import { defaultSettings, type Settings } from "@sipprot/shared/settings";
import { StoreCopy } from "@sipprot/shared/store/store-copy";
import { beforeEach, describe, expect, it } from "vitest";
import { DryRunKernel } from "./kernel/dry-run-kernel.ts";
import type { Limits } from "./kernel/kernel.ts";
import { COUNTERS_EVERY_MS, HAMMERED_PACKETS_PER_SECOND, KernelKeeper } from "./kernel-keeper.ts";

const nowMs = 1_000_000;
const hammered = (HAMMERED_PACKETS_PER_SECOND * COUNTERS_EVERY_MS) / 1000;

/** The dry run with counters that the test sets, and limits that it reads. */
class CountingKernel extends DryRunKernel {
  counters = new Map<string, number>();
  limitsSet: Limits | undefined;
  override async setLimits(limits: Limits): Promise<void> {
    this.limitsSet = limits;
    await super.setLimits(limits);
  }
  override async readCounters(): Promise<ReadonlyMap<string, number>> {
    return this.counters;
  }
}

const block = (source: string, more: Partial<Block> = {}): Block => ({
  source,
  gate: "scanner",
  reason: { gate: "scanner", agent: "sipcli", pattern: "sipcli" },
  sinceMs: nowMs,
  untilMs: nowMs + 60_000,
  proven: true,
  strikes: 1,
  refused: 5,
  inKernel: true,
  agent: "sipcli",
  endpoint: "203.0.113.10:5060",
  transport: "udp",
  host: "pbx1",
  evidence: [],
  ...more,
});

/** A world of two countries. */
const listNetworks = async (isWanted: (country: string) => boolean) =>
  Object.entries({ FR: "192.0.2.0/24", DE: "198.51.100.0/24" })
    .filter(([country]) => isWanted(country))
    .map(([, network]) => network);

describe("the keeper of the kernel", () => {
  let copy: StoreCopy;
  let kernel: CountingKernel;
  let keeper: KernelKeeper;
  let extended: Block[];

  beforeEach(() => {
    copy = new StoreCopy();
    kernel = new CountingKernel({ nowMs: () => nowMs });
    extended = [];
    keeper = new KernelKeeper(kernel, copy, listNetworks, (one) => extended.push(one));
  });
  const change = async (...changes: Parameters<KernelKeeper["follow"]>[0]) => {
    for (const one of changes) copy.apply(one);
    keeper.follow(changes);
    await keeper.settle();
    return kernel.readBack();
  };
  const entry = (network: string) => ({ network, note: "", addedAtSeconds: 1, addedBy: "test" });

  it("brings what is known at the start", async () => {
    copy.lists.deny.set("192.0.2.0/24", entry("192.0.2.0/24"));
    copy.apply({ kind: "block-put", block: block("198.51.100.7") });
    await keeper.start();
    expect(await kernel.readBack()).toMatchObject({ bans: 1, denied: 1, allowed: 0 });
    expect(keeper.trouble).toBe("");
  });

  it("bans whole proven sources that are marked for it, and no others", async () => {
    const found = await change(
      { kind: "block-put", block: block("198.51.100.1") },
      { kind: "block-put", block: block("198.51.100.2", { proven: false }) },
      { kind: "block-put", block: block("198.51.100.3", { account: "1001" }) },
      { kind: "block-put", block: block("198.51.100.4", { inKernel: false }) },
    );
    expect(found.bans).toBe(1);
    expect((await change({ kind: "block-lift", source: "198.51.100.1" })).bans).toBe(0);
  });

  it("follows the lists", async () => {
    const put = await change(
      { kind: "list-put", list: "deny", entries: [entry("192.0.2.7"), entry("192.0.2.8")] },
      { kind: "list-put", list: "allow", entries: [entry("192.0.2.9")] },
    );
    expect(put).toMatchObject({ denied: 2, allowed: 1 });
    expect((await change({ kind: "list-remove", list: "deny", networks: ["192.0.2.7"] })).denied).toBe(1);
  });

  it("drops nothing in observe mode, and everything again after", async () => {
    await change(
      { kind: "list-put", list: "deny", entries: [entry("192.0.2.7")] },
      { kind: "block-put", block: block("198.51.100.1") },
    );
    const observing = await change({ kind: "settings", settings: { ...defaultSettings, mode: "observe" } });
    expect(observing).toMatchObject({ denied: 0, bans: 0 });
    expect(await change({ kind: "settings", settings: defaultSettings })).toMatchObject({ denied: 1, bans: 1 });
  });

  it("lets a block go on while it is hammered, and end while it is only retried", async () => {
    copy.apply({ kind: "block-put", block: block("198.51.100.1") });
    copy.apply({ kind: "block-put", block: block("198.51.100.2") });
    kernel.counters = new Map([
      ["198.51.100.1", hammered],
      ["198.51.100.2", hammered - 1],
      ["198.51.100.3", hammered],
    ]);
    await keeper.extendHammered(nowMs);
    const untilMs = nowMs + defaultSettings.dynamicBlockSeconds * 1000;
    expect(extended).toEqual([block("198.51.100.1", { untilMs, refused: 5 + hammered })]);
  });

  it("tells when the kernel refuses, and goes on", async () => {
    kernel.changeDenied = async () => {
      throw new Error("no room");
    };
    await change({ kind: "list-put", list: "deny", entries: [entry("192.0.2.7")] });
    expect(keeper.trouble).toBe("no room");
    await change({ kind: "block-put", block: block("198.51.100.1") });
    expect(keeper.trouble).toBe("");
  });

  it("closes the whole host to the countries refused, in protect mode and when asked to", async () => {
    const drops = async (settings: Partial<Settings>) => {
      await change({ kind: "settings", settings: { ...defaultSettings, geoCountries: ["FR"], ...settings } });
      return kernel.limitsSet?.wholeHostGeo?.networks;
    };
    expect(await drops({ geoMode: "deny", geoWholeHost: true })).toEqual(["192.0.2.0/24"]);
    expect(await drops({ geoMode: "allow", geoWholeHost: true })).toEqual(["198.51.100.0/24"]);
    expect(await drops({ geoMode: "allow", geoWholeHost: false })).toBeUndefined();
    expect(await drops({ geoMode: "off", geoWholeHost: true })).toBeUndefined();
    expect(await drops({ geoMode: "deny", geoWholeHost: true, mode: "observe" })).toBeUndefined();
  });
});
