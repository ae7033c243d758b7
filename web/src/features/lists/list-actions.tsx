/** What can be done with a list as a whole. */
"use client";
import { Button } from "@mantine/core";
import type { ListName } from "@sipprot/shared/lists";
import Download from "lucide-react/icons/download";
import Ellipsis from "lucide-react/icons/ellipsis";
import FileDown from "lucide-react/icons/file-down";
import FileMinus from "lucide-react/icons/file-minus";
import Plus from "lucide-react/icons/plus";
import Trash from "lucide-react/icons/trash-2";
import Upload from "lucide-react/icons/upload";
import { useTranslations } from "use-intl";
import { downloadText } from "../../components/download.ts";
import { LazyMenu } from "../../components/lazy-menu.tsx";
import type { MenuChoice } from "../../components/menu-choice.ts";
import { useTold } from "../../components/use-told.ts";
import { useTRPCClient } from "../../trpc/trpc.ts";
import { useExport } from "./use-export.ts";

export interface ListActionsProps {
  readonly list: ListName;
  readonly mayChange: boolean;
  readonly isEmpty: boolean;
  readonly onAdd: () => void;
  readonly onImport: () => void;
  readonly onRemoveByFile: () => void;
  readonly onRemoveAll: () => void;
}

export function ListActions(props: ListActionsProps) {
  const { list, mayChange, isEmpty, onAdd, onImport, onRemoveByFile, onRemoveAll } = props;
  const t = useTranslations("lists");
  const client = useTRPCClient();
  const exporting = useExport(list);
  const { failed } = useTold();
  const template = () =>
    client.lists.template
      .query()
      .then((text) => downloadText(`sipprot-${list}list-template.csv`, text, "text/csv"), failed);
  const choices: MenuChoice[] = [
    { label: t("template"), icon: <FileDown size={15} aria-hidden />, onChoose: () => void template() },
  ];
  if (mayChange && !isEmpty) {
    choices.push(
      { label: t("removeByFile"), icon: <FileMinus size={15} aria-hidden />, onChoose: onRemoveByFile },
      { label: t("removeEverything"), icon: <Trash size={15} aria-hidden />, onChoose: onRemoveAll },
    );
  }
  return (
    <>
      {mayChange && (
        <>
          <Button leftSection={<Plus size={16} aria-hidden />} onClick={onAdd}>
            {t("add")}
          </Button>
          <Button variant="default" leftSection={<Upload size={15} aria-hidden />} onClick={onImport}>
            {t("import")}
          </Button>
        </>
      )}
      {exporting.rows === undefined ? (
        <Button
          variant="default"
          leftSection={<Download size={15} aria-hidden />}
          disabled={isEmpty}
          onClick={() => void exporting.start()}
        >
          {t("export")}
        </Button>
      ) : (
        <Button variant="default" onClick={exporting.stop}>
          {t("stopExport", { count: exporting.rows })}
        </Button>
      )}
      <LazyMenu label={t("more")} icon={<Ellipsis size={18} aria-hidden />} choices={choices} />
    </>
  );
}
