import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { addressBytes, addressFromBytes, networkContains, parseAddress, parseNetwork, sourceOf } from "./address.ts";
import { SipprotError } from "./errors.ts";

describe("an address", () => {
  it.each([
    ["192.0.2.7", "192.0.2.7"],
    ["2001:DB8:0:0:0:0:0:7", "2001:db8::7"],
    ["::ffff:192.0.2.7", "192.0.2.7"],
    ["2001:db8:0:1:0:0:0:1", "2001:db8:0:1::1"],
  ])("%s is written %s", (text, canonical) => {
    expect(parseAddress(text)).toBe(canonical);
  });

  it.each([
    "",
    "1.2.3",
    "0x7f.0.0.1",
    "010.0.0.1",
    "192.0.2.256",
    "fe80::1%eth0",
    "[::1]",
    "192.0.2.7:5060",
    "::1::",
    "a".repeat(9999),
  ])("%j is none", (text) => {
    expect(parseAddress(text)).toBeUndefined();
  });

  it("survives the way through its bytes", () => {
    const bytes = fc.oneof(
      fc.uint8Array({ minLength: 4, maxLength: 4 }),
      fc.uint8Array({ minLength: 16, maxLength: 16 }),
    );
    fc.assert(
      fc.property(bytes, (raw) => {
        const text = addressFromBytes(raw);
        expect(parseAddress(text)).toBe(text);
        expect(addressFromBytes(addressBytes(text))).toBe(text);
      }),
    );
  });
});

describe("a network", () => {
  it.each([
    ["192.0.2.0/24", "192.0.2.0/24"],
    [" 192.0.2.7/32 ", "192.0.2.7"],
    ["2001:db8::/32", "2001:db8::/32"],
    ["::ffff:192.0.2.0/120", "192.0.2.0/24"],
    ["0.0.0.0/0", "0.0.0.0/0"],
  ])("%j is written %s", (text, canonical) => {
    expect(parseNetwork(text)).toBe(canonical);
  });

  it("with host bits set is refused, with both things that could have been meant", () => {
    try {
      parseNetwork("192.0.2.7/24");
      expect.unreachable();
    } catch (error) {
      expect(error).toBeInstanceOf(SipprotError);
      expect((error as SipprotError).facts.remedy).toContain("192.0.2.0/24");
      expect((error as SipprotError).facts.remedy).toContain("192.0.2.7 ");
    }
  });

  it.each(["192.0.2.0/33", "192.0.2.0/", "192.0.2.0/-1", "2001:db8::/129", "192.0.2.0/255.255.255.0", "office"])(
    "%j is refused",
    (text) => {
      expect(() => parseNetwork(text)).toThrow(SipprotError);
    },
  );

  it("contains its addresses and smaller networks, never another family", () => {
    expect(networkContains("192.0.2.0/24", "192.0.2.255")).toBe(true);
    expect(networkContains("192.0.2.0/24", "192.0.3.0")).toBe(false);
    expect(networkContains("192.0.2.0/24", "192.0.0.0/16")).toBe(false);
    expect(networkContains("2001:db8::/32", "2001:db8:5::/48")).toBe(true);
    expect(networkContains("0.0.0.0/0", "2001:db8::1")).toBe(false);
  });
});

describe("a source", () => {
  it("is the address in IPv4 and the /64 in IPv6", () => {
    expect(sourceOf("192.0.2.7")).toBe("192.0.2.7");
    expect(sourceOf("2001:db8:1:2:3:4:5:6")).toBe("2001:db8:1:2::/64");
  });
});
