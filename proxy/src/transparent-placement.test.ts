import { defaultSettings } from "@sipprot/shared/settings";
import { describe, expect, it } from "vitest";
import { DryRunKernel } from "./kernel/dry-run-kernel.ts";
import type { Classification } from "./kernel/place.ts";
import type { Place } from "./kernel/steering-description.ts";
import { placementKey } from "./placement.ts";
import { TransparentPlacement } from "./transparent-placement.ts";

const host: Place = { kind: "host" };
const bridged: Place = {
  kind: "bridged-guest",
  bridge: "br0",
  bridgeMac: "02:00:00:00:00:01",
  guestMac: "02:00:00:00:00:02",
};

function placing(places: Record<string, Place>) {
  const kernel = new DryRunKernel();
  const placement = new TransparentPlacement({
    kernel,
    listProtected: () => [
      { address: "203.0.113.10", ports: [] },
      { address: "203.0.113.11", ports: [5080] },
    ],
    locate: async (addresses) =>
      new Map(
        addresses.map((address): [string, Classification] => {
          const place = places[address];
          return [address, place === undefined ? { problem: `${address} is elsewhere` } : { place }];
        }),
      ),
    hashSeed: 7,
  });
  return { kernel, placement };
}

describe("the placement of the workers in transparent mode", () => {
  it("gives each worker a socket pair for each port, and a heartbeat", async () => {
    const { placement } = placing({ "203.0.113.10": host, "203.0.113.11": host });
    const plan = await placement.plan({ ...defaultSettings, sipPorts: ["5060:5061"] }, 2);
    const names = ["203.0.113.10:5060", "203.0.113.10:5061", "203.0.113.11:5080"];
    expect(plan.map((worker) => worker.map((one) => one.endpoint))).toEqual([names, names]);
    const ports = plan.flat().flatMap((one) => (one.path === "transparent" ? [one.downPort, one.upPort] : []));
    expect(new Set(ports).size).toBe(12);
    for (const worker of plan) {
      expect(worker.some((one) => one.path === "transparent" && one.heartbeatsTo.length > 0)).toBe(true);
    }
  });

  it("beats for a bridge too", async () => {
    const { placement } = placing({ "203.0.113.10": bridged, "203.0.113.11": bridged });
    const plan = await placement.plan(defaultSettings, 1);
    const beats = plan.flat().flatMap((one) => (one.path === "transparent" ? one.heartbeatsTo : []));
    expect(beats.length).toBe(2);
  });

  it("protects what is here, and names what is not", async () => {
    const { placement } = placing({ "203.0.113.10": host });
    const plan = await placement.plan(defaultSettings, 1);
    expect(plan[0]?.map((one) => one.endpoint)).toEqual(["203.0.113.10:5060"]);
    expect(placement.problems).toEqual(["203.0.113.11 is elsewhere"]);
  });

  it("says when there is nothing to protect", async () => {
    await expect(placing({}).placement.plan(defaultSettings, 1)).rejects.toThrow("203.0.113.11 is elsewhere");
  });

  it("steers when it is opened and no more when it is closed", async () => {
    const { kernel, placement } = placing({ "203.0.113.10": host, "203.0.113.11": host });
    const steered: string[] = [];
    kernel.applySteering = async ({ endpoints, workers }) => void steered.push(`${endpoints.length} for ${workers}`);
    kernel.releaseSteering = async () => void steered.push("released");
    await placement.plan(defaultSettings, 2);
    await placement.open();
    await placement.close();
    expect(steered).toEqual(["2 for 2", "released"]);
  });

  it("is made anew for other ports, transports or failing, not for other limits", () => {
    const key = placementKey(defaultSettings);
    expect(placementKey({ ...defaultSettings, floodBurstMessages: 1 })).toBe(key);
    expect(placementKey({ ...defaultSettings, failOpen: false })).not.toBe(key);
    expect(placementKey({ ...defaultSettings, sipPorts: ["5070"] })).not.toBe(key);
    expect(placementKey({ ...defaultSettings, protocols: ["udp"] })).not.toBe(key);
  });
});
