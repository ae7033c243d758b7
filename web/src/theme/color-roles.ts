/** From one colour to all that is made of it in a scheme: each with the contrast its use needs. Pure. */
import { clampChroma, converter, formatHex, interpolate, type Oklch, wcagContrast } from "culori";
import { lowestContrast, MARK_CONTRAST, TEXT_CONTRAST } from "./contrast.ts";

export type Scheme = "light" | "dark";

/** What a colour is used for in one scheme. */
export interface ColorRoles {
  /** Words and icons in this colour, on any surface and on `tint`. */
  readonly text: string;
  /** Buttons, switches, chosen things; seen against any surface. */
  readonly filled: string;
  readonly filledHover: string;
  /** Words on `filled` and on `filledHover`. */
  readonly onFilled: string;
  /** A quiet background that carries `text`. */
  readonly tint: string;
  readonly tintHover: string;
}

const toOklch = converter("oklch");
/** One step on the way to enough contrast: too small to be seen by itself. */
const LIGHTNESS_STEP = 0.005;
const HOVER_STEP = 0.045;
/** How much of the colour is in its tints. */
const tintShares = { light: [0.1, 0.17], dark: [0.2, 0.3] } as const;

/** The roles of a colour `#rrggbb` in a scheme whose surfaces are `surfaces`. */
export function colorRoles(hex: string, scheme: Scheme, surfaces: readonly [string, ...string[]]): ColorRoles {
  const away = scheme === "light" ? -1 : 1;
  const filled = moveUntil(hex, away, (color) => lowestContrast(color, surfaces) >= MARK_CONTRAST);
  const onFilled = wcagContrast("#ffffff", filled) >= TEXT_CONTRAST ? "#ffffff" : "#000000";
  const [share, hoverShare] = tintShares[scheme];
  const tint = mix(surfaces[0], hex, share);
  const tintHover = mix(surfaces[0], hex, hoverShare);
  return {
    text: moveUntil(hex, away, (color) => lowestContrast(color, [...surfaces, tint, tintHover]) >= TEXT_CONTRAST),
    filled,
    filledHover: shiftLightness(filled, onFilled === "#ffffff" ? -HOVER_STEP : HOVER_STEP),
    onFilled,
    tint,
    tintHover,
  };
}

/** Ten shades of a colour, the lightest first, as Mantine wants them. */
export function shadesOf(hex: string): string[] {
  const base = readColor(hex);
  return [0.975, 0.945, 0.89, 0.82, 0.74, 0.66, 0.58, 0.5, 0.42, 0.34].map((lightness) =>
    // Very light and very dark colours hold little chroma.
    toHex({ ...base, l: lightness, c: base.c * Math.min(1, 1.6 * Math.min(lightness, 1.02 - lightness) + 0.1) }),
  );
}

/** The colour itself, or the nearest lighter or darker one that is well. */
function moveUntil(hex: string, direction: 1 | -1, isWell: (hex: string) => boolean): string {
  const base = readColor(hex);
  for (let lightness = base.l; lightness > 0 && lightness < 1; lightness += direction * LIGHTNESS_STEP) {
    const candidate = toHex({ ...base, l: lightness });
    if (isWell(candidate)) return candidate;
  }
  return direction > 0 ? "#ffffff" : "#000000";
}

function shiftLightness(hex: string, by: number): string {
  const base = readColor(hex);
  return toHex({ ...base, l: Math.max(0, Math.min(1, base.l + by)) });
}

function mix(background: string, color: string, share: number): string {
  return formatHex(interpolate([background, color], "rgb")(share));
}

function readColor(hex: string): Oklch {
  const color = toOklch(hex);
  if (color === undefined) throw new RangeError(`no colour: ${JSON.stringify(hex)}, expected #rrggbb`);
  return color;
}

function toHex(color: Oklch): string {
  return formatHex(clampChroma(color, "oklch"));
}
