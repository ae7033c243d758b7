import { describe, expect, it } from "vitest";
import { classifyAddress, type MachineFacts } from "./place.ts";

const facts: MachineFacts = {
  interfaces: [
    { ifname: "lo", addr_info: [{ local: "127.0.0.1" }] },
    {
      ifname: "eth0",
      address: "02:00:00:00:00:aa",
      addr_info: [{ local: "203.0.113.10" }, { local: "2001:db8:1::10" }],
    },
    {
      ifname: "virbr0",
      address: "02:00:00:00:00:bb",
      linkinfo: { info_kind: "bridge" },
      addr_info: [{ local: "198.51.100.1" }],
    },
  ],
  routes: [
    { dst: "default", dev: "eth0" },
    { dst: "203.0.113.0/24", dev: "eth0" },
    { dst: "198.51.100.0/24", dev: "virbr0" },
    { dst: "192.0.2.33", dev: "veth7" },
    { dst: "2001:db8:3::/64", dev: "virbr0" },
  ],
  neighbours: [{ dst: "203.0.113.20", dev: "br0", lladdr: "02:00:00:00:00:20" }],
};
/** The same machine with its outer interface in a bridge, as virtualisation hosts often are. */
const bridged: MachineFacts = {
  interfaces: [
    {
      ifname: "br0",
      address: "02:00:00:00:00:cc",
      linkinfo: { info_kind: "bridge" },
      addr_info: [{ local: "203.0.113.2" }],
    },
  ],
  routes: [
    { dst: "default", dev: "br0" },
    { dst: "203.0.113.0/24", dev: "br0" },
  ],
  neighbours: facts.neighbours,
};

describe("an address", () => {
  it.each([
    ["203.0.113.10", { kind: "host" }],
    ["2001:db8:1::10", { kind: "host" }],
    ["198.51.100.20", { kind: "routed-guest", interface: "virbr0" }],
    ["2001:db8:3::20", { kind: "routed-guest", interface: "virbr0" }],
    ["192.0.2.33", { kind: "routed-guest", interface: "veth7" }],
  ])("%s is found", (address, place) => {
    expect(classifyAddress(address, facts)).toEqual({ place });
  });

  it("behind the bridge the clients come through is a bridged guest, with both MACs", () => {
    expect(classifyAddress("203.0.113.20", bridged)).toEqual({
      place: {
        kind: "bridged-guest",
        bridge: "br0",
        bridgeMac: "02:00:00:00:00:cc",
        guestMac: "02:00:00:00:00:20",
      },
    });
  });

  it.each([
    ["192.0.2.99", facts, /neither/],
    ["203.0.113.99", facts, /same network/],
    ["203.0.113.21", bridged, /MAC address/],
  ])("%s that cannot be protected from here says why", (address, machine, why) => {
    const answer = classifyAddress(address, machine);
    expect("problem" in answer ? answer.problem : "").toMatch(why);
  });
});
