/** `sipprot list allow|deny import|export|remove-file`: lists as CSV files. */
import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { SipprotError } from "@sipprot/shared/errors";
import type { FileReport } from "@sipprot/shared/list-file";
import type { ListName } from "@sipprot/shared/lists";
import { type Author, countList } from "@sipprot/shared/store/list-store";
import type { Redis } from "ioredis";
import { findGuardedNetworks } from "../../services/caller.ts";
import { exportList } from "../../services/list-export.ts";
import { ListFile } from "../../services/list-file.ts";
import { withAudit } from "../audited.ts";
import { STANDARD, writeNewFile, writeToStandardOutput } from "../new-file.ts";
import type { Session } from "../session.ts";
import { listTitles } from "./list.ts";

/** Bad lines shown to people; --json has the first 1000. */
const MAX_SHOWN = 20;
/** A large file tells how far it is this often. */
const PROGRESS_EVERY_MS = 2000;

export async function importFile(session: Session, list: ListName, path: string): Promise<void> {
  const guarded = findGuardedNetworks(session.config.boot, session.terminal.environment);
  const report = await readWhole(session, "lists.import", list, path, (redis, author) =>
    ListFile.openImport(redis, list, author, guarded),
  );
  session.log.info({ list, path, added: report.added, updated: report.updated }, "list imported");
  answer(session, list, report, `${report.added} added, ${report.updated} replaced on the ${listTitles[list]}`);
}

export async function removeByFile(session: Session, list: ListName, path: string): Promise<void> {
  const report = await readWhole(session, "lists.removeFile", list, path, async (redis, author) =>
    ListFile.openRemoval(redis, list, author),
  );
  session.log.info({ list, path, removed: report.removed }, "list entries removed by a file");
  answer(session, list, report, `${report.removed} taken off the ${listTitles[list]}`);
}

/** Writes the list to a file that does not exist yet, or to standard output. */
export async function exportFile(session: Session, list: ListName, path: string = STANDARD): Promise<void> {
  await session.withStore(async ({ redis }) => {
    const texts = exportList(redis, list);
    if (path === STANDARD) return writeToStandardOutput(session.terminal, texts);
    const bytes = await writeNewFile(path, texts);
    session.log.info({ list, path }, "list exported");
    session.answer({ list, file: path, bytes }, () => `${listTitles[list]} written to ${path}`);
  });
}

async function readWhole(
  session: Session,
  action: string,
  list: ListName,
  path: string,
  open: (redis: Redis, author: Author) => Promise<ListFile>,
): Promise<FileReport> {
  const found = await stat(path).catch((error: Error) => Promise.reject(fileTrouble(path, error)));
  if (!found.isFile() && !found.isFIFO() && !found.isCharacterDevice()) {
    throw fileTrouble(path, new Error("it is not a file"));
  }
  return withAudit(session, action, { list, file: path }, async (redis, actor) => {
    const entriesBefore = await countList(redis, list);
    const file = await open(redis, actor);
    let toldAtMs = Date.now();
    const bytes = createReadStream(path);
    for await (const piece of bytes) {
      await file.push(piece as Buffer);
      if (Date.now() - toldAtMs < PROGRESS_EVERY_MS) continue;
      toldAtMs = Date.now();
      const { records, bytes: soFar } = file.report;
      const part = found.size > 0 ? ` (${Math.floor((100 * soFar) / found.size)} %)` : "";
      session.terminal.err(`${records} lines${part}\n`);
    }
    const report = await file.end();
    const { bad: _, ...counts } = report;
    actor.tell({
      before: { entries: entriesBefore },
      after: { entries: await countList(redis, list), ...counts },
    });
    return report;
  });
}

/** Lines that were not taken make the exit code 1: a script should not believe that all is well. */
function answer(session: Session, list: ListName, report: FileReport, done: string): void {
  if (report.badCount > 0) session.exitCode = 1;
  session.answer({ list, ...report }, () => {
    const lines = [`${report.records} lines read: ${done}`];
    for (const { line, text, detail } of report.bad.slice(0, MAX_SHOWN)) {
      lines.push(`line ${line}: ${text === "" ? "" : `${JSON.stringify(text)}: `}${detail}`);
    }
    const left = report.badCount - Math.min(report.bad.length, MAX_SHOWN);
    if (left > 0) lines.push(`and ${left} more lines that were not taken`);
    return lines.join("\n");
  });
}

function fileTrouble(path: string, error: Error): SipprotError {
  return new SipprotError("not-found", `${path}: ${error.message}`, {
    field: "FILE",
    value: path,
    expected: "a CSV file that can be read",
  });
}
