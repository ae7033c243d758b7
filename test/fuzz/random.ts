/** Random numbers by a seed, so that what broke something can be made again. */

/** A small generator (xorshift): the platform's own is too slow for this many draws. */
export function randomFrom(seed: number): Random {
  let state = seed | 0 || 1;
  return (below) => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % below;
  };
}

/** A number from 0 to below the given one. */
export type Random = (below: number) => number;

/** One of them. */
export function pick<Item>(random: Random, items: readonly Item[]): Item {
  const item = items[random(items.length)];
  if (item === undefined) throw new RangeError("there is nothing to pick from");
  return item;
}
