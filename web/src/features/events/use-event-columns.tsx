/** The columns of the log. */
"use client";
import type { EventRow } from "@sipprot/shared/event-log";
import { useMemo } from "react";
import { useTranslations } from "use-intl";
import { AddressLink } from "../../components/address-link.tsx";
import { CountryName } from "../../components/country-name.tsx";
import type { DataColumn } from "../../components/data-column.ts";
import { DateTime } from "../../components/date-time.tsx";
import { GateBadge } from "../../components/gate-badge.tsx";
import { ReasonText } from "../../components/reason-text.tsx";
import { VerdictBadge } from "../../components/verdict-badge.tsx";
import { WireText } from "../../components/wire-text.tsx";
import classes from "./event-columns.module.css";

const AGENT_CHARACTERS = 60;

export function useEventColumns(): ReadonlyArray<DataColumn<EventRow>> {
  const t = useTranslations("events");
  return useMemo(
    () => [
      {
        id: "source",
        header: t("address"),
        width: "10rem",
        isTitle: true,
        cell: ({ event }) => (
          <span data-source={event.source} data-gate={event.gate} data-kind={event.kind}>
            <AddressLink address={event.source} />
            {event.country !== undefined && event.country !== "" && (
              <span className={classes.quiet}>
                <CountryName code={event.country} />
              </span>
            )}
          </span>
        ),
      },
      {
        id: "time",
        header: t("time"),
        width: "1%",
        cell: ({ event }) => (
          <span className={classes.time}>
            <DateTime atMs={event.atMs} />
          </span>
        ),
      },
      {
        id: "verdict",
        header: t("verdict"),
        width: "1%",
        cell: ({ event }) => <VerdictBadge verdict={event.kind} />,
      },
      {
        id: "reason",
        header: t("reason"),
        cell: ({ event }) => <Reason event={event} />,
      },
      { id: "count", header: t("count"), align: "end", width: "1%", cell: ({ event }) => event.count },
    ],
    [t],
  );
}

function Reason({ event: { gate, reason, method, agent } }: Pick<EventRow, "event">) {
  // A scanner's agent is in the reason already.
  const shownAgent = reason.gate === "scanner" ? "" : agent;
  return (
    <>
      <GateBadge gate={gate} /> <ReasonText reason={reason} />
      <span className={classes.quiet}>
        {method !== "" && <WireText text={method} />}
        {method !== "" && shownAgent !== "" && " · "}
        {shownAgent !== "" && <WireText text={shownAgent} foldAfter={AGENT_CHARACTERS} />}
      </span>
    </>
  );
}
