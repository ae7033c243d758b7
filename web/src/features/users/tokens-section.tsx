/** The tokens of other programs: made, shown once, looked after, revoked. */
"use client";
import { Button, Code, Text } from "@mantine/core";
import type { TokenInfo } from "@sipprot/shared/account";
import { MAX_TOKENS } from "@sipprot/shared/redis-keys";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import KeyRound from "lucide-react/icons/key-round";
import { useMemo, useRef } from "react";
import { useTranslations } from "use-intl";
import { useConfirm } from "../../components/confirm.tsx";
import type { DataColumn } from "../../components/data-column.ts";
import { DataState } from "../../components/data-state.tsx";
import { FormError } from "../../components/form-error.tsx";
import { useAnnounce } from "../../components/live-region.tsx";
import { PlainTable } from "../../components/plain-table.tsx";
import { SecretDialog } from "../../components/secret-dialog.tsx";
import { SectionCard } from "../../components/section-card.tsx";
import { TimeAgo } from "../../components/time-ago.tsx";
import { useDialog } from "../../components/use-dialog.ts";
import { useRoleNames } from "../../components/use-role-name.ts";
import { useTRPC } from "../../trpc/trpc.ts";
import { TokenDialog } from "./token-dialog.tsx";
import { TokenEnd } from "./token-end.tsx";

const LOOK_EVERY_MS = 30_000;

export function TokensSection() {
  const t = useTranslations("users");
  const roles = useRoleNames();
  const trpc = useTRPC();
  const queries = useQueryClient();
  const confirm = useConfirm();
  const announce = useAnnounce();
  const addButton = useRef<HTMLButtonElement>(null);
  const making = useDialog<undefined>();
  const made = useDialog<{ readonly name: string; readonly secret: string }>();
  const tokens = useQuery(trpc.tokens.list.queryOptions(undefined, { refetchInterval: LOOK_EVERY_MS }));
  const revoke = useMutation(
    trpc.tokens.revoke.mutationOptions({
      onSettled: () => queries.invalidateQueries(trpc.tokens.list.queryFilter()),
      onSuccess: () => {
        announce(t("tokenRevoked"));
        addButton.current?.focus();
      },
    }),
  );
  const ask = async ({ id, name }: TokenInfo) => {
    const isYes = await confirm({
      title: t("revokeTitle", { name }),
      text: t("revokeText"),
      confirmLabel: t("revoke"),
      isDangerous: true,
    });
    if (isYes) revoke.mutate({ id });
  };
  const columns = useMemo<ReadonlyArray<DataColumn<TokenInfo>>>(
    () => [
      { id: "name", header: t("tokenName"), isTitle: true, cell: ({ name }) => <span translate="no">{name}</span> },
      { id: "may", header: t("tokenMay"), cell: ({ role }) => roles[role] },
      { id: "end", header: t("tokenEnds"), cell: (token) => <TokenEnd token={token} /> },
      {
        id: "used",
        header: t("tokenUsed"),
        cell: ({ lastUsedAtMs }) => (lastUsedAtMs === undefined ? t("neverUsed") : <TimeAgo atMs={lastUsedAtMs} />),
      },
      {
        id: "made",
        header: t("tokenMade"),
        cell: ({ createdBy, createdAtMs }) => (
          <>
            <span translate="no">{createdBy.replace(/^user:/, "")}</span>, <TimeAgo atMs={createdAtMs} />
          </>
        ),
      },
    ],
    [t, roles],
  );
  const count = tokens.data?.length ?? 0;
  return (
    <SectionCard
      title={t("tokens")}
      note={t("tokensNote", { count, most: MAX_TOKENS })}
      actions={
        <Button
          ref={addButton}
          leftSection={<KeyRound size={16} aria-hidden />}
          disabled={count >= MAX_TOKENS}
          onClick={() => making.open(undefined)}
        >
          {t("makeToken")}
        </Button>
      }
    >
      <FormError error={revoke.error} />
      <DataState
        query={tokens}
        isEmpty={(known) => known.length === 0}
        empty={{ title: t("tokensNone"), text: t("tokensNoneText") }}
      >
        {(known) => (
          <PlainTable
            label={t("tokens")}
            columns={columns}
            rows={known}
            rowKey={({ id }) => id}
            rowActions={(token) => (
              <Button
                variant="default"
                size="compact-sm"
                aria-label={t("revokeOf", { name: token.name })}
                loading={revoke.isPending && revoke.variables.id === token.id}
                onClick={() => void ask(token)}
              >
                {t("revoke")}
              </Button>
            )}
          />
        )}
      </DataState>
      {making.isShown && (
        <TokenDialog
          onClose={making.close}
          onCreated={(name, secret) => {
            made.open({ name, secret });
            making.close();
          }}
        />
      )}
      {made.isShown && made.subject !== undefined && (
        <SecretDialog
          title={t("secretTitle", { name: made.subject.name })}
          text={t("secretText")}
          secret={made.subject.secret}
          copyLabel={t("copyToken")}
          keptLabel={t("kept")}
          onKept={() => {
            made.close();
            requestAnimationFrame(() => addButton.current?.focus());
          }}
        >
          <Text>{t("tokenUse")}</Text>
          <Code
            block
          >{`curl -k -H "Authorization: Bearer ${made.subject.secret.slice(0, 6)}…" \\\n  ${window.location.origin}/api/trpc/hosts.list`}</Code>
        </SecretDialog>
      )}
    </SectionCard>
  );
}
