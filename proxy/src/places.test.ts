import { describe, expect, it } from "vitest";
import { classifyPlace, type Surroundings } from "./places.ts";

const surroundings: Surroundings = {
  links: [
    {
      ifname: "br0",
      address: "02:00:00:00:00:01",
      linkinfo: { info_kind: "bridge" },
      addr_info: [{ local: "203.0.113.1" }],
    },
    { ifname: "eth0", address: "02:00:00:00:00:02", addr_info: [{ local: "2001:DB8::1" }] },
    { ifname: "virbr0", linkinfo: { info_kind: "bridge" }, addr_info: [{ local: "192.0.2.1" }] },
  ],
  uplinks: ["br0", "eth0"],
  reachedThrough: new Map([
    ["203.0.113.10", "br0"],
    ["203.0.113.11", "br0"],
    ["192.0.2.10", "virbr0"],
    ["2001:db8::10", "eth0"],
  ]),
  neighbours: new Map([
    ["203.0.113.10", "02:00:00:00:00:10"],
    ["2001:db8::10", "02:00:00:00:00:11"],
  ]),
};

describe("the place of a protected address", () => {
  it.each([
    ["203.0.113.1", { kind: "host" }],
    ["2001:db8::1", { kind: "host" }],
    ["192.0.2.10", { kind: "routed-guest", interface: "virbr0" }],
    [
      "203.0.113.10",
      { kind: "bridged-guest", bridge: "br0", bridgeMac: "02:00:00:00:00:01", guestMac: "02:00:00:00:00:10" },
    ],
  ])("%s is %j", (address, place) => {
    expect(classifyPlace(address, surroundings)).toEqual(place);
  });

  it.each([
    ["behind the bridge, but it does not answer", "203.0.113.11"],
    ["another machine on our own wire", "2001:db8::10"],
    ["unknown to the routes", "198.51.100.1"],
  ])("is none: %s", (_why, address) => {
    expect(classifyPlace(address, surroundings)).toBeUndefined();
  });
});
