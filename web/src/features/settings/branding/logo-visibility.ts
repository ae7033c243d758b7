/** Can a logo be seen on a surface? By its pixels, and what is transparent is the surface. Pure. */
import { wcagContrast } from "culori";
import type { Scheme } from "../../../theme/color-roles.ts";
import { MARK_CONTRAST } from "../../../theme/contrast.ts";
import { surfaces } from "../../../theme/palette.ts";

/** A logo of which less than this stands out cannot be made out. */
const LEAST_SHARE = 0.25;
/** More transparent than this is not part of the drawing. */
const SEEN_ALPHA = 128;

/** How much of what is drawn stands out from the background; 0 when nothing is drawn. `rgba` are four bytes a pixel. */
export function visibleShare(rgba: ArrayLike<number>, background: string): number {
  let [drawn, seen] = [0, 0];
  for (let at = 0; at + 3 < rgba.length; at += 4) {
    if ((rgba[at + 3] ?? 0) < SEEN_ALPHA) continue;
    drawn += 1;
    const [r = 0, g = 0, b = 0] = [rgba[at], rgba[at + 1], rgba[at + 2]].map((part) => (part ?? 0) / 255);
    if (wcagContrast({ mode: "rgb", r, g, b }, background) >= MARK_CONTRAST) seen += 1;
  }
  return drawn === 0 ? 0 : seen / drawn;
}

/** The appearances in which it cannot be made out on the page's head, and stands better on a plate of the other. */
export function findPlates(rgba: ArrayLike<number>): Scheme[] {
  return (["light", "dark"] as const).filter((scheme) => {
    const other = scheme === "light" ? "dark" : "light";
    const [own, plated] = [visibleShare(rgba, surfaces[scheme][0]), visibleShare(rgba, surfaces[other][0])];
    return own < LEAST_SHARE && plated > own;
  });
}
