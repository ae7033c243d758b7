/** Downloads a list as CSV: piece by piece, with its progress, stoppable. */

import type { ExportPlace } from "@sipprot/shared/list-desk";
import type { ListName } from "@sipprot/shared/lists";
import { useEffect, useRef, useState } from "react";
import { useTimeZone, useTranslations } from "use-intl";
import { downloadText } from "../../components/download.ts";
import { useTold } from "../../components/use-told.ts";
import { toWallTime } from "../../components/wall-time.ts";
import { patiently } from "../../trpc/patiently.ts";
import { serverNowMs } from "../../trpc/server-clock.ts";
import { useTRPCClient } from "../../trpc/trpc.ts";

export interface ListExport {
  /** Rows that came so far; undefined while nothing is under way. */
  readonly rows: number | undefined;
  readonly start: () => Promise<void>;
  readonly stop: () => void;
}

export function useExport(list: ListName): ListExport {
  const t = useTranslations("lists");
  const client = useTRPCClient();
  const timeZone = useTimeZone() ?? "UTC";
  const { done, failed } = useTold();
  const [rows, setRows] = useState<number>();
  const abort = useRef<AbortController>(undefined);
  useEffect(() => () => abort.current?.abort(), []);

  const start = async () => {
    const controller = new AbortController();
    abort.current = controller;
    setRows(0);
    try {
      const pieces: string[] = [];
      let count = 0;
      let place: ExportPlace | undefined;
      do {
        const asked = place === undefined ? { list } : { list, place };
        const piece = await patiently(() => client.lists.export.query(asked, { signal: controller.signal }));
        if (controller.signal.aborted) return;
        pieces.push(piece.csv);
        // The first line of the first piece is the head.
        count += (piece.csv.match(/\r\n/g)?.length ?? 0) - (place === undefined ? 1 : 0);
        setRows(count);
        place = piece.next;
      } while (place !== undefined);
      downloadText(`sipprot-${list}list-${toWallTime(serverNowMs(), timeZone).slice(0, 10)}.csv`, pieces, "text/csv");
      done(t("exported", { count }));
    } catch (error) {
      if (!controller.signal.aborted) failed(error);
    } finally {
      setRows(undefined);
    }
  };
  return { rows, start, stop: () => abort.current?.abort() };
}
