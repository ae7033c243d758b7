/** The messages of the corpus: real ones of an Asterisk, and those of RFC 4475 and RFC 5118. */
import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

export interface CorpusMessage {
  readonly name: string;
  readonly bytes: Buffer;
}

const folder = (set: string) => fileURLToPath(new URL(`messages/${set}/`, import.meta.url));

/** All messages of a set, in the order of their names. */
export function readCorpus(set: "asterisk" | "rfc4475" | "rfc5118"): CorpusMessage[] {
  return readdirSync(folder(set))
    .filter((name) => /\.(dat|txt)$/.test(name))
    .sort()
    .map((name) => ({ name, bytes: readFileSync(folder(set) + name) }));
}
