/** Reads a backup as its bytes come: checks every line, their order, their number and the checksum. */
import { createHash } from "node:crypto";
import { SipprotError } from "@sipprot/shared/errors";
import {
  acceptRecord,
  BACKUP_FORMAT,
  type BackupHeader,
  type BackupRecord,
  backupEndSchema,
  backupHeaderSchema,
  badBackup,
  MAX_LINE_BYTES,
  recordKinds,
} from "./backup-format.ts";

const LINE_FEED = 10;

/** A backup on its way. Call `readHeader`, then take all of `records`: only its end says that the file is whole. */
export class BackupReader {
  readonly #lines: AsyncGenerator<Buffer>;
  readonly #hash = createHash("sha256");
  readonly #ownVersion: string;
  #lineNumber = 0;

  constructor(bytes: AsyncIterable<Buffer | string>, ownVersion: string) {
    this.#lines = splitLines(bytes);
    this.#ownVersion = ownVersion;
  }

  /** Throws `bad-backup` for what is no backup, and for one that a newer version made. */
  async readHeader(): Promise<BackupHeader> {
    const raw = await this.#next();
    if (raw === undefined) throw badBackup("the file is empty");
    const format = formatOf(raw.value);
    if (format === undefined)
      throw badBackup("it does not begin as a backup does", "name a file written by: sipprot backup");
    const header = backupHeaderSchema.safeParse(raw.value).data;
    if (format > BACKUP_FORMAT || (header !== undefined && isNewer(header.version, this.#ownVersion))) {
      const made = header === undefined ? `format ${format}` : `sipprot ${header.version}, format ${format}`;
      throw badBackup(
        `it was made by ${made}, this is sipprot ${this.#ownVersion}, format ${BACKUP_FORMAT}`,
        "update sipprot first, then restore",
      );
    }
    if (header === undefined) throw badBackup("its first line is damaged");
    return header;
  }

  /** The records in portions of up to `size`. Throws `bad-backup` with the line when the file is damaged or cut off. */
  async *records(size: number): AsyncGenerator<BackupRecord[]> {
    let portion: BackupRecord[] = [];
    let records = 0;
    let place = 0;
    for (;;) {
      const raw = await this.#next();
      if (raw === undefined) throw badBackup(`it ends after line ${this.#lineNumber}: it was cut off`);
      const end = backupEndSchema.safeParse(raw.value).data;
      if (end !== undefined) {
        if (end.records !== records || end.sha256 !== this.#hash.digest("hex"))
          throw badBackup("its checksum is wrong");
        if ((await this.#next()) !== undefined)
          throw badBackup(`something follows its end, in line ${this.#lineNumber}`);
        if (portion.length > 0) yield portion;
        return;
      }
      const record = acceptRecord(raw.value);
      const kindPlace = record === undefined ? -1 : recordKinds.indexOf(record.kind);
      if (record === undefined || kindPlace < place) throw badBackup(`line ${this.#lineNumber} is damaged`);
      place = kindPlace;
      records += 1;
      this.#hash.update(raw.line);
      portion.push(record);
      if (portion.length < size) continue;
      yield portion;
      portion = [];
    }
  }

  async #next(): Promise<{ readonly line: Buffer; readonly value: unknown } | undefined> {
    const { value: line, done } = await this.#lines.next();
    if (done === true) return undefined;
    this.#lineNumber += 1;
    if (line.at(-1) !== LINE_FEED) throw badBackup(`it ends within line ${this.#lineNumber}: it was cut off`);
    try {
      return { line, value: JSON.parse(line.toString("utf8")) };
    } catch {
      throw badBackup(
        this.#lineNumber === 1 ? "it does not begin as a backup does" : `line ${this.#lineNumber} is damaged`,
      );
    }
  }
}

/** The lines with their line feeds; the last may lack it. Throws `bad-backup` for a line no backup has. */
async function* splitLines(bytes: AsyncIterable<Buffer | string>): AsyncGenerator<Buffer> {
  let rest: Buffer[] = [];
  let restBytes = 0;
  for await (const given of bytes) {
    let piece = typeof given === "string" ? Buffer.from(given) : given;
    for (let at = piece.indexOf(LINE_FEED); at >= 0; at = piece.indexOf(LINE_FEED)) {
      yield Buffer.concat([...rest, piece.subarray(0, at + 1)]);
      rest = [];
      restBytes = 0;
      piece = piece.subarray(at + 1);
    }
    if (piece.length === 0) continue;
    rest.push(piece);
    restBytes += piece.length;
    if (restBytes > MAX_LINE_BYTES) throw badBackup(`a line has more than ${MAX_LINE_BYTES} bytes`);
  }
  if (restBytes > 0) yield Buffer.concat(rest);
}

/** The format that a first line names, also of versions to come. */
function formatOf(value: unknown): number | undefined {
  if (typeof value !== "object" || value === null || !("kind" in value) || value.kind !== "sipprot-backup")
    return undefined;
  return "format" in value && typeof value.format === "number" ? value.format : undefined;
}

/** True when a version such as 1.2.3 is later than another; what is behind the numbers does not count. */
function isNewer(version: string, than: string): boolean {
  const numbers = (text: string) => text.split(/[-+]/, 1)[0]?.split(".").map(Number) ?? [];
  const [own, other] = [numbers(than), numbers(version)];
  for (let index = 0; index < 3; index += 1) {
    const difference = (other[index] ?? 0) - (own[index] ?? 0);
    if (difference !== 0) return difference > 0;
  }
  return false;
}

/** Keeps what a source of bytes throws apart from what is wrong with the backup itself. */
export async function* readable(path: string, bytes: AsyncIterable<Buffer | string>): AsyncGenerator<Buffer | string> {
  try {
    yield* bytes;
  } catch (error) {
    throw new SipprotError("not-found", `${path} cannot be read: ${(error as Error).message}; nothing was changed`, {
      field: "FILE",
      value: path,
      expected: "a file that can be read, or - for standard input",
    });
  }
}
