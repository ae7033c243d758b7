/** Takes a CSV file into a list, or takes what it names off the list, as its bytes come. A bad line stops nothing else. */
import { randomUUID } from "node:crypto";
import { CsvReader, type CsvRecord } from "@sipprot/shared/csv";
import { SipprotError } from "@sipprot/shared/errors";
import { type BadLine, type LineFlaw, ListCsvReader, type ListRow } from "@sipprot/shared/list-csv";
import type { FileReport } from "@sipprot/shared/list-file";
import type { ListEntry, ListName } from "@sipprot/shared/lists";
import { MAX_LIST_ENTRIES, redisKeys } from "@sipprot/shared/redis-keys";
import type { GuardedNetwork } from "@sipprot/shared/store/deny-guard";
import { type Author, removeListEntries } from "@sipprot/shared/store/list-store";
import { ListWriter, WRITE_STEP } from "@sipprot/shared/store/list-writer";
import type { Redis } from "ioredis";

/** Largest file: a million entries with the longest lines anybody writes. */
const MAX_FILE_BYTES = 512 * 1024 * 1024;
/** Bad lines that are named; all are counted. */
const MAX_NAMED_BAD_LINES = 1000;
/** First lines of a trial that are shown as they are read. */
const SAMPLE_LINES = 5;
/** Removals sent in one go: more than the change stream names one by one, so that it says "read again" once. */
const REMOVE_STEP = 10_000;

/** What is done with the rows of a file. */
interface Consumer {
  readonly step: number;
  take(rows: readonly ListRow[], report: Report): Promise<void>;
  finish(): Promise<void>;
}

/** Counts what became of the lines. */
class Report {
  records = 0;
  added = 0;
  updated = 0;
  removed = 0;
  badCount = 0;
  bytes = 0;
  readonly bad: BadLine[] = [];
  /** Of a trial: its first lines as read. */
  readonly sample: NonNullable<FileReport["sample"]> | undefined;
  readonly #undo: string | undefined;

  constructor({ isTrial, undo }: { readonly isTrial: boolean; readonly undo?: string }) {
    this.sample = isTrial ? [] : undefined;
    this.#undo = undo;
  }

  refuse(line: number, flaw: LineFlaw, text: string, detail: string): void {
    this.badCount += 1;
    if (this.bad.length < MAX_NAMED_BAD_LINES) this.bad.push({ line, flaw, text, detail });
  }

  get snapshot(): FileReport {
    const { bytes, records, added, updated, removed, badCount, sample } = this;
    const bad = [...this.bad].sort((a, b) => a.line - b.line);
    return {
      ...{ bytes, records, added, updated, removed, badCount, bad },
      ...(sample === undefined ? {} : { sample }),
      ...(this.#undo === undefined || removed === 0 ? {} : { undo: this.#undo }),
    };
  }
}

/** One file on its way. Give it the bytes in order with `push`, then call `end`; both throw what the store throws. */
export class ListFile {
  readonly #reader = new CsvReader();
  readonly #columns = new ListCsvReader();
  readonly #report: Report;
  readonly #consumer: Consumer;
  #rows: ListRow[] = [];

  private constructor(consumer: Consumer, report: Report) {
    this.#consumer = consumer;
    this.#report = report;
  }

  /** A file whose rows are put on a list. Rows without time and name get the author's. A trial writes nothing. */
  static async openImport(
    redis: Redis,
    list: ListName,
    author: Author,
    guarded: readonly GuardedNetwork[],
    isTrial = false,
  ): Promise<ListFile> {
    const writer = await ListWriter.open(redis, list, author, guarded, { isTrial });
    return new ListFile(importer(writer, author), new Report({ isTrial }));
  }

  /** A file whose networks are taken off a list; all other columns are ignored. A trial writes nothing. */
  static openRemoval(redis: Redis, list: ListName, author: Author, isTrial = false): ListFile {
    const undo = randomUUID();
    const report = new Report(isTrial ? { isTrial } : { isTrial, undo });
    return new ListFile(remover(redis, list, author, isTrial ? undefined : undo), report);
  }

