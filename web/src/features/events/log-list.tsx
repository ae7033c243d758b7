/** The rows of the log, the way further into the past, and what the log does not hold any more. */
"use client";
import { Button, Group, Text } from "@mantine/core";
import type { EventPage, EventRow } from "@sipprot/shared/event-log";
import { useCallback, useState } from "react";
import { useFormatter, useTranslations } from "use-intl";
import { DataState } from "../../components/data-state.tsx";
import table from "../../components/data-table.module.css";
import { DataTableHead } from "../../components/data-table-head.tsx";
import { moveBetweenRows } from "../../components/table-keys.ts";
import { LogRow } from "./log-row.tsx";
import type { RuleStart } from "./rule-start.ts";
import { useEventColumns } from "./use-event-columns.tsx";
import type { useEventLog } from "./use-event-log.ts";
import type { LogFilter } from "./use-log-filter.ts";

export interface LogListProps {
  readonly log: ReturnType<typeof useEventLog>["log"];
  readonly rows: readonly EventRow[];
  /** The page that looked back furthest. */
  readonly last: EventPage | undefined;
  readonly filter: LogFilter;
  /** Undefined for those who may not make rules. */
  readonly onRule: ((start: RuleStart) => void) | undefined;
}

const unsorted = { sort: undefined as never, descending: false, setSort: () => undefined };

export function LogList({ log, rows, last, filter, onRule }: LogListProps) {
  const t = useTranslations("events");
  const columns = useEventColumns();
  const [unfolded, setUnfolded] = useState<ReadonlySet<string>>(new Set());
  const unfold = useCallback((key: string) => {
    setUnfolded((before) => {
      const after = new Set(before);
      if (!after.delete(key)) after.add(key);
      return after;
    });
  }, []);
  const isSearching = log.isFetching && rows.length === 0;
  const query = {
    ...log,
    // Nothing found so far is not nothing there, while the search goes on.
    data: isSearching || (rows.length === 0 && log.hasNextPage) ? undefined : log.data,
    error: log.error,
  };
  return (
    <div className={table.frame}>
      <DataState
        query={query}
        skeletonRows={8}
        isEmpty={() => rows.length === 0}
        empty={{ title: t("noneTitle"), text: t("noneText") }}
        noMatch={filter.conditions.length > 0 ? { onReset: filter.reset } : undefined}
      >
        {() => (
          // Many a second would be said over each other: this is read when wanted, not spoken.
          <table
            role="table"
            className={table.table}
            aria-label={t("title")}
            aria-busy={log.isFetching}
            aria-live="off"
            data-old={log.isPlaceholderData || undefined}
          >
            <DataTableHead
              columns={columns}
              state={unsorted}
              hasUnfold
              hasActions={false}
              selection={undefined}
              keys={[]}
            />
            <tbody role="rowgroup" onKeyDown={moveBetweenRows}>
              {rows.map((row) => (
                <LogRow
                  key={row.key}
                  row={row}
                  columns={columns}
                  isUnfolded={unfolded.has(row.key)}
                  onUnfold={unfold}
                  onFilter={filter.add}
                  onRule={onRule}
                />
              ))}
            </tbody>
          </table>
        )}
      </DataState>
      <LogEnd log={log} last={last} />
    </div>
  );
}

/** How far the log was looked through, and how far it reaches. */
function LogEnd({ log, last }: Pick<LogListProps, "log" | "last">) {
  const t = useTranslations("events");
  const format = useFormatter();
  if (last === undefined) return null;
  const moment = (atMs: number) => format.dateTime(new Date(atMs), { dateStyle: "medium", timeStyle: "medium" });
  const { searchedToMs, heldSinceMs, hasDropped, next } = last;
  const isCut = heldSinceMs !== undefined && hasDropped && heldSinceMs > searchedToMs;
  return (
    <Group gap="sm" mt="sm">
      {next !== undefined && (
        <Button variant="default" loading={log.isFetchingNextPage} onClick={() => void log.fetchNextPage()}>
          {t("older")}
        </Button>
      )}
      <Text c="dimmed" role="status" data-reach>
        {next !== undefined
          ? t("searchedTo", { since: moment(searchedToMs) })
          : isCut
            ? t("logCut", { since: moment(heldSinceMs) })
            : heldSinceMs === undefined
              ? t("logEmpty")
              : t("logWhole")}
      </Text>
    </Group>
  );
}
