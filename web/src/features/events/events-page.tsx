/** The log of decisions: narrowed, live or into the past, exported, and made into rules. */
"use client";
import { Button } from "@mantine/core";
import Gavel from "lucide-react/icons/gavel";
import Radio from "lucide-react/icons/radio";
import RefreshCw from "lucide-react/icons/refresh-cw";
import dynamic from "next/dynamic";
import { parseAsBoolean, useQueryState } from "nuqs";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { PageFrame } from "../../components/page-frame.tsx";
import { RangePicker } from "../../components/range-picker.tsx";
import { useRange } from "../../components/use-range.ts";
import { useMay } from "../../trpc/use-me.ts";
import { ExportButtons } from "./export-buttons.tsx";
import { FilterForm } from "./filter-form.tsx";
import { LiveLog } from "./live-log.tsx";
import { LogList } from "./log-list.tsx";
import type { RuleStart } from "./rule-start.ts";
import { useEventLog } from "./use-event-log.ts";
import { useLogFilter } from "./use-log-filter.ts";

const RuleDialog = dynamic(() => import("./rule-dialog.tsx").then((module) => module.RuleDialog), { ssr: false });

export function EventsPage() {
  const t = useTranslations("events");
  const range = useRange("24h");
  const filter = useLogFilter();
  const [isLive, setLive] = useQueryState("live", parseAsBoolean.withDefault(false));
  const [rule, setRule] = useState<RuleStart>();
  const mayMakeRules = useMay("operator");
  const { log, rows, last } = useEventLog(filter.filter, range);
  // The past stands still: only a range that ends now can be followed.
  const isFollowing = isLive && range.range.kind === "last";
  const list = { log, last, filter, onRule: mayMakeRules ? setRule : undefined };
  return (
    <PageFrame
      title={t("title")}
      description={t("description")}
      actions={
        <>
          <RangePicker range={range} />
          <Button
            variant={isFollowing ? "filled" : "default"}
            aria-pressed={isFollowing}
            disabled={range.range.kind === "free"}
            leftSection={<Radio size={16} aria-hidden />}
            onClick={() => void setLive(isLive ? null : true)}
          >
            {t("live")}
          </Button>
          <Button
            variant="default"
            leftSection={<RefreshCw size={16} aria-hidden />}
            loading={log.isRefetching}
            onClick={() => void log.refetch()}
          >
            {t("refresh")}
          </Button>
        </>
      }
    >
      <FilterForm filter={filter}>
        <ExportButtons filter={filter.filter} range={range} />
        {mayMakeRules && (
          <Button
            variant="default"
            size="compact-sm"
            leftSection={<Gavel size={14} aria-hidden />}
            onClick={() => setRule({ kind: "deny-sources" })}
          >
            {t("makeRule")}
          </Button>
        )}
      </FilterForm>
      {isFollowing ? <LiveLog {...list} rows={rows} /> : <LogList {...list} rows={rows} />}
      {rule !== undefined && (
        <RuleDialog start={rule} filter={filter.filter} range={range} onClose={() => setRule(undefined)} />
      )}
    </PageFrame>
  );
}
