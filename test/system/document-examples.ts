/** The examples of the document for other programs, as they stand there. */
import { readFile } from "node:fs/promises";

/** The pieces in one language, in their order. */
export async function examplesIn(language: string): Promise<string[]> {
  const text = await readFile(new URL("../../docs/programs.md", import.meta.url), "utf8");
  return [...text.matchAll(new RegExp(`\`\`\`${language}\\n(.*?)\`\`\``, "gs"))].map(([, piece]) => piece ?? "");
}
