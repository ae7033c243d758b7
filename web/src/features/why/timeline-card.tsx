/** Everything that happened to the address, the newest first: decisions, blocks, lifts, lists. */
"use client";
import { Anchor } from "@mantine/core";
import type { Explanation, SourceChange } from "@sipprot/shared/block-page";
import ArrowUpRight from "lucide-react/icons/arrow-up-right";
import Link from "next/link";
import { useMemo } from "react";
import { useFormatter, useTranslations } from "use-intl";
import { DateTime } from "../../components/date-time.tsx";
import { ReasonText } from "../../components/reason-text.tsx";
import { SectionCard } from "../../components/section-card.tsx";
import { VerdictBadge } from "../../components/verdict-badge.tsx";
import { WireText } from "../../components/wire-text.tsx";
import { type TimelineItem, tellTimeline } from "./timeline.ts";
import classes from "./timeline-card.module.css";

export function TimelineCard({ known }: { readonly known: Explanation }) {
  const t = useTranslations("why");
  const format = useFormatter();
  const items = useMemo(() => tellTimeline(known), [known]);
  const { strikes, lastStrikeAtMs, eventsSinceMs, heldSinceMs, hasDropped } = known;
  const moment = (atMs: number) => format.dateTime(new Date(atMs), { dateStyle: "medium", timeStyle: "short" });
  return (
    <SectionCard
      title={t("timeline")}
      note={
        strikes > 0 && lastStrikeAtMs !== undefined
          ? t("strikesNote", { count: strikes, last: moment(lastStrikeAtMs) })
          : undefined
      }
      actions={
        <Anchor component={Link} href={`/events?address=${encodeURIComponent(known.address)}`} prefetch={false}>
          {t("allEvents")} <ArrowUpRight size={14} aria-hidden />
        </Anchor>
      }
    >
      {items.length === 0 ? (
        <p className={classes.none}>{t("noEvents")}</p>
      ) : (
        <ol className={classes.items} aria-label={t("timeline")}>
          {items.map((item) => (
            <Item key={item.key} item={item} />
          ))}
        </ol>
      )}
      <p className={classes.none}>
        {eventsSinceMs > 0
          ? t("lookedBackTo", { since: moment(eventsSinceMs) })
          : hasDropped && heldSinceMs !== undefined
            ? t("logBegins", { since: moment(heldSinceMs) })
            : t("logWhole")}
      </p>
    </SectionCard>
  );
}

function Item({ item }: { readonly item: TimelineItem }) {
  return (
    <li className={classes.item} data-item={item.kind === "event" ? item.event.kind : item.change.kind}>
      <span className={classes.time}>
        <DateTime atMs={item.atMs} />
      </span>
      {item.kind === "event" ? <Decision item={item} /> : <Done change={item.change} />}
    </li>
  );
}

function Decision({ item }: { readonly item: Extract<TimelineItem, { kind: "event" }> }) {
  const t = useTranslations("why");
  const { event, count, sinceMs, atMs } = item;
  return (
    <>
      <span>
        <VerdictBadge verdict={event.kind} />
      </span>
      <span className={classes.words}>
        <ReasonText reason={event.reason} />
        <span className={classes.quiet}>
          {event.method !== "" && <WireText text={event.method} />} <span translate="no">{event.endpoint}</span>
          {event.agent !== "" && (
            <>
              {" · "}
              <WireText text={event.agent} foldAfter={60} />
            </>
          )}
        </span>
      </span>
      <span className={classes.count}>
        {count > 1 && t("times", { count })}
        {sinceMs < atMs && (
          <span className={classes.quiet}>
            {t.rich("sinceThen", { since: () => <DateTime atMs={sinceMs} isShort /> })}
          </span>
        )}
      </span>
    </>
  );
}

function Done({ change }: { readonly change: SourceChange }) {
  const t = useTranslations("why");
  const { kind, list, network, note = "", account, by } = change;
  const words = () => {
    if (kind === "list-put") return list === "allow" ? t("putOnAllow", { network }) : t("putOnDeny", { network });
    if (kind === "list-remove") return list === "allow" ? t("offAllow", { network }) : t("offDeny", { network });
    if (account === undefined) return t("wasLifted");
    return t.rich("wasLiftedFor", { account: () => <WireText text={account} /> });
  };
  return (
    <>
      <span className={classes.by}>
        <bdi>{by}</bdi>
      </span>
      <span className={classes.words}>
        {words()}
        {note !== "" && <bdi className={classes.quiet}>{note}</bdi>}
      </span>
      <span className={classes.count} />
    </>
  );
}
