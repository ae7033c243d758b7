/**
 * Blocks, lifts and denials on their way to the store: kept in memory and on disk until the store has them, so that neither an
 * outage of Redis nor a crash of ours loses one. Bounded: of a block key the last block or lift, and a denial.
 */
import { createHash } from "node:crypto";
import { appendFileSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Block, blockKey, blockSchema } from "@sipprot/shared/block";
import { z } from "zod";

/** Entries kept: a day's outage under a broad attack. Beyond, the block that ends first is given up and counted. */
export const MAX_JOURNAL_ENTRIES = 20_000;
/** Lines in the file beyond twice the entries, before it is written anew. */
const SPARE_LINES = 1000;

export interface JournalEntry {
  readonly kind: "block" | "lift" | "deny";
  readonly block: Block;
}

const lineSchema = z.union([
  z.object({ put: z.object({ kind: z.enum(["block", "lift", "deny"]), block: blockSchema }) }),
  z.object({ done: z.string() }),
]);

export class EffectJournal {
  readonly #path: string;
  readonly #entries = new Map<string, JournalEntry>();
  #lines = 0;
  /** Entries given up because there were too many. */
  lost = 0;
  /** Why the file could not be written, or "". */
  trouble = "";

  /** Opens the journal of a folder and takes up what an earlier process left. Lines cut or damaged by a crash are skipped. */
  constructor(folder: string) {
    this.#path = join(folder, "effects.journal");
    try {
      mkdirSync(folder, { recursive: true, mode: 0o700 });
      for (const line of readFileSync(this.#path, "utf8").split("\n")) this.#takeUp(line);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "ENOENT") this.trouble = (error as Error).message;
    }
    this.#rewrite();
  }

  get size(): number {
    return this.#entries.size;
  }

  /** True when a block of this key is on its way. */
  hasBlock(key: string): boolean {
    return this.#entries.get(`block ${key}`)?.kind === "block";
  }

  /** Keeps entries; a later block or lift of the same key takes the place of the earlier, so does a later denial. On disk when it returns. */
  add(entries: readonly JournalEntry[]): void {
    const lines: string[] = [];
    for (const entry of entries) {
      this.#entries.set(entryKey(entry), entry);
      lines.push(lineOf({ put: entry }));
      if (this.#entries.size > MAX_JOURNAL_ENTRIES) this.#giveUpOne();
    }
    this.#append(lines);
  }

  /** The oldest entries, at most so many. */
  pending(maxCount: number): JournalEntry[] {
    const entries: JournalEntry[] = [];
    for (const entry of this.#entries.values()) {
      if (entries.length >= maxCount) break;
      entries.push(entry);
    }
    return entries;
  }

  /** The store has these. An entry that was replaced meanwhile stays. */
  acknowledge(entries: readonly JournalEntry[]): void {
    const lines: string[] = [];
    for (const entry of entries) {
      const key = entryKey(entry);
      if (this.#entries.get(key) !== entry) continue;
      this.#entries.delete(key);
      lines.push(lineOf({ done: key }));
    }
    if (this.#lines + lines.length > 2 * this.#entries.size + SPARE_LINES) this.#rewrite();
    else this.#append(lines);
  }

  #giveUpOne(): void {
    let first: { key: string; untilMs: number } | undefined;
    for (const [key, { block }] of this.#entries) {
      if (first === undefined || block.untilMs < first.untilMs) first = { key, untilMs: block.untilMs };
    }
    if (first !== undefined) this.#entries.delete(first.key);
    this.lost += 1;
  }

  #takeUp(line: string): void {
    const body = line.slice(CHECK_CHARACTERS + 1);
    if (body === "" || line.slice(0, CHECK_CHARACTERS) !== checkOf(body)) return;
    const read = lineSchema.safeParse(JSON.parse(body)).data;
    if (read === undefined) return;
    if ("done" in read) this.#entries.delete(read.done);
    else this.#entries.set(entryKey(read.put), read.put);
  }

  #append(lines: readonly string[]): void {
    if (lines.length === 0) return;
    // What could not be written is missing, or cut in mid-line: then only the whole makes it right.
    if (this.trouble !== "") {
      this.#rewrite();
      return;
    }
    this.#lines += lines.length;
    this.#write(() => appendFileSync(this.#path, lines.join(""), { mode: 0o600 }));
  }

  #rewrite(): void {
    const lines = [...this.#entries.values()].map((entry) => lineOf({ put: entry }));
    this.#write(() => {
      writeFileSync(`${this.#path}.new`, lines.join(""), { mode: 0o600 });
      renameSync(`${this.#path}.new`, this.#path);
    });
    this.#lines = lines.length;
  }

  #write(work: () => void): void {
    try {
      work();
      this.trouble = "";
    } catch (error) {
      this.trouble = (error as Error).message;
    }
  }
}

/** Characters of the checksum in front of each line. */
const CHECK_CHARACTERS = 16;

function checkOf(body: string): string {
  return createHash("sha256").update(body).digest("hex").slice(0, CHECK_CHARACTERS);
}

function lineOf(line: object): string {
  const body = JSON.stringify(line);
  return `${checkOf(body)} ${body}\n`;
}

function entryKey(entry: JournalEntry): string {
  return `${entry.kind === "deny" ? "deny" : "block"} ${blockKey(entry.block)}`;
}
