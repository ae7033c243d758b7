/** Fetches the log as a file, piece by piece, and gives it to the reader. */
import type { EventFilter } from "@sipprot/shared/event-filter";
import { useRef, useState } from "react";
import { useTranslations } from "use-intl";
import { downloadText } from "../../components/download.ts";
import { useErrorText } from "../../components/error-text.ts";
import { showNotice } from "../../components/notices.ts";
import type { Range } from "../../components/use-range.ts";
import { serverNowMs } from "../../trpc/server-clock.ts";
import { useTRPCClient } from "../../trpc/trpc.ts";

export type ExportFormat = "csv" | "json";

/** As many as a spreadsheet opens without complaint, and the page keeps in memory. */
const MAX_ROWS = 200_000;

export function useExport(filter: EventFilter, range: Range) {
  const t = useTranslations("events");
  const client = useTRPCClient();
  const word = useErrorText();
  /** Rows fetched so far; undefined while nothing is under way. */
  const [rows, setRows] = useState<number>();
  const isStopped = useRef(false);
  const run = async (format: ExportFormat) => {
    isStopped.current = false;
    setRows(0);
    // Up to this moment: what comes in meanwhile would have no end.
    const { fromMs, toMs } = range.bounds(serverNowMs());
    const stretch = { filter: plain(filter), fromMs: Math.floor(fromMs), toMs: Math.ceil(toMs), format };
    const pieces: string[] = [];
    try {
      let piece = await client.events.export.query(stretch);
      pieces.push(piece.text);
      while (piece.next !== undefined && piece.rows < MAX_ROWS && !isStopped.current) {
        setRows(piece.rows);
        piece = await client.events.export.query({ ...stretch, next: piece.next });
        pieces.push(piece.text);
      }
      if (isStopped.current) return;
      const isCut = piece.next !== undefined;
      if (isCut && format === "json") pieces.push("\n]\n");
      const day = new Date(toMs).toISOString().slice(0, 10);
      downloadText(`sipprot-events-${day}.${format}`, pieces, format === "csv" ? "text/csv" : "application/json");
      void showNotice({
        color: isCut ? "orange" : "green",
        message: isCut ? t("exportCut", { count: piece.rows }) : t("exported", { count: piece.rows }),
      });
    } catch (error) {
      const { text, remedy = "" } = word(error);
      void showNotice({ color: "red", title: t("notExported"), message: `${text} ${remedy}` });
    } finally {
      setRows(undefined);
    }
  };
  return {
    rows,
    run,
    stop: () => {
      isStopped.current = true;
    },
  };
}

/** Mutable lists, as the procedure's input has them. */
function plain(filter: EventFilter): Record<string, never> {
  return JSON.parse(JSON.stringify(filter));
}
