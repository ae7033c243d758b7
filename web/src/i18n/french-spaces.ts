/** French sets spaces before its double signs and inside its quotes; a line must not break there. Pure. */

const NARROW = "\u202f";
const WIDE = "\u00a0";

/** The text with spaces that do not break where French wants them; nothing else is changed. */
export function frenchSpaces(text: string): string {
  return text
    .replace(/ (?=[;!?%])/g, NARROW)
    .replace(/ (?=[:»])/g, WIDE)
    .replace(/« /g, `«${WIDE}`);
}
