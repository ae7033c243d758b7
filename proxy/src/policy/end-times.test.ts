import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { EndTimes } from "./end-times.ts";

describe("the ends of a list's entries", () => {
  it("come out when they are over, not before, and once", () => {
    const ends = new EndTimes();
    ends.put("192.0.2.1", 1_000);
    ends.put("192.0.2.2", 2_000);
    expect(ends.takeOver(999, 10)).toEqual([]);
    expect(ends.takeOver(1_000, 10)).toEqual(["192.0.2.1"]);
    expect(ends.takeOver(5_000, 10)).toEqual(["192.0.2.2"]);
    expect(ends.takeOver(5_000, 10)).toEqual([]);
    expect(ends.size).toBe(0);
  });

  it("are those said last: later, never, or gone with the entry", () => {
    const ends = new EndTimes();
    for (const network of ["later", "never", "gone"]) ends.put(network, 1_000);
    ends.put("later", 3_000);
    ends.put("never", undefined);
    ends.delete("gone");
    expect(ends.takeOver(2_999, 10)).toEqual([]);
    expect(ends.takeOver(3_000, 10)).toEqual(["later"]);
    ends.put("cleared", 1_000);
    ends.clear();
    expect(ends.takeOver(9_000, 10)).toEqual([]);
  });

  it("all come out within as many calls as they are portions, whatever is put and deleted between", () => {
    const change = fc.tuple(fc.nat(30), fc.option(fc.integer({ min: 1, max: 2_000 }), { nil: undefined }));
    fc.assert(
      fc.property(fc.array(change, { maxLength: 40 }), fc.array(change, { maxLength: 5 }), (first, meanwhile) => {
        const ends = new EndTimes();
        const plain = new Map<string, number>();
        const put = ([network, endMs]: readonly [number, number | undefined]) => {
          ends.put(String(network), endMs);
          if (endMs === undefined) plain.delete(String(network));
          else plain.set(String(network), endMs);
        };
        for (const one of first) put(one);
        const over = ends.takeOver(1_000, 3);
        for (const network of over) {
          expect(plain.get(network)).toBeLessThanOrEqual(1_000);
          plain.delete(network);
        }
        for (const one of meanwhile) put(one);
        const due = [...plain].filter(([, endMs]) => endMs <= 1_000).map(([network]) => network);
        const taken: string[] = [];
        // The walk may have to come to its end before it begins with what was looked at already.
        for (let call = 0; call < 2 * Math.ceil(31 / 3); call += 1) taken.push(...ends.takeOver(1_000, 3));
        expect(taken.toSorted()).toEqual(due.toSorted());
        expect(ends.size).toBe(plain.size - due.length);
      }),
    );
  });
});
