import { networkContains, parseNetwork } from "@sipprot/shared/address";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ADDRESS_WORDS, readAddressWords } from "./address-words.ts";
import { NetworkSet } from "./network-set.ts";

const ipv4 = fc.ipV4().map((text) => parseNetwork(text));
const ipv6 = fc
  .uint8Array({ minLength: 16, maxLength: 16 })
  .map((bytes) =>
    parseNetwork(
      Array.from({ length: 8 }, (_, at) => ((bytes[at * 2] ?? 0) * 256 + (bytes[at * 2 + 1] ?? 0)).toString(16)).join(
        ":",
      ),
    ),
  )
  .filter((text) => text.includes(":"));

/** Networks close to each other, so that they overlap. */
const network = fc
  .tuple(fc.constantFrom("10.0.0.0", "10.1.2.3", "192.0.2.255", "2001:db8::", "2001:db8:0:1::5"), fc.nat(128))
  .map(([address, length]) => {
    const bits = address.includes(":") ? 128 : 32;
    const prefixBits = Math.min(length, bits);
    try {
      return parseNetwork(`${address}/${prefixBits}`);
    } catch (error) {
      const remedy = (error as { facts: { remedy: string } }).facts.remedy;
      return /write (\S+) for/.exec(remedy)?.[1] ?? address;
    }
  });

describe("the words of an address", () => {
  it.each([
    ["0.0.0.0", [0]],
    ["255.255.255.255", [-1]],
    ["192.0.2.7", [0xc0000207 | 0]],
    ["::", [0, 0, 0, 0]],
    ["::1", [0, 0, 0, 1]],
    ["1::", [0x10000, 0, 0, 0]],
    ["2001:db8::7:8", [0x20010db8, 0, 0, 0x70008]],
    ["1:2:3:4:5:6:7:8", [0x10002, 0x30004, 0x50006, 0x70008]],
    ["ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", [-1, -1, -1, -1]],
    ["1:0:0:2::3", [0x10000, 0x2, 0, 3]],
  ])("of %s are read", (text, expected) => {
    const words = new Int32Array(ADDRESS_WORDS);
    const bits = readAddressWords(text, words);
    expect([...words.subarray(0, bits / 32)]).toEqual(expected);
  });
});

describe("a set of networks", () => {
  it("finds the longest network that holds an address, as looking at each would", () => {
    fc.assert(
      fc.property(
        fc.array(network, { maxLength: 30 }),
        fc.array(network, { maxLength: 10 }),
        fc.oneof(ipv4, ipv6, network),
        (put, removed, probe) => {
          const set = new NetworkSet();
          for (const one of put) set.put(one);
          for (const one of removed) set.remove(one);
          const left = [...new Set(put)].filter((one) => !removed.includes(one));
          expect(set.size).toBe(left.length);
          const address = probe.split("/")[0] ?? probe;
          const bits = (one: string) => Number(one.split("/")[1] ?? (one.includes(":") ? 128 : 32));
          const best = left.filter((one) => networkContains(one, address)).sort((a, b) => bits(b) - bits(a))[0];
          expect(set.find(address)).toBe(best);
          expect(set.has(address)).toBe(best !== undefined);
        },
      ),
    );
  });

  it("holds 100,000 networks and forgets them again", () => {
    const set = new NetworkSet();
    const all = Array.from({ length: 100_000 }, (_, index) => `10.${index >> 16}.${(index >> 8) & 255}.${index & 255}`);
    expect(all.filter((one) => !set.put(one))).toEqual([]);
    expect(all.filter((one) => !set.has(one))).toEqual([]);
    expect(set.put("10.0.0.1")).toBe(false);
    for (const one of all) set.remove(one);
    expect(set.size).toBe(0);
    expect(set.has("10.0.0.1")).toBe(false);
  });
});
