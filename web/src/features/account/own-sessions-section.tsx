/** Where one is signed in: each session, this one marked; ended one by one, or all others at once. */
"use client";
import { Button } from "@mantine/core";
import type { SessionInfo } from "@sipprot/shared/account";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import LogOut from "lucide-react/icons/log-out";
import { useRef } from "react";
import { useTranslations } from "use-intl";
import { useConfirm } from "../../components/confirm.tsx";
import { DataState } from "../../components/data-state.tsx";
import { FormError } from "../../components/form-error.tsx";
import { useAnnounce } from "../../components/live-region.tsx";
import { SectionCard } from "../../components/section-card.tsx";
import { SessionList } from "../../components/session-list.tsx";
import { useTRPC } from "../../trpc/trpc.ts";

const LOOK_EVERY_MS = 30_000;

export function OwnSessionsSection() {
  const t = useTranslations("account");
  const trpc = useTRPC();
  const queries = useQueryClient();
  const confirm = useConfirm();
  const announce = useAnnounce();
  const place = useRef<HTMLDivElement>(null);
  const sessions = useQuery(trpc.auth.sessions.queryOptions(undefined, { refetchInterval: LOOK_EVERY_MS }));
  const onSettled = () => queries.invalidateQueries(trpc.auth.sessions.queryFilter());
  const tell = (text: string) => {
    announce(text);
    // The row of the session goes, and the focus with it.
    place.current?.focus();
  };
  const end = useMutation(
    trpc.auth.revokeSession.mutationOptions({ onSettled, onSuccess: () => tell(t("sessionEnded")) }),
  );
  const endOthers = useMutation(
    trpc.auth.revokeOtherSessions.mutationOptions({
      onSettled,
      onSuccess: ({ ended }) => tell(t("sessionsEnded", { count: ended })),
    }),
  );
  const others = sessions.data?.filter(({ isCurrent }) => !isCurrent).length ?? 0;
  const ask = async ({ id, address }: SessionInfo) => {
    const isYes = await confirm({
      title: t("endTitle"),
      text: t("endText", { address }),
      confirmLabel: t("endSession"),
      isDangerous: true,
    });
    if (isYes) end.mutate({ id });
  };
  const askForOthers = async () => {
    const isYes = await confirm({
      title: t("endOthersTitle", { count: others }),
      text: t("endOthersText"),
      confirmLabel: t("endOthers"),
      isDangerous: true,
    });
    if (isYes) endOthers.mutate();
  };
  return (
    <SectionCard
      title={t("sessions")}
      note={t("sessionsNote")}
      actions={
        others > 0 && (
          <Button
            variant="default"
            leftSection={<LogOut size={15} aria-hidden />}
            loading={endOthers.isPending}
            onClick={() => void askForOthers()}
          >
            {t("endOthers")}
          </Button>
        )
      }
    >
      <FormError error={end.error ?? endOthers.error} />
      <div ref={place} tabIndex={-1}>
        <DataState query={sessions}>
          {(known) => <SessionList label={t("sessions")} sessions={known} onEnd={(session) => void ask(session)} />}
        </DataState>
      </div>
    </SectionCard>
  );
}
