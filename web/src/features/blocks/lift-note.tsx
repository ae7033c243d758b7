/** Says what lifting came to: on each host, in its kernel, and what refuses the source still. */
"use client";
import { Alert, Anchor, Loader, Text } from "@mantine/core";
import CircleCheck from "lucide-react/icons/circle-check";
import LockOpen from "lucide-react/icons/lock-open";
import TriangleAlert from "lucide-react/icons/triangle-alert";
import Link from "next/link";
import { useTranslations } from "use-intl";
import { AddressLink } from "../../components/address-link.tsx";
import { DateTime } from "../../components/date-time.tsx";
import styles from "./blocks.module.css";
import type { LiftOutcome } from "./use-lift.ts";

export interface LiftNoteProps {
  readonly isBusy: boolean;
  readonly outcome: LiftOutcome | undefined;
  readonly onClose: () => void;
}

export function LiftNote({ isBusy, outcome, onClose }: LiftNoteProps) {
  const t = useTranslations("blocks");
  const kit = useTranslations("kit");
  return (
    <div role="status" className={styles.status}>
      {isBusy && (
        <Alert p="xs" color="gray" icon={<Loader size={16} aria-hidden />}>
          {t("lifting")}
        </Alert>
      )}
      {outcome !== undefined && (
        <Alert
          p="sm"
          color={isAllWell(outcome) ? "green" : "orange"}
          icon={<LockOpen aria-hidden />}
          title={outcome.lifted === 0 ? t("liftedNone") : t("lifted", { count: outcome.lifted })}
          withCloseButton
          closeButtonLabel={kit("close")}
          onClose={onClose}
          data-lifted={outcome.lifted}
        >
          {outcome.allowed !== undefined && <Allowed entry={outcome.allowed} />}
          <Confirmations hosts={outcome.hosts} />
          {outcome.stillDenied.map(({ network }) => (
            <Text key={network}>
              {t.rich("stillDenied", {
                network,
                link: (words) => (
                  <Anchor component={Link} href={`/denylist?search=${encodeURIComponent(network)}`}>
                    {words}
                  </Anchor>
                ),
              })}
            </Text>
          ))}
        </Alert>
      )}
    </div>
  );
}

function isAllWell({ hosts, stillDenied }: LiftOutcome): boolean {
  const isWell = ({ hasApplied, kernel }: LiftOutcome["hosts"][number]) =>
    hasApplied && kernel !== "degraded" && kernel !== "failed";
  return stillDenied.length === 0 && hosts.length > 0 && hosts.every(isWell);
}

function Allowed({ entry }: { readonly entry: NonNullable<LiftOutcome["allowed"]> }) {
  const t = useTranslations("blocks");
  const address = () => <AddressLink address={entry.network} />;
  const { expiresAtSeconds } = entry;
  return (
    <Text>
      {expiresAtSeconds === undefined
        ? t.rich("allowedForGood", { address })
        : t.rich("allowedUntil", { address, until: () => <DateTime atMs={expiresAtSeconds * 1000} /> })}
    </Text>
  );
}

function Confirmations({ hosts }: Pick<LiftOutcome, "hosts">) {
  const t = useTranslations("blocks");
  if (hosts.length === 0) return <Text>{t("noHost")}</Text>;
  return (
    <ul className={styles.hosts}>
      {hosts.map(({ host, hasApplied, kernel }) => {
        const isWell = hasApplied && kernel !== "degraded" && kernel !== "failed";
        const Icon = isWell ? CircleCheck : TriangleAlert;
        const words = !hasApplied
          ? t("notConfirmed", { host })
          : kernel === "ok"
            ? t("confirmedKernel", { host })
            : isWell
              ? t("confirmed", { host })
              : t("kernelBehind", { host });
        return (
          <li key={host} data-confirmed={isWell}>
            <Icon size={15} aria-hidden />
            {words}
          </li>
        );
      })}
    </ul>
  );
}
