import { defaultBranding, MAX_LOGO_BYTES } from "@sipprot/shared/branding";
import { describe, expect, it } from "vitest";
import { makePng } from "../../../test/e2e/small-png.ts";
import { applyBranding } from "./branding.ts";
import { readPicture } from "./picture.ts";

const jpeg = Buffer.from("ffd8ffe000044a46ffc0000b080030006001012200ffd9", "hex");
const webp = Buffer.concat([
  Buffer.from("RIFF\0\0\0\0WEBPVP8X\n\0\0\0\0\0\0\0", "latin1"),
  Buffer.from([0x5f, 0, 0, 0x2f, 0, 0]),
]);
const change = (file: Buffer) =>
  applyBranding(defaultBranding, { logo: { file: file.toString("base64"), plates: [] } });

describe("a logo", () => {
  it("is what its bytes say, whatever it is called", () => {
    expect(readPicture(makePng(96, 48))).toEqual({ type: "image/png", width: 96, height: 48 });
    expect(readPicture(jpeg)).toEqual({ type: "image/jpeg", width: 96, height: 48 });
    expect(readPicture(webp)).toEqual({ type: "image/webp", width: 96, height: 48 });
  });

  it.each([
    ["SVG", Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>')],
    ["HTML", Buffer.from("<html>")],
    ["GIF", Buffer.from("GIF89a\x01\0\x01\0")],
    ["a PNG that was cut off", makePng(96, 48).subarray(0, 60)],
    ["nothing", Buffer.alloc(0)],
    ["a JPEG that never comes to its size", Buffer.from("ffd8ffe00000ffd9", "hex")],
  ])("is refused when it is %s", (_, file) => {
    expect(readPicture(file)).toBeUndefined();
    expect(() => change(file)).toThrow(expect.objectContaining({ code: "bad-picture" }));
  });

  it("is refused when it would unfold to gigabytes, has no size, or is too large a file", () => {
    for (const [width, height] of [
      [65_000, 10],
      [10, 2001],
      [0, 10],
    ] as const) {
      expect(() => change(makePng(width, height))).toThrow(expect.objectContaining({ code: "bad-picture" }));
    }
    const large = makePng(10, 10);
    const padded = Buffer.concat([large.subarray(0, 33), Buffer.alloc(MAX_LOGO_BYTES), large.subarray(33)]);
    expect(() => change(padded)).toThrow(expect.objectContaining({ code: "bad-picture" }));
  });

  it("never throws anything else, whatever the bytes are", () => {
    for (const whole of [makePng(9, 9), jpeg, webp]) {
      for (let length = 0; length <= whole.length; length += 1) readPicture(whole.subarray(0, length));
    }
  });
});

it("what is left out stays, and the logo has another version when its file is another", () => {
  const { branding } = change(makePng(96, 48));
  const renamed = applyBranding(branding, { productName: "Phonegate" });
  expect(renamed).toEqual({ branding: { ...branding, productName: "Phonegate" }, logo: undefined });
  expect(change(makePng(97, 48)).branding.logo?.version).not.toBe(branding.logo?.version);
  expect(applyBranding(branding, { logo: null }).branding.logo).toBeNull();
});
