import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { addressFromBytes, formatNetwork, maskAddress, networkContains } from "./address.ts";
import { NetworkLookup, widerNetworks } from "./network-lookup.ts";

const anyNetwork = fc
  .tuple(fc.uint8Array({ minLength: 4, maxLength: 4, max: 3 }), fc.integer({ min: 0, max: 32 }))
  .map(([bytes, prefixBits]) =>
    formatNetwork({ address: maskAddress(addressFromBytes(bytes), prefixBits), prefixBits }),
  );

describe("a lookup in many networks", () => {
  it("finds a container exactly when one of them contains what is asked", () => {
    fc.assert(
      fc.property(fc.array(anyNetwork, { maxLength: 8 }), anyNetwork, (networks, asked) => {
        const found = new NetworkLookup(networks).findContaining(asked);
        if (found === undefined) expect(networks.some((one) => networkContains(one, asked))).toBe(false);
        else expect(networks.includes(found) && networkContains(found, asked)).toBe(true);
      }),
    );
  });

  it("names every wider network, the smallest first", () => {
    const wider = widerNetworks("2001:db8::/32");
    expect(wider).toHaveLength(33);
    expect(wider[0]).toBe("2001:db8::/32");
    expect(wider.at(-1)).toBe("::/0");
    expect(widerNetworks("192.0.2.7").slice(0, 3)).toEqual(["192.0.2.7", "192.0.2.6/31", "192.0.2.4/30"]);
  });
});
