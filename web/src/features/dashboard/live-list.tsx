/** The newest decisions: those of the last minutes, and above them what comes in. */
"use client";
import type { SipEvent } from "@sipprot/shared/event";
import type { StatsFilter } from "@sipprot/shared/window-stats";
import { useQuery } from "@tanstack/react-query";
import { useEffect } from "react";
import { useTranslations } from "use-intl";
import { AddressLink } from "../../components/address-link.tsx";
import { CountryName } from "../../components/country-name.tsx";
import { DataState } from "../../components/data-state.tsx";
import { DateTime } from "../../components/date-time.tsx";
import { ReasonText } from "../../components/reason-text.tsx";
import { VerdictBadge } from "../../components/verdict-badge.tsx";
import { WireText } from "../../components/wire-text.tsx";
import { useTRPC } from "../../trpc/trpc.ts";
import { useLiveEvents } from "../../trpc/use-live-events.ts";
import styles from "./live-list.module.css";
import { listRecent } from "./recent-events.ts";

/** As many as somebody reads; the page of the events has all. */
const SHOWN = 40;
/** Kept from the stream: what a filter leaves of them should still fill the list. */
const KEPT = 400;
const AGENT_CHARACTERS = 40;

export function LiveList({
  filter,
  isPaused,
  onWaiting,
}: {
  readonly filter: StatsFilter;
  readonly isPaused: boolean;
  /** Told how many came since the pause. */
  readonly onWaiting: (count: number) => void;
}) {
  const t = useTranslations("dashboard");
  const trpc = useTRPC();
  const latest = useQuery(
    trpc.events.latest.queryOptions({ maxBatches: 40 }, { staleTime: Number.POSITIVE_INFINITY, gcTime: 0 }),
  );
  const live = useLiveEvents(KEPT, isPaused);
  useEffect(() => onWaiting(live.waiting), [live.waiting, onWaiting]);
  return (
    <DataState query={latest}>
      {(batches) => {
        const recent = listRecent(live.items, batches, filter, SHOWN);
        if (recent.length === 0) return <p className={styles.none}>{t("liveNone")}</p>;
        return (
          // Many a second would be said over each other: this is read when wanted, not spoken.
          <ol className={styles.list} aria-label={t("live")} aria-live="off" data-live={live.state}>
            {recent.map(({ key, event }) => (
              <Decision key={key} event={event} />
            ))}
          </ol>
        );
      }}
    </DataState>
  );
}

function Decision({ event }: { readonly event: SipEvent }) {
  const t = useTranslations("dashboard");
  const { kind, atMs, count, source, country = "", reason, method, endpoint, agent } = event;
  return (
    <li className={styles.decision} data-source={source}>
      <span className={styles.time}>
        <DateTime atMs={atMs} isShort />
      </span>
      <span className={styles.verdict}>
        <VerdictBadge verdict={kind} />
      </span>
      <span className={styles.who}>
        <AddressLink address={source} />
        {country !== "" && (
          <span className={styles.quiet}>
            <CountryName code={country} />
          </span>
        )}
      </span>
      <span className={styles.why}>
        <ReasonText reason={reason} />
        <span className={styles.quiet}>
          {method !== "" && <WireText text={method} />} <span translate="no">{endpoint}</span>
          {agent !== "" && (
            <>
              {" · "}
              <WireText text={agent} foldAfter={AGENT_CHARACTERS} />
            </>
          )}
        </span>
      </span>
      <span className={styles.count}>{count > 1 && t("times", { count })}</span>
    </li>
  );
}
