/** The operator's lists, as the procedures use them. */

import type {
  ConfirmationOffer,
  Consideration,
  ExportPiece,
  ExportPlace,
  ListAdded,
  ListAddition,
  ListEdit,
  ListRemoval,
  RemovalQuestion,
  RemoveAll,
  Removed,
  Restoration,
  Restored,
} from "@sipprot/shared/list-desk";
import type { ListPageInput, ListRowOfPage } from "@sipprot/shared/list-page";
import type { ListEntry, ListName } from "@sipprot/shared/lists";
import type { Page } from "@sipprot/shared/page";
import type { Actor } from "../actor.ts";
import type { ListFilesPort } from "./list-files.ts";

export interface ListsPort {
  /** Reads the lists into memory, so that the first page need not wait for that. */
  readonly prepare: () => Promise<void>;
  readonly page: (query: ListPageInput) => Promise<Page<ListRowOfPage>>;
  readonly counts: () => Promise<Record<ListName, number>>;
  /** The entries of exactly these networks, of those that have one. */
  readonly find: (look: ListRemoval) => Promise<ListRowOfPage[]>;
  /** What putting these networks on the list would mean. */
  readonly consider: (look: ListRemoval, actor: Actor) => Promise<Consideration[]>;
  readonly add: (addition: ListAddition, actor: Actor) => Promise<ListAdded>;
  readonly edit: (edit: ListEdit, actor: Actor) => Promise<{ before: ListEntry; after: ListEntry }>;
  readonly remove: (removal: ListRemoval, actor: Actor) => Promise<Removed>;
  readonly restore: (restoration: Restoration, actor: Actor) => Promise<Restored>;
  readonly offerRemoveAll: (question: RemovalQuestion, actor: Actor) => Promise<ConfirmationOffer>;
  readonly removeAll: (removal: RemoveAll, actor: Actor) => Promise<Removed>;
  readonly template: () => string;
  readonly exportPiece: (list: ListName, place: ExportPlace | undefined) => Promise<ExportPiece>;
  readonly files: ListFilesPort;
}
