/** Sends a test by a channel and shows, while it runs, what both sides say; then the other side's real answer. */
"use client";
import { Button, Group, Loader, Stack, Text } from "@mantine/core";
import type { NotificationChannel } from "@sipprot/shared/notification";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import Send from "lucide-react/icons/send";
import { useEffect, useState } from "react";
import { useTranslations } from "use-intl";
import { ChannelAnswerNote } from "../../components/channel-answer.tsx";
import { FormError } from "../../components/form-error.tsx";
import { WireText } from "../../components/wire-text.tsx";
import { useBranding } from "../../theme/branding-context.ts";
import { useTRPC } from "../../trpc/trpc.ts";
import styles from "./notifications.module.css";

const LISTEN_EVERY_MS = 300;

export interface TestPanelProps {
  readonly channel: NotificationChannel;
  /** True when the channel is set up, with what is typed now. */
  readonly isSetUp: boolean;
  readonly isUnsaved: boolean;
  /** Saves what is typed; false when that did not work, and the form says why. */
  readonly save: () => Promise<boolean>;
}

export function TestPanel({ channel, isSetUp, isUnsaved, save }: TestPanelProps) {
  const t = useTranslations("notifications");
  const { productName } = useBranding();
  const trpc = useTRPC();
  const queries = useQueryClient();
  const test = useMutation(
    trpc.notifications.sendTest.mutationOptions({
      onSettled: () => {
        void queries.invalidateQueries(trpc.notifications.history.queryFilter());
        void queries.invalidateQueries(trpc.notifications.health.queryFilter());
        void queries.invalidateQueries(trpc.notifications.testDialogue.queryFilter());
      },
    }),
  );
  const [isBegun, setBegun] = useState(false);
  const dialogue = useQuery(
    trpc.notifications.testDialogue.queryOptions(
      { channel },
      { enabled: isBegun, refetchInterval: test.isPending ? LISTEN_EVERY_MS : false, staleTime: 0 },
    ),
  );
  const seconds = useSecondsOf(test.isPending);
  const run = async () => {
    if (isUnsaved && !(await save())) return;
    queries.removeQueries(trpc.notifications.testDialogue.queryFilter({ channel }));
    setBegun(true);
    test.mutate({ channel });
  };
  const lines = test.isIdle ? [] : (dialogue.data?.lines ?? []);
  return (
    <Stack gap="sm" data-test-of={channel}>
      <Group gap="sm">
        <Button
          variant="default"
          leftSection={<Send size={15} aria-hidden />}
          disabled={!isSetUp}
          loading={test.isPending}
          onClick={() => void run()}
        >
          {isUnsaved ? t("saveAndTest") : t("test")}
        </Button>
        {!isSetUp && <Text c="dimmed">{channel === "mail" ? t("testNeedsMail") : t("testNeedsWebhook")}</Text>}
        {test.isPending && (
          <Group gap="xs" role="status">
            <Loader size={14} aria-hidden />
            <Text>{t("testing", { seconds })}</Text>
          </Group>
        )}
      </Group>
      <FormError error={test.error} />
      {lines.length > 0 && (
        <ol className={styles.dialogue} aria-label={t("dialogue")}>
          {lines.map(({ speaker, text, atMs }, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: lines are only added.
            <li key={`${atMs} ${index}`} data-speaker={speaker}>
              <span className={styles.speaker}>{speaker === "server" ? t("server") : productName}</span>
              <WireText text={text} foldAfter={300} />
            </li>
          ))}
        </ol>
      )}
      {test.data !== undefined && (
        <ChannelAnswerNote
          answer={test.data}
          takenTitle={channel === "mail" ? t("mailTaken") : t("webhookTaken")}
          refusedTitle={t("testRefused")}
        />
      )}
    </Stack>
  );
}

/** Whole seconds that something has been going on. */
function useSecondsOf(isGoingOn: boolean): number {
  const [seconds, setSeconds] = useState(0);
  useEffect(() => {
    if (!isGoingOn) return;
    setSeconds(0);
    const timer = setInterval(() => setSeconds((before) => before + 1), 1000);
    return () => clearInterval(timer);
  }, [isGoingOn]);
  return seconds;
}
