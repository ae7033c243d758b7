import { parseNetwork } from "@sipprot/shared/address";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isOdd, mergeRanges, networkOfElement, setNameOf, setNamesOf, writeElements } from "./network-sets.ts";

describe("a network", () => {
  it.each([
    ["192.0.2.7", "ban4_32"],
    ["192.0.2.0/24", "ban4_24"],
    ["192.0.0.0/16", "ban4_16"],
    ["2001:db8:1:2::/64", "ban6_64"],
    ["2001:db8::7", "ban6_128"],
    ["192.0.2.0/25", "ban4_odd"],
    ["0.0.0.0/0", "ban4_odd"],
    ["2001:db8::/32", "ban6_odd"],
  ])("%s belongs into %s", (network, set) => {
    expect(setNameOf("ban", network)).toBe(set);
    expect(isOdd(network)).toBe(set.endsWith("odd"));
    expect(setNamesOf("deny", network.includes(":") ? 6 : 4)).toContain(set.replace("ban", "deny"));
  });

  it("is read back from its element as it was written", () => {
    for (const network of ["192.0.2.7", "192.0.2.0/24", "2001:db8:1:2::/64", "2001:db8::7", "2001:db8:9::/48"]) {
      const set = setNameOf("ban", network);
      const key = /\{ (\S+) \}/.exec(writeElements("delete", "sipprot", [{ set, network }]))?.[1] ?? "";
      expect(networkOfElement(set, key)).toBe(network);
    }
  });
});

describe("merged ranges", () => {
  it("are the same for lists that cover the same", () => {
    expect(mergeRanges(["192.0.2.0/25", "192.0.2.128/25"])).toEqual(mergeRanges(["192.0.2.0/24"]));
    expect(mergeRanges(["192.0.2.1-192.0.2.2", "192.0.2.0"])).toEqual(mergeRanges(["192.0.2.0/31", "192.0.2.2"]));
    expect(mergeRanges(["192.0.2.0/24"])).not.toEqual(mergeRanges(["192.0.2.0/25"]));
    expect(mergeRanges(["255.255.255.255", "::"])).toHaveLength(2);
  });

  it("do not depend on order or repetition", () => {
    const network = fc
      .tuple(fc.integer({ min: 0, max: 255 }), fc.integer({ min: 24, max: 32 }))
      .map(([last, bits]) =>
        parseNetwork(`192.0.2.${bits === 32 ? last : last & (0xff << (32 - bits)) & 0xff}/${bits}`),
      );
    fc.assert(
      fc.property(fc.array(network), (list) => {
        expect(mergeRanges([...list, ...list].reverse())).toEqual(mergeRanges(list));
      }),
    );
  });
});
