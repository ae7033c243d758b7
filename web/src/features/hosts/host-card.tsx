/** One host: how it is as a whole, what it is, and each of its parts. */
"use client";
import { Button, Title } from "@mantine/core";
import type { HostStatus } from "@sipprot/shared/host";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useId } from "react";
import { useTranslations } from "use-intl";
import { useConfirm } from "../../components/confirm.tsx";
import { FormError } from "../../components/form-error.tsx";
import { useTRPC } from "../../trpc/trpc.ts";
import { useMay } from "../../trpc/use-me.ts";
import styles from "./host-card.module.css";
import { HostFacts } from "./host-facts.tsx";
import { stateOf } from "./host-problems.ts";
import { PartList } from "./part-list.tsx";
import { StateBadge } from "./state-badge.tsx";

export function HostCard({ host }: { readonly host: HostStatus }) {
  const t = useTranslations("hosts");
  const titleId = useId();
  return (
    <section className={styles.card} aria-labelledby={titleId} data-host={host.name}>
      <header className={styles.head}>
        <Title order={2} id={titleId} translate="no">
          {host.name}
        </Title>
        <StateBadge state={stateOf(host)} />
        {host.isHere && <span className={styles.here}>{t("here")}</span>}
        {host.isSilent && <RemoveHost name={host.name} />}
      </header>
      <HostFacts host={host} />
      <PartList health={host.health} />
    </section>
  );
}

/** A host that was dismantled stays in the list until somebody takes it out, or for a month. */
function RemoveHost({ name }: { readonly name: string }) {
  const t = useTranslations("hosts");
  const trpc = useTRPC();
  const queries = useQueryClient();
  const confirm = useConfirm();
  const may = useMay("administrator");
  const remove = useMutation(
    trpc.hosts.remove.mutationOptions({ onSuccess: () => queries.invalidateQueries(trpc.hosts.list.queryFilter()) }),
  );
  const ask = async () => {
    const isYes = await confirm({
      title: t("removeTitle", { host: name }),
      text: t("removeText"),
      confirmLabel: t("removeConfirm"),
      isDangerous: true,
    });
    if (isYes) remove.mutate({ name });
  };
  if (!may) return null;
  return (
    <div className={styles.remove}>
      <Button variant="default" size="compact-sm" loading={remove.isPending} onClick={ask}>
        {t("remove")}
      </Button>
      <FormError error={remove.error} />
    </div>
  );
}
