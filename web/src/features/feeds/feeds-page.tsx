/** The feeds: denylists kept by others, what each fetch did, and subscribing and unsubscribing. */
"use client";
import { Button, Stack, Text } from "@mantine/core";
import type { Feed } from "@sipprot/shared/feed";
import { MAX_FEEDS } from "@sipprot/shared/redis-keys";
import { useQuery } from "@tanstack/react-query";
import Plus from "lucide-react/icons/plus";
import dynamic from "next/dynamic";
import { useRef } from "react";
import { useTranslations } from "use-intl";
import { DataState } from "../../components/data-state.tsx";
import { PageFrame } from "../../components/page-frame.tsx";
import { useDialog } from "../../components/use-dialog.ts";
import { useTRPC } from "../../trpc/trpc.ts";
import { useMay, useMe } from "../../trpc/use-me.ts";
import { FeedCard } from "./feed-card.tsx";
import { isBusy, standOf } from "./feed-progress.ts";

/** While something is being done, and otherwise. */
const LOOK_OFTEN_MS = 1000;
const LOOK_SELDOM_MS = 15_000;

const FeedDialog = dynamic(() => import("./feed-dialog.tsx").then((module) => module.FeedDialog), { ssr: false });

export function FeedsPage() {
  const t = useTranslations("feeds");
  const trpc = useTRPC();
  const me = useMe();
  const mayChange = useMay("administrator");
  const mayFetch = useMay("operator");
  const addButton = useRef<HTMLButtonElement>(null);
  const dialog = useDialog<Feed | undefined>();
  const feeds = useQuery(
    trpc.feeds.list.queryOptions(undefined, {
      refetchInterval: ({ state }) =>
        state.data?.some((view) => isBusy(standOf(view, undefined))) === true ? LOOK_OFTEN_MS : LOOK_SELDOM_MS,
    }),
  );
  const isFull = (feeds.data?.length ?? 0) >= MAX_FEEDS;
  const subscribe = mayChange && (
    <Button
      ref={addButton}
      leftSection={<Plus size={16} aria-hidden />}
      disabled={isFull}
      onClick={() => dialog.open(undefined)}
    >
      {t("subscribe")}
    </Button>
  );
  return (
    <PageFrame title={t("title")} description={t("description")} actions={subscribe}>
      {me !== undefined && !mayChange && <Text c="dimmed">{mayFetch ? t("operatorMay") : t("viewerMay")}</Text>}
      {isFull && <Text c="dimmed">{t("full", { count: MAX_FEEDS })}</Text>}
      <DataState
        query={feeds}
        isEmpty={(known) => known.length === 0}
        empty={{ title: t("noneTitle"), text: t("noneText") }}
      >
        {(known) => (
          <Stack gap="md">
            {known.map((view) => (
              <FeedCard
                key={view.feed.id}
                view={view}
                onEdit={() => dialog.open(view.feed)}
                // The card goes, and the focus with it.
                onLeave={() => addButton.current?.focus()}
              />
            ))}
          </Stack>
        )}
      </DataState>
      {dialog.isShown && <FeedDialog key={dialog.turn} feed={dialog.subject} onClose={dialog.close} />}
    </PageFrame>
  );
}
