/** Text in HTML: what came from the wire is neither markup nor invisible. */
import { escapeText } from "../cli/text.ts";

const entities: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

/** The text as HTML shows it, also inside a quoted attribute. Unsafe characters are written as `\xNN`. */
export function escapeHtml(text: string): string {
  return escapeText(text).replace(/[&<>"']/g, (character) => entities[character] ?? character);
}
