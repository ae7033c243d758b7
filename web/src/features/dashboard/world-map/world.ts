/** The drawn world as the page loads it: one path a country, already projected. */

/** Width and height of the drawing in its own units. */
export const WORLD_WIDTH = 1600;
export const WORLD_HEIGHT = 760;

export interface DrawnCountry {
  /** ISO 3166-1 alpha-2; "" for land that has none. */
  readonly code: string;
  /** Path in the drawing's units; "" for what is too small for this scale. */
  readonly path: string;
  /** Middle of its largest part. */
  readonly x: number;
  readonly y: number;
  /** True where the land alone could not be seen or hit: a dot stands for it. */
  readonly isSmall: boolean;
}
