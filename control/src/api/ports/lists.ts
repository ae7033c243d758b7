/** The operator's lists, as the procedures use them. */

import type {
  ConfirmationOffer,
  ExportPiece,
  ExportPlace,
  ListAdded,
  ListAddition,
  ListEdit,
  ListRemoval,
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
  readonly add: (addition: ListAddition, actor: Actor) => Promise<ListAdded>;
  readonly edit: (edit: ListEdit, actor: Actor) => Promise<{ before: ListEntry; after: ListEntry }>;
  readonly remove: (removal: ListRemoval, actor: Actor) => Promise<{ removed: number }>;
  readonly offerRemoveAll: (list: ListName, actor: Actor) => Promise<ConfirmationOffer>;
  readonly removeAll: (list: ListName, confirmation: string, actor: Actor) => Promise<{ removed: number }>;
  readonly template: () => string;
  readonly exportPiece: (list: ListName, place: ExportPlace | undefined) => Promise<ExportPiece>;
  readonly files: ListFilesPort;
}
