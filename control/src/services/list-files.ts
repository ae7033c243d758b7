/** CSV files that arrive in pieces: who sends them, in order, at most a few at once. */
import { randomUUID } from "node:crypto";
import { SipprotError } from "@sipprot/shared/errors";
import type { GuardedNetwork } from "@sipprot/shared/store/deny-guard";
import type { Redis } from "ioredis";
import type { Actor } from "../api/actor.ts";
import type { ListFilesPort } from "../api/ports/list-files.ts";
import { ListFile } from "./list-file.ts";

/** Files on their way at once, everybody's together; each holds a few megabytes. */
const MAX_FILES = 8;
/** A file of which nothing came for this long is given up. */
const IDLE_MS = 120_000;

interface Transfer {
  readonly file: ListFile;
  readonly by: string;
  nextNumber: number;
  isBusy: boolean;
  seenAtMs: number;
}

export function createListFiles(redis: Redis, guardedFor: (actor: Actor) => readonly GuardedNetwork[]): ListFilesPort {
  const transfers = new Map<string, Transfer>();

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
    transfer.seenAtMs = actor.nowMs;
    try {
      return await task();
    } catch (error) {
      transfers.delete(id);
      throw error;
    } finally {
      transfer.isBusy = false;
    }
  };

  return {
    begin: async (list, purpose, actor) => {
      for (const [id, transfer] of transfers) {
        if (!transfer.isBusy && actor.nowMs - transfer.seenAtMs > IDLE_MS) transfers.delete(id);
      }
      if (transfers.size >= MAX_FILES) {
        throw new SipprotError("too-many-requests", `${MAX_FILES} files are being taken already`, { waitMs: IDLE_MS });
      }
      const file =
        purpose === "import"
          ? await ListFile.openImport(redis, list, actor, guardedFor(actor))
          : ListFile.openRemoval(redis, list, actor);
      const id = randomUUID();
      transfers.set(id, { file, by: actor.by, nextNumber: 0, isBusy: false, seenAtMs: actor.nowMs });
      return { file: id };
    },

    push: async (piece, actor) => {
      const transfer = find(piece.file, actor);
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
        return transfer.file.report;
      });
    },

    end: async (id, actor) => {
      const transfer = find(id, actor);
      const report = await work(id, transfer, actor, () => transfer.file.end());
      transfers.delete(id);
      const { bad: _, ...counts } = report;
      actor.tell({ after: counts });
      return report;
    },
  };
}

function notUnderWay(): SipprotError {
  return new SipprotError("not-found", "this file is not under way any more", {
    field: "file",
    remedy: "begin again: what was taken before is there, and taking it twice does no harm",
  });
}
