/** How dark a country is drawn: five classes, each holding counts some times those of the one before. Pure. */

export const SHADES = 5;

/** The upper bound of each class, the last being the most there is; fewer where counts are small. */
export function shadeBounds(most: number): number[] {
  if (most <= 0) return [];
  const bounds = Array.from({ length: SHADES }, (_, index) => Math.max(1, Math.round(most ** ((index + 1) / SHADES))));
  return [...new Set(bounds)];
}

/** The shade of a count from 1 (fewest) to SHADES; 0 for none. The busiest country always has the darkest. */
export function shadeOf(count: number, bounds: readonly number[]): number {
  if (count <= 0) return 0;
  const index = bounds.findIndex((bound) => count <= bound);
  const found = index < 0 ? bounds.length - 1 : index;
  return SHADES - (bounds.length - 1 - found);
}
