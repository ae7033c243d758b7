/** The promises of the kernel's interface, kept by nftables in a namespace and by the dry run alike. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join as joinPath } from "node:path";
import { SipprotError } from "@sipprot/shared/errors";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { DryRunKernel } from "../../proxy/src/kernel/dry-run-kernel.ts";
import type { Kernel, Limits } from "../../proxy/src/kernel/kernel.ts";
import { NftablesKernel } from "../../proxy/src/kernel/nftables-kernel.ts";
import type { SteeringDescription } from "../../proxy/src/kernel/steering-description.ts";
import { Namespace } from "./kernel-namespaces.ts";

const inAnHour = () => Date.now() + 3_600_000;
const steering: SteeringDescription = {
  endpoints: [{ address: "203.0.113.10", ports: [5060], place: { kind: "host" } }],
  protocols: ["udp", "tcp"],
  workers: 2,
  failOpen: true,
  hashSeed: 1,
};
const limits: Limits = {
  tftp: { requestsPerMinute: 10, burstRequests: 100 },
  isDnsProtected: true,
  wholeHostGeo: { drops: "unlisted", networks: ["192.0.2.0/24", "2001:db8::/32"] },
};

let namespace: Namespace;
let folder: string;
beforeAll(() => {
  namespace = new Namespace("contract");
  folder = mkdtempSync(joinPath(tmpdir(), "kernel-contract-"));
});
afterAll(() => {
  namespace.remove();
  rmSync(folder, { recursive: true });
});

describe.each<[string, () => Kernel]>([
  ["nftables", () => new NftablesKernel({ prefix: namespace.prefix, runFolder: folder })],
  ["the dry run", () => new DryRunKernel()],
])("%s", (_, open) => {
  let kernel: Kernel;
  beforeAll(() => {
    kernel = open();
  });
  afterAll(() => kernel.remove());

  it("is in step when nothing was ordered", async () => {
    expect(await kernel.readBack()).toMatchObject({ isInStep: true, bans: 0, denied: 0, allowed: 0 });
  });

  it("begins, prolongs and lifts bans, IPv4 and IPv6, of the lengths a ban has", async () => {
    await kernel.setGuarded([{ address: "203.0.113.10", port: 5060 }, { port: 5061 }]);
    await kernel.setBans([{ source: "192.0.2.1", untilMs: inAnHour() }]);
    await kernel.addBans(
      ["192.0.2.2", "198.51.100.0/24", "2001:db8:1:2::/64", "2001:db8::7", "2001:db8:9::/48"].map((source) => ({
        source,
        untilMs: inAnHour(),
      })),
    );
    await kernel.addBans([{ source: "192.0.2.2", untilMs: inAnHour() + 60_000 }]);
    expect(await kernel.readBack()).toMatchObject({ isInStep: true, differences: [], bans: 6 });
    await kernel.liftBans(["192.0.2.2", "198.51.100.0/24", "192.0.2.77", "192.0.2.0/25"]);
    expect(await kernel.readBack()).toMatchObject({ isInStep: true, bans: 4 });
    await kernel.setBans([{ source: "2001:db8::7", untilMs: inAnHour() }]);
    expect(await kernel.readBack()).toMatchObject({ isInStep: true, bans: 1 });
  });

  it("ignores bans of the past and refuses lengths no ban has", async () => {
    await kernel.addBans([{ source: "192.0.2.3", untilMs: Date.now() - 1 }]);
    expect(await kernel.readBack()).toMatchObject({ isInStep: true, bans: 1 });
    await expect(kernel.addBans([{ source: "192.0.2.0/25", untilMs: inAnHour() }])).rejects.toThrow(SipprotError);
  });

  it("takes orders that come all at once", async () => {
    const orders = Array.from({ length: 300 }, (__, index) =>
      kernel.addBans([{ source: `198.51.100.${index % 256}`, untilMs: inAnHour() + index }]),
    );
    await Promise.all([...orders, kernel.liftBans(["198.51.100.7"])]);
    expect(await kernel.readBack()).toMatchObject({ isInStep: true, differences: [], bans: 256 });
  });

  it("holds exactly the lists ordered, odd lengths and overlaps included", async () => {
    await kernel.setAllowed([
      "192.0.2.0/25",
      "192.0.2.128/25",
      "192.0.2.0/24",
      "192.0.2.7",
      "10.0.0.0/8",
      "2001:db8::/32",
    ]);
    await kernel.setDenied(["198.51.100.0/24", "0.0.0.0/1", "2001:db8:4::/47", "2001:db8:5::1"]);
    expect(await kernel.readBack()).toMatchObject({ isInStep: true, differences: [], allowed: 6, denied: 4 });
    await Promise.all([
      kernel.setDenied(["192.0.2.9"]),
      kernel.setDenied(["192.0.2.10", "192.0.2.0/30"]),
      kernel.setAllowed([]),
    ]);
    expect(await kernel.readBack()).toMatchObject({ isInStep: true, differences: [], allowed: 0, denied: 2 });
  });

  it("changes a list by what came and went", async () => {
    await kernel.setDenied(["192.0.2.9", "198.51.100.0/24", "10.0.0.0/9"]);
    await kernel.changeDenied(
      new Map([
        ["192.0.2.9", false],
        ["192.0.2.10", true],
        ["10.0.0.0/9", false],
        ["10.128.0.0/9", true],
        ["203.0.113.7", false],
      ]),
    );
    expect(await kernel.readBack()).toMatchObject({ isInStep: true, differences: [], denied: 3 });
    await kernel.changeAllowed(new Map([["2001:db8::/33", true]]));
    expect(await kernel.readBack()).toMatchObject({ isInStep: true, differences: [], allowed: 1 });
    await Promise.all([kernel.setAllowed([]), kernel.setDenied([])]);
  });

  it("puts limits on, changes them and takes them off", async () => {
    await kernel.setLimits(limits);
    await kernel.setLimits({ ...limits, tftp: { requestsPerMinute: 60, burstRequests: 5 } });
    expect((await kernel.readBack()).isInStep).toBe(true);
    await kernel.setLimits({ isDnsProtected: false });
    expect((await kernel.readBack()).isInStep).toBe(true);
  });

  it("applies, replaces and releases the steering", async () => {
    await kernel.applySteering(steering);
    await kernel.applySteering({ ...steering, workers: 1, failOpen: false });
    await kernel.applySteering(steering);
    expect(await kernel.readBack()).toMatchObject({ isInStep: true, aliveWorkers: [] });
    await kernel.releaseWorker(1);
    await kernel.drainSteering();
    await kernel.drainSteering();
    expect(await kernel.readBack()).toMatchObject({ isInStep: true, aliveWorkers: [] });
    await kernel.applySteering(steering);
    await kernel.drainSteering();
    await kernel.releaseSteering();
    expect((await kernel.readBack()).isInStep).toBe(true);
    await expect(kernel.applySteering({ ...steering, endpoints: [] })).rejects.toThrow(SipprotError);
  });

  it("counts nothing where nothing comes", async () => {
    expect((await kernel.readCounters()).size).toBe(0);
  });
});
