/** Text from the network cut into what can be shown and what would deceive: control, direction and invisible characters. Pure. */

export interface WireRun {
  readonly text: string;
  /** True when `text` stands for a character that cannot be seen. */
  readonly isEscape: boolean;
  /** Where the run begins in the whole text. */
  readonly at: number;
}

/** Control and format characters (direction marks, zero widths, tags), lone surrogates, line separators, fillers. */
const unseen = /\p{Cc}|\p{Cf}|\p{Cs}|\p{Zl}|\p{Zp}|\p{Variation_Selector}|[\u115f\u1160\u3164]/gu;

/** The runs of a text, in order; a line feed and a tab are escaped too. */
export function wireRuns(text: string): WireRun[] {
  const runs: WireRun[] = [];
  let at = 0;
  for (const match of text.matchAll(unseen)) {
    if (match.index > at) runs.push({ text: text.slice(at, match.index), isEscape: false, at });
    runs.push({ text: escapeOf(match[0]), isEscape: true, at: match.index });
    at = match.index + match[0].length;
  }
  if (at < text.length) runs.push({ text: text.slice(at), isEscape: false, at });
  return runs;
}

/** The text with its escapes as one string: for labels, titles and sentences, where no run can look different. */
export function escapeWire(text: string): string {
  return wireRuns(text)
    .map((run) => run.text)
    .join("");
}

const shortEscapes: Readonly<Record<string, string>> = { "\n": "\\n", "\r": "\\r", "\t": "\\t", "\0": "\\0" };

function escapeOf(character: string): string {
  const short = shortEscapes[character];
  if (short !== undefined) return short;
  const code = character.codePointAt(0) ?? 0;
  return code < 0x100 ? `\\x${code.toString(16).padStart(2, "0")}` : `\\u{${code.toString(16)}}`;
}
