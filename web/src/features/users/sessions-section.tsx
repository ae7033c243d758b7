/** Who is signed in at this moment, all accounts together. */
"use client";
import type { SessionInfo } from "@sipprot/shared/account";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
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

export function SessionsSection() {
  const t = useTranslations("users");
  const trpc = useTRPC();
  const queries = useQueryClient();
  const confirm = useConfirm();
  const announce = useAnnounce();
  const place = useRef<HTMLDivElement>(null);
  const sessions = useQuery(trpc.auth.allSessions.queryOptions(undefined, { refetchInterval: LOOK_EVERY_MS }));
  const end = useMutation(
    trpc.auth.revokeAnySession.mutationOptions({
      onSettled: () => queries.invalidateQueries(trpc.auth.allSessions.queryFilter()),
      onSuccess: () => {
        announce(t("sessionEnded"));
        place.current?.focus();
      },
    }),
  );
  const ask = async ({ id, user, address }: SessionInfo) => {
    const isYes = await confirm({
      title: t("endTitle", { name: user }),
      text: t("endText", { address }),
      confirmLabel: t("endSession"),
      isDangerous: true,
    });
    if (isYes) end.mutate({ id });
  };
  return (
    <SectionCard title={t("sessions")} note={t("sessionsNote")}>
      <FormError error={end.error} />
      <div ref={place} tabIndex={-1}>
        <DataState query={sessions}>
          {(known) => (
            <SessionList label={t("sessions")} sessions={known} withUser onEnd={(session) => void ask(session)} />
          )}
        </DataState>
      </div>
    </SectionCard>
  );
}
