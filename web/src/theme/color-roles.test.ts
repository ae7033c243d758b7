import { describe, expect, it } from "vitest";
import { type ColorRoles, colorRoles, type Scheme, shadesOf } from "./color-roles.ts";
import { lowestContrast, MARK_CONTRAST, TEXT_CONTRAST } from "./contrast.ts";
import { gateColors, inks, meanings, surfaces } from "./palette.ts";

const schemes = ["light", "dark"] as const;
/** What customers choose: pale, dark, loud, grey, and the ends of the scale. */
const accents = ["#ffff00", "#00ff00", "#ff0000", "#0000ff", "#000000", "#ffffff", "#808080", "#f4b6c2", "#0a0a14"];

function expectReadable(roles: ColorRoles, scheme: Scheme): void {
  expect(lowestContrast(roles.text, [...surfaces[scheme], roles.tint, roles.tintHover])).toBeGreaterThanOrEqual(
    TEXT_CONTRAST,
  );
  expect(lowestContrast(roles.filled, surfaces[scheme])).toBeGreaterThanOrEqual(MARK_CONTRAST);
  expect(lowestContrast(roles.onFilled, [roles.filled, roles.filledHover])).toBeGreaterThanOrEqual(TEXT_CONTRAST);
}

describe.each(schemes)("in the %s scheme", (scheme) => {
  it.each(accents)("the accent %s yields words, buttons and words on buttons that can be read", (accent) => {
    expectReadable(colorRoles(accent, scheme, surfaces[scheme]), scheme);
  });

  it("every colour there is in steps of the cube can be an accent", () => {
    for (let red = 0; red <= 255; red += 51) {
      for (let green = 0; green <= 255; green += 51) {
        for (let blue = 0; blue <= 255; blue += 51) {
          const hex = `#${[red, green, blue].map((part) => part.toString(16).padStart(2, "0")).join("")}`;
          expectReadable(colorRoles(hex, scheme, surfaces[scheme]), scheme);
        }
      }
    }
  });

  it.each(Object.entries({ ...meanings, ...gateColors }))("the product's own %s can be read", (_, hex) => {
    expectReadable(colorRoles(hex, scheme, surfaces[scheme]), scheme);
  });

  it("words, quieter words and edges of controls stand out from every surface", () => {
    const { ink, soft, control, row, hover } = inks[scheme];
    const behind = [...surfaces[scheme], row, hover];
    expect(lowestContrast(ink, behind)).toBeGreaterThan(10);
    expect(lowestContrast(soft, behind)).toBeGreaterThanOrEqual(TEXT_CONTRAST);
    expect(lowestContrast(control, surfaces[scheme])).toBeGreaterThanOrEqual(MARK_CONTRAST);
  });

  it("the marks of the gates differ from each other", () => {
    const marks = Object.values(gateColors).map((hex) => colorRoles(hex, scheme, surfaces[scheme]).filled);
    expect(new Set(marks).size).toBe(marks.length);
  });
});

it("a colour that is well already stays as the customer gave it", () => {
  expect(colorRoles("#0b6374", "light", surfaces.light).filled).toBe("#0b6374");
});

it("what is no colour is refused with what was expected", () => {
  expect(() => colorRoles("bleu", "light", surfaces.light)).toThrow(/#rrggbb/);
});

it("ten shades go from light to dark", () => {
  const shades = shadesOf("#0b6374");
  expect(shades).toHaveLength(10);
  const contrasts = shades.map((shade) => lowestContrast(shade, ["#ffffff"]));
  expect(contrasts).toEqual([...contrasts].sort((one, other) => one - other));
});
