/** The allowlist or the denylist: looked through, added to, taken from. */
"use client";
import { ActionIcon, Button } from "@mantine/core";
import type { FileReport } from "@sipprot/shared/list-file";
import type { ListRowOfPage } from "@sipprot/shared/list-page";
import { type ListName, MAX_NOTE_CHARACTERS } from "@sipprot/shared/lists";
import Pencil from "lucide-react/icons/pencil";
import Trash from "lucide-react/icons/trash-2";
import { useTranslations } from "use-intl";
import { DataTable } from "../../components/data-table.tsx";
import { FilterBar } from "../../components/filter-bar.tsx";
import { GoneNote } from "../../components/gone-note.tsx";
import { PageFrame } from "../../components/page-frame.tsx";
import { readNetwork } from "../../components/read-network.ts";
import { RefreshPicker } from "../../components/refresh-picker.tsx";
import { useDialog } from "../../components/use-dialog.ts";
import { rescueFocus } from "../../components/use-return-focus.ts";
import { useMay } from "../../trpc/use-me.ts";
import { EntryDetails } from "./entry-details.tsx";
import { ListActions } from "./list-actions.tsx";
import { useListColumns } from "./list-columns.tsx";
import { type ListDialog, ListDialogs } from "./list-dialogs.tsx";
import styles from "./lists.module.css";
import { useListQuery } from "./use-list-query.ts";
import { useRemoval } from "./use-removal.ts";

export function ListPage({ list }: { readonly list: ListName }) {
  const t = useTranslations("lists");
  const mayChange = useMay("operator");
  const columns = useListColumns();
  const { state, refresh, query, selection, gone } = useListQuery(list);
  const dialog = useDialog<ListDialog>();
  const removal = useRemoval(list, selection, rescueFocus);
  const { search, filter } = state;
  const isEmpty = query.data?.total === 0 && !state.isFiltered;
  const add = () => dialog.open({ kind: "add", typed: readNetwork(search) ?? "" });
  const words =
    list === "allow"
      ? { title: t("allowTitle"), text: t("allowText"), noneTitle: t("allowNoneTitle"), noneText: t("allowNoneText") }
      : { title: t("denyTitle"), text: t("denyText"), noneTitle: t("denyNoneTitle"), noneText: t("denyNoneText") };
  const fileDone = ({ removed, undo }: FileReport) => {
    if (undo !== undefined) removal.offerBack({ removed, undo }, removed);
  };
  return (
    <PageFrame
      title={words.title}
      description={words.text}
      actions={
        <ListActions
          list={list}
          mayChange={mayChange}
          isEmpty={isEmpty}
          onAdd={add}
          onImport={() => dialog.open({ kind: "import" })}
          onRemoveByFile={() => dialog.open({ kind: "removal" })}
          onRemoveAll={() => void removal.removeAll({}, [])}
        />
      }
    >
      <div className={styles.bar}>
        <FilterBar
          search={search}
          onSearch={state.setSearch}
          searchLabel={t("search")}
          maxLength={MAX_NOTE_CHARACTERS}
          countries={state.countries}
          onCountries={state.setCountries}
          isFiltered={state.isFiltered}
          onReset={state.reset}
        />
        <RefreshPicker
          refresh={refresh}
          updatedAtMs={query.dataUpdatedAt}
          isFetching={query.isFetching}
          onRefresh={query.refetch}
        />
      </div>
      <GoneNote gone={gone} />
      <section aria-label={words.title} tabIndex={-1} data-focus-place className={styles.place}>
        <DataTable
          label={words.title}
          query={query}
          columns={columns}
          state={state}
          rowKey={({ network }) => network}
          rowLabel={({ network }) => network}
          unfold={(row) => <EntryDetails row={row} />}
          {...(mayChange
            ? {
                selection,
                selectionActions: (
                  <Button
                    size="compact-sm"
                    color="red"
                    leftSection={<Trash size={14} aria-hidden />}
                    loading={removal.isBusy}
                    onClick={() => void removal.removeChosen(filter)}
                  >
                    {t("remove")}
                  </Button>
                ),
                rowActions: (row: ListRowOfPage) => (
                  <RowActions
                    network={row.network}
                    onEdit={() => dialog.open({ kind: "edit", row })}
                    onRemove={() => void removal.removeSome([row.network])}
                  />
                ),
              }
            : {})}
          empty={{
            title: words.noneTitle,
            text: words.noneText,
            ...(mayChange ? { action: <Button onClick={add}>{t("add")}</Button> } : {}),
          }}
        />
      </section>
      <ListDialogs list={list} dialog={dialog} onFileDone={fileDone} />
    </PageFrame>
  );
}

interface RowActionsProps {
  readonly network: string;
  readonly onEdit: () => void;
  readonly onRemove: () => void;
}

function RowActions({ network, onEdit, onRemove }: RowActionsProps) {
  const t = useTranslations("lists");
  return (
    <span className={styles.rowActions}>
      <ActionIcon aria-label={t("editRow", { network })} title={t("edit")} onClick={onEdit}>
        <Pencil size={15} aria-hidden />
      </ActionIcon>
      <ActionIcon aria-label={t("removeRow", { network })} title={t("remove")} onClick={onRemove}>
        <Trash size={15} aria-hidden />
      </ActionIcon>
    </span>
  );
}
