/** CSV files on their way to a list, in pieces, as the procedures use them. */
import type { FilePiece, FilePurpose } from "@sipprot/shared/list-desk";
import type { FileReport } from "@sipprot/shared/list-file";
import type { ListName } from "@sipprot/shared/lists";
import type { Actor } from "../actor.ts";

export interface ListFilesPort {
  readonly begin: (list: ListName, purpose: FilePurpose, actor: Actor) => Promise<{ file: string }>;
  /** Answers with the progress. */
  readonly push: (piece: FilePiece, actor: Actor) => Promise<FileReport>;
  readonly end: (file: string, actor: Actor) => Promise<FileReport>;
}
