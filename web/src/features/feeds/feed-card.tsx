/** One feed: where it comes from, what its last fetch did, when the next is, and what can be done with it. */
"use client";
import { Button, Loader, Text } from "@mantine/core";
import type { FeedView } from "@sipprot/shared/feed";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import CirclePause from "lucide-react/icons/circle-pause";
import CirclePlay from "lucide-react/icons/circle-play";
import Pencil from "lucide-react/icons/pencil";
import RefreshCw from "lucide-react/icons/refresh-cw";
import Unlink from "lucide-react/icons/unlink";
import { useEffect, useRef, useState } from "react";
import { useTranslations } from "use-intl";
import { useConfirm } from "../../components/confirm.tsx";
import { Fact, FactList } from "../../components/fact-list.tsx";
import { FormError } from "../../components/form-error.tsx";
import { useAnnounce } from "../../components/live-region.tsx";
import { SectionCard } from "../../components/section-card.tsx";
import { TimeAgo } from "../../components/time-ago.tsx";
import { TimeLeft } from "../../components/time-left.tsx";
import { serverNowMs } from "../../trpc/server-clock.ts";
import { useTRPC } from "../../trpc/trpc.ts";
import { useMay } from "../../trpc/use-me.ts";
import { FeedBadge } from "./feed-badge.tsx";
import { FeedFailureNote, LeftOut } from "./feed-outcome.tsx";
import { isBusy, standOf } from "./feed-progress.ts";
import styles from "./feeds.module.css";
import { useScheduleText } from "./use-schedule-text.ts";

export interface FeedCardProps {
  readonly view: FeedView;
  readonly onEdit: () => void;
  /** The feed is being unsubscribed: its card will be gone. */
  readonly onLeave: () => void;
}

export function FeedCard({ view, onEdit, onLeave }: FeedCardProps) {
  const t = useTranslations("feeds");
  const schedule = useScheduleText();
  const trpc = useTRPC();
  const queries = useQueryClient();
  const confirm = useConfirm();
  const announce = useAnnounce();
  const mayFetch = useMay("operator");
  const mayChange = useMay("administrator");
  const [askedAtMs, setAskedAtMs] = useState<number>();
  const { feed, status } = view;
  const stand = standOf(view, askedAtMs);
  const list = trpc.feeds.list.queryKey();
  const fetchNow = useMutation(
    trpc.feeds.fetchNow.mutationOptions({ onSuccess: (views) => queries.setQueryData(list, views) }),
  );
  const put = useMutation(trpc.feeds.put.mutationOptions({ onSuccess: (views) => queries.setQueryData(list, views) }));
  const remove = useMutation(
    trpc.feeds.remove.mutationOptions({ onSuccess: (views) => queries.setQueryData(list, views) }),
  );
  useFollow(stand, askedAtMs, (done) =>
    announce(
      done === "ok" ? t("fetched", { name: feed.name, count: status.entries }) : t("notFetched", { name: feed.name }),
    ),
  );
  const unsubscribe = async () => {
    const isYes = await confirm({
      title: t("leaveTitle", { name: feed.name }),
      text: t("leaveText", { count: status.entries }),
      confirmLabel: t("leave"),
      isDangerous: true,
    });
    if (isYes) remove.mutate({ id: feed.id }, { onSuccess: onLeave });
  };
  const isLeaving = stand === "leaving";
  const isAtWork = stand === "fetching" || stand === "applying";
  return (
    <div data-feed={feed.id} data-stand={stand}>
      <SectionCard
        title={feed.name}
        note={<span className={styles.address}>{feed.url}</span>}
        actions={
          !isLeaving && (
            <>
              {mayFetch && (
                <Button
                  variant="default"
                  size="compact-md"
                  leftSection={<RefreshCw size={15} aria-hidden />}
                  disabled={!feed.isOn || isAtWork}
                  loading={fetchNow.isPending}
                  onClick={() => {
                    setAskedAtMs(serverNowMs());
                    fetchNow.mutate({ id: feed.id });
                  }}
                >
                  {t("fetchNow")}
                </Button>
              )}
              {mayChange && (
                <>
                  <Button
                    variant="default"
                    size="compact-md"
                    leftSection={
                      feed.isOn ? <CirclePause size={15} aria-hidden /> : <CirclePlay size={15} aria-hidden />
                    }
                    loading={put.isPending}
                    onClick={() => put.mutate({ ...feed, isOn: !feed.isOn, seen: feed })}
                  >
                    {feed.isOn ? t("pause") : t("resume")}
                  </Button>
                  <Button
                    variant="default"
                    size="compact-md"
                    leftSection={<Pencil size={15} aria-hidden />}
                    onClick={onEdit}
                  >
                    {t("edit")}
                  </Button>
                  <Button
                    variant="default"
                    size="compact-md"
                    leftSection={<Unlink size={15} aria-hidden />}
                    loading={remove.isPending}
                    onClick={() => void unsubscribe()}
                  >
                    {t("leave")}
                  </Button>
                </>
              )}
            </>
          )
        }
      >
        <div className={styles.progress} role="status">
          <FeedBadge stand={stand} />
          {isBusy(stand) && <Loader size={14} aria-hidden />}
          {isLeaving && <Text>{t("leavingText", { count: status.entries })}</Text>}
          {stand === "paused" && <Text c="dimmed">{t("pausedText")}</Text>}
          {stand === "ok" && status.isUnchanged && <Text c="dimmed">{t("unchanged")}</Text>}
        </div>
        {feed.note !== "" && <p className={styles.note}>{feed.note}</p>}
        <FeedFailureNote status={status} />
        <FormError error={fetchNow.error ?? put.error ?? remove.error} />
        <FactList>
          <Fact name={t("entries")} value={<output data-entries>{status.entries}</output>} />
          <Fact name={t("lastGood")} value={<Moment atMs={status.fetchedAtMs} never={t("never")} />} />
          <Fact name={t("lastTry")} value={<Moment atMs={status.triedAtMs} never={t("never")} />} />
          <Fact
            name={t("nextTry")}
            value={
              feed.isOn && status.nextTryAtMs !== undefined ? (
                <TimeLeft untilMs={status.nextTryAtMs} />
              ) : feed.isOn ? (
                t("due")
              ) : (
                t("notWhilePaused")
              )
            }
          />
          <Fact name={t("schedule")} value={schedule(feed.intervalMinutes)} />
          <Fact
            name={t("format")}
            value={feed.column === 1 ? t("formatLines") : t("formatColumn", { column: feed.column })}
          />
          <Fact name={t("mark")} value={<code>{`feed:${feed.id}`}</code>} />
          <Fact name={t("leftOut")} value={<LeftOut status={status} />} />
        </FactList>
      </SectionCard>
    </div>
  );
}

function Moment({ atMs, never }: { readonly atMs: number | undefined; readonly never: string }) {
  return atMs === undefined ? never : <TimeAgo atMs={atMs} />;
}

/** Tells once when a fetch that was asked for here has ended. */
function useFollow(stand: string, askedAtMs: number | undefined, tell: (done: "ok" | "failed") => void): void {
  const told = useRef<number>(undefined);
  useEffect(() => {
    if (askedAtMs === undefined || told.current === askedAtMs || (stand !== "ok" && stand !== "failed")) return;
    told.current = askedAtMs;
    tell(stand);
  }, [stand, askedAtMs, tell]);
}
