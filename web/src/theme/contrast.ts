/** Contrast of two colours as WCAG 2.2 counts it, from 1 (none) to 21 (black on white). */
import { wcagContrast } from "culori";

/** What text needs against what lies behind it (WCAG 1.4.3). */
export const TEXT_CONTRAST = 4.5;
/** What a control, its focus ring and a mark in a chart need (WCAG 1.4.11). */
export const MARK_CONTRAST = 3;

/** The lowest contrast of a colour against any of the backgrounds. */
export function lowestContrast(color: string, backgrounds: readonly string[]): number {
  return Math.min(...backgrounds.map((background) => wcagContrast(color, background)));
}
