import { SipprotError } from "@sipprot/shared/errors";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  listEndpoints,
  listHeartbeats,
  listSocketPairs,
  MAX_SOCKET_PAIRS,
  type SteeringDescription,
} from "./steering-description.ts";

const host = { kind: "host" } as const;
const guest = { kind: "routed-guest", interface: "vm1" } as const;
const bridged = {
  kind: "bridged-guest",
  bridge: "br0",
  bridgeMac: "02:00:00:00:00:01",
  guestMac: "02:00:00:00:00:02",
} as const;
const describeIt = (over: Partial<SteeringDescription> = {}): SteeringDescription => ({
  endpoints: [
    { address: "203.0.113.10", ports: [5060, 5080], place: host },
    { address: "2001:db8:1::10", ports: [5060], place: host },
    { address: "203.0.113.20", ports: [5060], place: guest },
    { address: "203.0.113.30", ports: [5060], place: bridged },
  ],
  protocols: ["udp", "tcp"],
  workers: 2,
  failOpen: true,
  hashSeed: 7,
  ...over,
});

describe("the socket pairs", () => {
  it("are bound to the PBX's own address on the host, to the private one for guests", () => {
    const pairs = listSocketPairs(describeIt());
    const bound = (endpoint: string) => pairs.find((pair) => pair.endpoint === endpoint)?.bindAddress;
    expect(bound("203.0.113.10:5080")).toBe("203.0.113.10");
    expect(bound("[2001:db8:1::10]:5060")).toBe("2001:db8:1::10");
    expect(bound("203.0.113.20:5060")).toBe("100.64.253.1");
  });

  it("are one for each endpoint and worker, and never share a port", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 8 }), fc.integer({ min: 1, max: 60 }), (workers, count) => {
        const ports = Array.from({ length: count }, (_, index) => 5060 + index);
        const pairs = listSocketPairs(
          describeIt({ workers, endpoints: [{ address: "203.0.113.10", ports, place: host }] }),
        );
        expect(pairs).toHaveLength(workers * count);
        const used = pairs.flatMap(({ downPort, upPort }) => [downPort, upPort]);
        expect(new Set(used).size).toBe(used.length);
        expect(Math.max(...used)).toBeLessThan(65536);
      }),
    );
  });
});

describe("the heartbeats", () => {
  it("go from an up socket of the worker to its own address, one a family, and one a bridge", () => {
    expect(listHeartbeats(describeIt(), 1)).toEqual([
      { fromAddress: "203.0.113.10", fromPort: 61003, toAddress: "203.0.113.10", toPort: 9 },
      { fromAddress: "100.64.253.1", fromPort: 61019, toAddress: "100.64.253.100", toPort: 9 },
      { fromAddress: "2001:db8:1::10", fromPort: 61011, toAddress: "2001:db8:1::10", toPort: 9 },
    ]);
  });
});

describe("a description that cannot be", () => {
  const one = (ports: number[]) => [{ address: "203.0.113.10", ports, place: host }];
  it.each<[string, Partial<SteeringDescription>]>([
    ["no endpoint", { endpoints: [] }],
    ["an endpoint twice", { endpoints: [...one([5060]), ...one([5060])] }],
    ["a port among our own", { endpoints: one([61000]) }],
    ["port 0", { endpoints: one([0]) }],
    ["no worker", { workers: 0 }],
    ["no protocol", { protocols: [] }],
    ["more than fits", { endpoints: one(Array.from({ length: MAX_SOCKET_PAIRS }, (_, port) => port + 1)), workers: 2 }],
    [
      "a wild interface",
      { endpoints: [{ address: "203.0.113.10", ports: [5060], place: { ...guest, interface: "a; b" } }] },
    ],
    ["a wild MAC", { endpoints: [{ address: "203.0.113.10", ports: [5060], place: { ...bridged, guestMac: "x" } }] }],
  ])("%s is refused", (_, over) => {
    expect(() => listEndpoints(describeIt(over))).toThrow(SipprotError);
  });
});
