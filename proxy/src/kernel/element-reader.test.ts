import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ElementReader, readDuration, type SetElement } from "./element-reader.ts";

const listing = `table inet sipprot {
	set ban4_32 {
		type ipv4_addr
		size 1048576
		flags timeout
		counter
		elements = { 192.0.2.1 counter packets 12 bytes 800 timeout 1h expires 59m59s996ms, 192.0.2.2 counter packets 0 bytes 0 timeout 1s500ms expires 1s496ms,
			     192.0.2.9 counter packets 0 bytes 0 }
	}
}
table inet sipprot {
	set empty {
		type ipv4_addr
	}

	set allow4_odd {
		type ipv4_addr
		flags interval
		elements = { 198.51.100.0/29, 203.0.113.1-203.0.113.5 }
	}
}
`;

const expected: SetElement[] = [
  { set: "ban4_32", key: "192.0.2.1", packets: 12, expiresInMs: 3_599_996 },
  { set: "ban4_32", key: "192.0.2.2", packets: 0, expiresInMs: 1496 },
  { set: "ban4_32", key: "192.0.2.9", packets: 0, expiresInMs: undefined },
  { set: "allow4_odd", key: "198.51.100.0/29", packets: 0, expiresInMs: undefined },
  { set: "allow4_odd", key: "203.0.113.1-203.0.113.5", packets: 0, expiresInMs: undefined },
];

describe("a listing of nft", () => {
  it("reads the same however it is cut", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 80 }), { minLength: 1 }), (sizes) => {
        const seen: SetElement[] = [];
        const reader = new ElementReader((element) => seen.push(element));
        for (let from = 0, turn = 0; from < listing.length; turn += 1) {
          const size = sizes[turn % sizes.length] ?? 1;
          reader.push(listing.slice(from, from + size));
          from += size;
        }
        expect(seen).toEqual(expected);
      }),
    );
  });

  it("gives durations in milliseconds", () => {
    expect(readDuration("1d2h3m4s5ms")).toBe(93_784_005);
    expect(readDuration("2m")).toBe(120_000);
  });
});
