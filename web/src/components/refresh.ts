/** How often a page asks anew. Pure. */

/** Seconds between two looks; 0 is off. */
export const refreshSeconds = [0, 5, 15, 30, 60, 300] as const;
export type RefreshSeconds = (typeof refreshSeconds)[number];

/** What an address says, when it is one of ours. */
export function readRefresh(text: string): RefreshSeconds | null {
  return refreshSeconds.find((seconds) => String(seconds) === text) ?? null;
}