  get report(): FileReport {
    return this.#report.snapshot;
  }

  /** Throws `too-large` when the file has more bytes or entries than a list can; what came before is done. */
  async push(bytes: Uint8Array): Promise<void> {
    this.#report.bytes += bytes.length;
    if (this.#report.bytes > MAX_FILE_BYTES) throw tooLarge(`${MAX_FILE_BYTES} bytes`);
    await this.#take(this.#reader.push(bytes));
  }

  /** Does the rest and says what became of every line. */
  async end(): Promise<FileReport> {
    await this.#take(this.#reader.end());
    await this.#flush();
    await this.#consumer.finish();
    return this.report;
  }

  async #take(records: readonly CsvRecord[]): Promise<void> {
    for (const record of records) {
      const row = this.#columns.read(record);
      if (row === undefined) continue;
      this.#report.records += 1;
      if (this.#report.records > MAX_LIST_ENTRIES) throw tooLarge(`${MAX_LIST_ENTRIES} entries`);
      if ("flaw" in row) this.#report.refuse(row.line, row.flaw, row.text, row.detail);
      else this.#accept(row);
      if (this.#rows.length >= this.#consumer.step) await this.#flush();
    }
  }

  #accept(row: ListRow): void {
    this.#rows.push(row);
    const { sample } = this.#report;
    if (sample !== undefined && sample.length < SAMPLE_LINES) {
      sample.push({ line: row.line, network: row.network, note: row.note });
    }
  }

  async #flush(): Promise<void> {
    const rows = this.#rows;
    this.#rows = [];
    if (rows.length > 0) await this.#consumer.take(rows, this.#report);
  }
}

function importer(writer: ListWriter, author: Author): Consumer {
  const nowSeconds = Math.floor(author.nowMs / 1000);
  return {
    step: WRITE_STEP,
    async take(rows, report) {
      const lineOf = new Map<ListEntry, number>();
      for (const { line, ...row } of rows) {
        if (row.expiresAtSeconds !== undefined && row.expiresAtSeconds <= nowSeconds) {
          report.refuse(line, "expired", row.network, "the time it counts until is over");
        } else lineOf.set({ addedAtSeconds: nowSeconds, addedBy: author.by, ...row }, line);
      }
      const { added, updated, refused } = await writer.write([...lineOf.keys()]);
      report.added += added;
      report.updated += updated;
      for (const { entry, reason, detail } of refused) {
        report.refuse(lineOf.get(entry) ?? 0, reason, entry.network, detail);
      }
    },
    finish: () => writer.finish(),
  };
}

/** Without `undo` nothing is removed: what would be is counted. */
function remover(redis: Redis, list: ListName, author: Author, undo: string | undefined): Consumer {
  const planned = new Set<string>();
  return {
    step: REMOVE_STEP,
    async take(rows, report) {
      const lineOf = new Map<string, number>();
      for (const { network, line } of rows) if (!lineOf.has(network)) lineOf.set(network, line);
      const networks = [...lineOf.keys()];
      const present = await redis.hmget(redisKeys.list(list), ...networks);
      const there = networks.filter((_, index) => present[index] !== null);
      for (const network of networks.filter((_, index) => present[index] === null)) {
        report.refuse(lineOf.get(network) ?? 0, "not-on-the-list", network, `it has no entry on the ${list}list`);
      }
      if (undo === undefined) {
        for (const network of there) planned.add(network);
        report.removed = planned.size;
      } else report.removed += (await removeListEntries(redis, list, there, author, undo)).removed;
    },
    finish: async () => undefined,
  };
}

function tooLarge(limit: string): SipprotError {
  return new SipprotError("too-large", `the file has more than ${limit}`, {
    field: "file",
    expected: `at most ${limit}`,
    remedy: "what came before was taken; name wider networks, or split the file",
  });
}
