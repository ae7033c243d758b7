/** Keys in portions that fit into an address each. Pure. */

/** Characters of the keys of one portion: what is escaped takes three times as many. */
const MAX_CHARACTERS = 1800;

/** At most `maxCount` keys a portion. */
export function chunkKeys(keys: readonly string[], maxCount: number): string[][] {
  const chunks: string[][] = [];
  let characters = MAX_CHARACTERS;
  for (const key of keys) {
    const last = chunks.at(-1);
    characters += key.length + 3;
    if (last === undefined || last.length === maxCount || characters > MAX_CHARACTERS) {
      chunks.push([key]);
      characters = key.length + 3;
    } else last.push(key);
  }
  return chunks;
}
