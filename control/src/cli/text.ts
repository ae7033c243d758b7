/** Text as a terminal may show it: what came from the wire cannot move the cursor, change colours or reorder letters. */

/** Control characters, line and paragraph separators, invisible and direction-changing characters, lone surrogates. */
const unsafe = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu;
/** The same without the line feed, which only formatting puts into JSON. */
const unsafeInJson = /(?!\n)[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu;

/** The text with every unsafe character written as `\xNN` or `\u{NNNN}`. */
export function escapeText(text: string): string {
  return text.replace(unsafe, (character) => {
    const code = character.codePointAt(0) ?? 0;
    return code < 0x100 ? `\\x${code.toString(16).padStart(2, "0")}` : `\\u{${code.toString(16)}}`;
  });
}

/** The text of several lines with each line escaped. */
export function escapeLines(text: string): string {
  return text.split("\n").map(escapeText).join("\n");
}

/** A value as JSON that says the same and that a terminal may show; on one line unless `spaces` are asked for. */
export function writeJson(value: unknown, spaces = 0): string {
  const json = JSON.stringify(value, null, spaces) ?? "null";
  return json.replace(unsafeInJson, (character) =>
    Array.from({ length: character.length }, (_, index) => {
      return `\\u${character.charCodeAt(index).toString(16).padStart(4, "0")}`;
    }).join(""),
  );
}
