import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { KeyedHash } from "./keyed-hash.ts";

const secret = Uint8Array.from([0, 1, 2, 3, 4, 5, 6, 7]);

function hashOf(hash: KeyedHash, texts: readonly string[]): string {
  hash.start();
  for (const text of texts) hash.text(text);
  const { high, low } = hash.finish();
  return `${high} ${low}`;
}

describe("the keyed hash", () => {
  it.each([
    [0, 1495239969, -935544647],
    [1, 304371134, 359872760],
    [4, 394979285, -1590762149],
    [7, 673652991, -2067366992],
    [16, -760596877, -1242334369],
  ])("of %i bytes is the reference vector of HalfSipHash-2-4 (key 00 to 07, bytes 00, 01, …)", (length, high, low) => {
    const text = String.fromCharCode(...Array.from({ length }, (_, index) => index));
    const hash = new KeyedHash(secret).start().text(text).finish();
    expect([hash.high, hash.low]).toEqual([high, low]);
  });

  it("tells texts apart however they are cut, and depends on the secret", () => {
    const hash = new KeyedHash(secret);
    const other = new KeyedHash(Uint8Array.from([9, 1, 2, 3, 4, 5, 6, 7]));
    const texts = fc.array(fc.string({ maxLength: 9, unit: "binary-ascii" }), { maxLength: 3 });
    fc.assert(
      fc.property(texts, texts, (one, two) => {
        expect(hashOf(hash, one) === hashOf(hash, two)).toBe(JSON.stringify(one) === JSON.stringify(two));
        expect(hashOf(hash, [...one, "x"])).not.toBe(hashOf(other, [...one, "x"]));
      }),
    );
  });

  it("spreads close texts over all rows", () => {
    const hash = new KeyedHash(secret);
    const rows = new Set<number>();
    for (let index = 0; index < 4096; index += 1) rows.add(hash.start().text(`nonce-${index}`).finish().high & 255);
    expect(rows.size).toBe(256);
  });
});
