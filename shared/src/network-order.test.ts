import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { formatNetwork, maskAddress, networkContains } from "./address.ts";
import { NetworkOrder, orderKey } from "./network-order.ts";

const network = fc
  .oneof(
    fc.tuple(fc.constantFrom("192.0.2.1", "192.0.2.200", "198.51.100.7", "0.0.0.0"), fc.integer({ min: 0, max: 32 })),
    fc.tuple(fc.constantFrom("2001:db8::1", "2001:db8:0:1::", "::"), fc.integer({ min: 0, max: 128 })),
  )
  .map(([address, prefixBits]) => formatNetwork({ address: maskAddress(address, prefixBits), prefixBits }));

describe("the order of networks", () => {
  it("is by address, IPv4 first, the wider network first", () => {
    const inOrder = ["0.0.0.0/0", "9.0.0.1", "192.0.2.0/24", "192.0.2.0", "192.0.2.10", "2001:db8::/32", "2001:db8::1"];
    const sorted = [...inOrder].reverse().sort((one, other) => (orderKey(one) < orderKey(other) ? -1 : 1));
    expect(sorted).toEqual(inOrder);
  });

  it("finds exactly the networks inside another", () => {
    fc.assert(
      fc.property(fc.uniqueArray(network, { maxLength: 40 }), network, (networks, outer) => {
        const inside = [...new NetworkOrder(networks).inside(outer)];
        expect(inside.sort()).toEqual(networks.filter((one) => networkContains(outer, one)).sort());
      }),
    );
  });
});
