import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { drawTable } from "./table.ts";
import { escapeText } from "./text.ts";

/** Every code point, surrogates alone included. */
const anyText = fc
  .array(fc.integer({ min: 0, max: 0x10ffff }), { maxLength: 50 })
  .map((points) => String.fromCodePoint(...points));

describe("a table", () => {
  it("is drawn with a line after each row", () => {
    expect(
      drawTable(
        [
          { heading: "IP ADDRESS", align: "left" },
          { heading: "COUNTRY", align: "right" },
        ],
        [["192.0.2.1", "Côte d’Ivoire"], ["192.0.2.100"]],
      ),
    ).toBe(`+-------------+---------------+
| IP ADDRESS  |       COUNTRY |
+-------------+---------------+
| 192.0.2.1   | Côte d’Ivoire |
+-------------+---------------+
| 192.0.2.100 |               |
+-------------+---------------+`);
  });

  it("stays straight with wide letters and combining marks", () => {
    const lines = drawTable([{ heading: "NOTE", align: "left" }], [["東京"], ["e\u0301"], ["abcd"]]).split("\n");
    expect(lines[3]).toBe("| 東京 |");
    expect(lines[5]).toBe("| e\u0301    |");
  });

  it("never lets a control character through", () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const drawn = drawTable([{ heading: "X", align: "left" }], [[text]]);
        expect(drawn.split("\n")).toHaveLength(5);
        expect(drawn.replaceAll("\n", "")).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}]/u);
      }),
    );
  });
});

describe("an escaped text", () => {
  it("shows what it hides", () => {
    expect(escapeText("a\u001b[2J\u202eb\n\u0085é")).toBe("a\\x1b[2J\\u{202e}b\\x0a\\x85é");
  });
});
