/** CSV files that arrive in pieces: who sends them, in order, at most a few at once. */
import { randomUUID } from "node:crypto";
import { SipprotError } from "@sipprot/shared/errors";
import type { FileReport } from "@sipprot/shared/list-file";
import type { GuardedNetwork } from "@sipprot/shared/store/deny-guard";
import type { Redis } from "ioredis";
import type { Actor } from "../api/actor.ts";
import type { ListFilesPort } from "../api/ports/list-files.ts";
import { writeAuditRecord } from "../store/audit-store.ts";
import { ListFile } from "./list-file.ts";

/** Files on their way at once, everybody's together; each holds a few megabytes. */
const MAX_FILES = 8;
/** A file of which nothing came for this long is given up. */
const IDLE_MS = 120_000;

interface Transfer {
  readonly file: ListFile;
  readonly by: string;
  readonly address: string;
  readonly isTrial: boolean;
  nextNumber: number;
  isBusy: boolean;
  /** Runs while nothing comes. */
  idle: NodeJS.Timeout | undefined;
}

/**
 * An upload leaves a record of its begin and one of its end with the counts, none of its pieces. The end of one that is
 * given up or fails says what was taken until then. `nowMs` dates what nobody calls for.
 */
export function createListFiles(
  redis: Redis,
  guardedFor: (actor: Actor) => readonly GuardedNetwork[],
  nowMs: () => number,
): ListFilesPort {
  const transfers = new Map<string, Transfer>();

  const drop = (id: string, transfer: Transfer): void => {
    clearTimeout(transfer.idle);
    transfers.delete(id);
  };
  const giveUp = async (id: string, transfer: Transfer): Promise<void> => {
    drop(id, transfer);
    const { by, address: from, file, isTrial } = transfer;
    if (isTrial) return;
    const texts = { input: JSON.stringify({ file: id }), after: JSON.stringify(countsOf(file.report)) };
    // Without the store there is no trail either; the begin of the upload is in it.
    await writeAuditRecord(redis, {
      atMs: nowMs(),
      by,
      from,
      action: "lists.fileEnd",
      outcome: "given-up",
      ...texts,
    }).catch(() => undefined);
  };
  const waitFor = (id: string, transfer: Transfer): void => {
    clearTimeout(transfer.idle);
    transfer.idle = setTimeout(() => void giveUp(id, transfer), IDLE_MS).unref();
  };

  const find = (id: string, actor: Actor): Transfer => {
    const transfer = transfers.get(id);
    if (transfer === undefined || transfer.by !== actor.by) throw notUnderWay();
    if (transfer.isBusy) {
      throw new SipprotError("too-many-requests", "the piece before is still being taken", { waitMs: 200 });
    }
    return transfer;
  };

  /** One piece of work on a transfer; what fails ends it, because what is missing could not be told. */
  const work = async <Result>(id: string, transfer: Transfer, actor: Actor, task: () => Promise<Result>) => {
    transfer.isBusy = true;
    clearTimeout(transfer.idle);
    try {
      return await task();
    } catch (error) {
      drop(id, transfer);
      actor.tell({ after: countsOf(transfer.file.report) });
      throw error;
    } finally {
      transfer.isBusy = false;
    }
  };

  return {
    begin: async (list, purpose, actor) => {
      if (transfers.size >= MAX_FILES) {
        throw new SipprotError("too-many-requests", `${MAX_FILES} files are being taken already`, { waitMs: IDLE_MS });
      }
      const isTrial = purpose === "import-trial" || purpose === "removal-trial";
      const file =
        purpose === "import" || purpose === "import-trial"
          ? await ListFile.openImport(redis, list, actor, guardedFor(actor), isTrial)
          : ListFile.openRemoval(redis, list, actor, isTrial);
      const id = randomUUID();
      const { by, address } = actor;
      const transfer: Transfer = { file, by, address, isTrial, nextNumber: 0, isBusy: false, idle: undefined };
      transfers.set(id, transfer);
      waitFor(id, transfer);
      // A trial changes nothing: nothing of it is recorded.
      actor.tell(isTrial ? { isPart: true } : { after: { file: id } });
      return { file: id };
    },

    push: async (piece, actor) => {
      const transfer = find(piece.file, actor);
      actor.tell({ isPart: true });
      if (piece.number < transfer.nextNumber) return transfer.file.report;
      if (piece.number > transfer.nextNumber) {
        throw new SipprotError("bad-input", `piece ${transfer.nextNumber} comes next`, {
          field: "number",
          value: String(piece.number),
          expected: String(transfer.nextNumber),
        });
      }
      return work(piece.file, transfer, actor, async () => {
        await transfer.file.push(Buffer.from(piece.data, "base64"));
        transfer.nextNumber += 1;
        waitFor(piece.file, transfer);
        return transfer.file.report;
      });
    },

    end: async (id, actor) => {
      const transfer = find(id, actor);
      const report = await work(id, transfer, actor, () => transfer.file.end());
      drop(id, transfer);
      actor.tell(transfer.isTrial ? { isPart: true } : { after: countsOf(report) });
      return report;
    },
  };
}

/** Bad lines are counted; naming them would fill the trail. */
function countsOf({
  bad: _,
  sample: __,
  undo: ___,
  ...counts
}: FileReport): Omit<FileReport, "bad" | "sample" | "undo"> {
  return counts;
}

function notUnderWay(): SipprotError {
  return new SipprotError("not-found", "this file is not under way any more", {
    field: "file",
    remedy: "begin again: what was taken before is there, and taking it twice does no harm",
  });
}
