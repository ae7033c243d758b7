/**
 * The snapshot on disk: what protects when the store is away at boot.
 *
 * A text file of JSON lines: a header with the version, portions, and a last line with the SHA-256 of all before it.
 * Written beside and renamed, so that a crash leaves the old one; the one before is kept as well.
 */
import { createHash } from "node:crypto";
import { type FileHandle, mkdir, open, readFile, rename } from "node:fs/promises";
import { join } from "node:path";
import { blockSchema } from "@sipprot/shared/block";
import { type ListName, listNameSchema } from "@sipprot/shared/lists";
import { acceptEntry } from "@sipprot/shared/store/list-entry-text";
import { acceptSettings } from "@sipprot/shared/store/settings-store";
import { StoreCopy } from "@sipprot/shared/store/store-copy";
import { z } from "zod";

/** Version of the format; a file of a newer one is set aside, not read. */
export const SNAPSHOT_VERSION = 1;
/** Entries a line: a few milliseconds of work, other work goes between. */
const PORTION = 1000;

const headerSchema = z.object({ sipprotSnapshot: z.number().int(), writtenAtMs: z.number(), lastChangeId: z.string() });
const lineSchema = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("settings"), settings: z.record(z.string(), z.unknown()) }),
  z.object({ kind: z.literal("list"), list: listNameSchema, entries: z.array(z.unknown()) }),
  z.object({ kind: z.literal("blocks"), blocks: z.array(blockSchema) }),
  z.object({ kind: z.literal("strikes"), strikes: z.array(z.tuple([z.string(), z.number()])) }),
  z.object({ kind: z.literal("standing"), standing: z.unknown() }),
]);

/** What a snapshot gave. */
export interface SnapshotRead {
  readonly copy: StoreCopy;
  /** What each worker knew of sources in good standing, as it exported it. */
  readonly standing: readonly unknown[];
  readonly writtenAtMs: number;
}

export interface SnapshotLoad {
  readonly read: SnapshotRead | undefined;
  /** One sentence for each file that could not be used; it was set aside under another name. */
  readonly troubles: readonly string[];
}

const current = (folder: string) => join(folder, "snapshot.jsonl");
const previous = (folder: string) => join(folder, "snapshot.previous.jsonl");

/** Writes a snapshot: afterwards it is on the disk, or an error was thrown and the old one stands. */
export async function writeSnapshot(
  folder: string,
  copy: StoreCopy,
  standing: readonly unknown[],
  nowMs: number,
): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const temporary = join(folder, "snapshot.new.jsonl");
  const file = await open(temporary, "w", 0o600);
  try {
    const hash = createHash("sha256");
    for (const line of snapshotLines(copy, standing, nowMs)) {
      const text = `${JSON.stringify(line)}\n`;
      hash.update(text);
      await file.write(text);
    }
    await file.write(`${JSON.stringify({ sha256: hash.digest("hex") })}\n`);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(current(folder), previous(folder)).catch(ignoreMissing);
  await rename(temporary, current(folder));
  await syncFolder(folder);
}

/** Reads the newest snapshot that is whole. A damaged one, or one of a newer version, is set aside and named. */
export async function loadSnapshot(folder: string): Promise<SnapshotLoad> {
  const troubles: string[] = [];
  for (const path of [current(folder), previous(folder)]) {
    const bytes = await readFile(path).catch(ignoreMissing);
    if (bytes === undefined) continue;
    try {
      return { read: parseSnapshot(bytes), troubles };
    } catch (error) {
      const aside = path.replace(/\.jsonl$/, ".damaged.jsonl");
      await rename(path, aside).catch(() => undefined);
      troubles.push(`the snapshot ${path} cannot be used (${(error as Error).message}); set aside as ${aside}`);
    }
  }
  return { read: undefined, troubles };
}

function* snapshotLines(copy: StoreCopy, standing: readonly unknown[], nowMs: number): Generator<object> {
  // The place as it is now: what changes while the rest is written comes again with the stream.
  yield { sipprotSnapshot: SNAPSHOT_VERSION, writtenAtMs: nowMs, lastChangeId: copy.lastChangeId };
  yield { kind: "settings", settings: copy.settings };
  for (const list of listNameSchema.options) {
    for (const entries of portions(copy.lists[list].values())) yield { kind: "list", list, entries };
  }
  for (const blocks of portions(copy.blocks.values())) {
    yield { kind: "blocks", blocks: blocks.map((block) => ({ ...block, evidence: [] })) };
  }
  for (const strikes of portions(copy.strikes.entries())) yield { kind: "strikes", strikes };
  for (const one of standing) yield { kind: "standing", standing: one };
}

function* portions<Item>(items: Iterable<Item>): Generator<Item[]> {
  let portion: Item[] = [];
  for (const item of items) {
    portion.push(item);
    if (portion.length < PORTION) continue;
    yield portion;
    portion = [];
  }
  if (portion.length > 0) yield portion;
}

function parseSnapshot(bytes: Buffer): SnapshotRead {
  const lastLine = bytes.lastIndexOf("\n", bytes.length - 2) + 1;
  const trailer: unknown = JSON.parse(bytes.toString("utf8", lastLine));
  const sha256 = createHash("sha256").update(bytes.subarray(0, lastLine)).digest("hex");
  if (!z.object({ sha256: z.literal(sha256) }).safeParse(trailer).success) throw new Error("its checksum is wrong");
  const copy = new StoreCopy();
  const standing: unknown[] = [];
  const [first = "", ...lines] = bytes.toString("utf8", 0, lastLine).trimEnd().split("\n");
  const header = headerSchema.parse(JSON.parse(first));
  if (header.sipprotSnapshot > SNAPSHOT_VERSION) throw new Error("a newer version wrote it");
  for (const text of lines) {
    const line = lineSchema.parse(JSON.parse(text));
    if (line.kind === "settings") copy.settings = acceptSettings(line.settings).settings;
    else if (line.kind === "list") for (const raw of line.entries) putEntry(copy, line.list, raw);
    else if (line.kind === "blocks") for (const block of line.blocks) copy.apply({ kind: "block-put", block });
    else if (line.kind === "strikes") for (const [source, count] of line.strikes) copy.strikes.set(source, count);
    else standing.push(line.standing);
  }
  copy.lastChangeId = header.lastChangeId;
  return { copy, standing, writtenAtMs: header.writtenAtMs };
}

function putEntry(copy: StoreCopy, list: ListName, raw: unknown): void {
  const entry = acceptEntry(raw);
  if (entry === undefined) throw new Error("it has an entry that is none");
  copy.lists[list].set(entry.network, entry);
}

async function syncFolder(folder: string): Promise<void> {
  let handle: FileHandle | undefined;
  try {
    handle = await open(folder, "r");
    await handle.sync();
  } finally {
    await handle?.close();
  }
}

function ignoreMissing(error: NodeJS.ErrnoException): undefined {
  if (error.code !== "ENOENT") throw error;
}
