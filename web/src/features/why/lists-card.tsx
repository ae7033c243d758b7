/** The lists the address is on: the entries that hold it, smallest first, and taking them off. */
"use client";
import { Button } from "@mantine/core";
import type { Explanation } from "@sipprot/shared/block-page";
import type { ListEntry, ListName } from "@sipprot/shared/lists";
import { useTranslations } from "use-intl";
import { useConfirm } from "../../components/confirm.tsx";
import { DateTime } from "../../components/date-time.tsx";
import { GateBadge } from "../../components/gate-badge.tsx";
import { SectionCard } from "../../components/section-card.tsx";
import { useMay } from "../../trpc/use-me.ts";
import classes from "./lists-card.module.css";
import { useListActions } from "./use-list-actions.ts";

export function ListsCard({ known }: { readonly known: Explanation }) {
  const t = useTranslations("why");
  const entries = [
    ...known.allow.map((entry) => ({ list: "allow" as const, entry })),
    ...known.deny.map((entry) => ({ list: "deny" as const, entry })),
  ];
  return (
    <SectionCard title={t("lists")}>
      {entries.length === 0 ? (
        <p className={classes.none} data-tell>
          {t("onNoList")}
        </p>
      ) : (
        <ul className={classes.entries}>
          {entries.map(({ list, entry }) => (
            <Entry key={`${list} ${entry.network}`} list={list} entry={entry} address={known.address} />
          ))}
        </ul>
      )}
    </SectionCard>
  );
}

interface EntryProps {
  readonly list: ListName;
  readonly entry: ListEntry;
  readonly address: string;
}

function Entry({ list, entry, address }: EntryProps) {
  const t = useTranslations("why");
  const { network, note, addedBy, addedAtSeconds, expiresAtSeconds } = entry;
  const at = () => <DateTime atMs={addedAtSeconds * 1000} />;
  const until = expiresAtSeconds;
  return (
    <li className={classes.entry} data-list={list} data-network={network}>
      <GateBadge gate={list === "allow" ? "allowed" : "denied"} />
      <span className={classes.words} data-tell>
        <bdi translate="no" className={classes.network}>
          {network}
        </bdi>
        {note !== "" && <bdi className={classes.note}>{note}</bdi>}
        <span className={classes.quiet}>{t.rich("addedBy", { by: addedBy, at })}</span>
        {until !== undefined && (
          <span className={classes.quiet}>
            {t.rich("untilThen", { until: () => <DateTime atMs={until * 1000} /> })}
          </span>
        )}
        {network !== address && <span className={classes.quiet}>{t("holds", { address })}</span>}
      </span>
      <TakeOff list={list} entry={entry} />
    </li>
  );
}

function TakeOff({ list, entry }: { readonly list: ListName; readonly entry: ListEntry }) {
  const t = useTranslations("why");
  const may = useMay("operator");
  const confirm = useConfirm();
  const actions = useListActions(() => undefined);
  if (!may) return null;
  const ask = async () => {
    const isYes = await confirm({
      title: t("takeOffTitle", { network: entry.network }),
      text: list === "allow" ? t("takeOffAllow") : t("takeOffDeny"),
      confirmLabel: t("takeOff"),
    });
    if (isYes) actions.remove(list, entry);
  };
  return (
    <Button
      variant="default"
      size="compact-sm"
      data-print="no"
      loading={actions.isBusy}
      aria-label={t("takeOffOf", { network: entry.network })}
      onClick={() => void ask()}
    >
      {t("takeOff")}
    </Button>
  );
}
