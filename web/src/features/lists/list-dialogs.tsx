/** The dialogs of a list page, each loaded when it is first wanted. */
"use client";
import type { FileReport } from "@sipprot/shared/list-file";
import type { ListRowOfPage } from "@sipprot/shared/list-page";
import type { ListName } from "@sipprot/shared/lists";
import dynamic from "next/dynamic";
import type { DialogState } from "../../components/use-dialog.ts";
import type { FileWorkKind } from "./use-file-work.ts";

const AddDialog = dynamic(() => import("./add-dialog.tsx").then((module) => module.AddDialog), { ssr: false });
const EditDialog = dynamic(() => import("./edit-dialog.tsx").then((module) => module.EditDialog), { ssr: false });
const FileDialog = dynamic(() => import("./file-dialog.tsx").then((module) => module.FileDialog), { ssr: false });

/** What a dialog of the page is about. */
export type ListDialog =
  | { readonly kind: "add"; readonly typed: string }
  | { readonly kind: "edit"; readonly row: ListRowOfPage }
  | { readonly kind: FileWorkKind };

export interface ListDialogsProps {
  readonly list: ListName;
  readonly dialog: DialogState<ListDialog>;
  readonly onFileDone: (report: FileReport) => void;
}

export function ListDialogs({ list, dialog, onFileDone }: ListDialogsProps) {
  const { subject, isShown, turn, close } = dialog;
  const shared = { list, isShown, onClose: close };
  switch (subject?.kind) {
    case undefined:
      return null;
    case "add":
      return <AddDialog key={turn} {...shared} typed={subject.typed} />;
    case "edit":
      return <EditDialog key={turn} {...shared} row={subject.row} />;
    case "import":
    case "removal":
      return <FileDialog key={turn} {...shared} kind={subject.kind} onDone={onFileDone} />;
  }
}
