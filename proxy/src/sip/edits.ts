/** Changes to a message as splices on its bytes: what is not edited is sent as it came. */

/** At offset `at` take away `remove` bytes and put `insert` (latin1) in their place. */
export interface Edit {
  readonly at: number;
  readonly remove: number;
  readonly insert: string;
}

/**
 * The bytes from 0 to `end` with all edits made; without edits the same bytes, not a copy. Offsets are those of the
 * original; the order of edits matters only for two at the same place: they are made in the order given. Where removals
 * overlap each byte is taken away once.
 */
export function applyEdits(raw: Buffer, edits: readonly Edit[], end: number = raw.length): Buffer {
  if (edits.length === 0) return end === raw.length ? raw : raw.subarray(0, end);
  const ordered = edits.length === 1 ? edits : [...edits].sort((left, right) => left.at - right.at);
  let most = end;
  for (const { insert } of ordered) most += insert.length;
  const edited = Buffer.allocUnsafe(most);
  let copied = 0;
  let written = 0;
  for (const { at, remove, insert } of ordered) {
    const from = Math.min(Math.max(at, copied), end);
    written += raw.copy(edited, written, copied, from);
    written += edited.write(insert, written, "latin1");
    copied = Math.min(Math.max(from, at + remove), end);
  }
  written += raw.copy(edited, written, copied, end);
  return written === most ? edited : edited.subarray(0, written);
}
