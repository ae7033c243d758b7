/** The view as a file: CSV for a spreadsheet, JSON for a program. */
"use client";
import { Button } from "@mantine/core";
import type { EventFilter } from "@sipprot/shared/event-filter";
import Download from "lucide-react/icons/download";
import { useTranslations } from "use-intl";
import type { Range } from "../../components/use-range.ts";
import { useExport } from "./use-export.ts";

export function ExportButtons({ filter, range }: { readonly filter: EventFilter; readonly range: Range }) {
  const t = useTranslations("events");
  const { rows, run, stop } = useExport(filter, range);
  if (rows !== undefined) {
    return (
      <Button variant="default" size="compact-sm" onClick={stop}>
        {t("stopExport", { count: rows })}
      </Button>
    );
  }
  const look = { variant: "default", size: "compact-sm", leftSection: <Download size={14} aria-hidden /> } as const;
  return (
    <>
      <Button {...look} onClick={() => void run("csv")}>
        {t("exportCsv")}
      </Button>
      <Button {...look} onClick={() => void run("json")}>
        {t("exportJson")}
      </Button>
    </>
  );
}
