/** Whether the source of a block has shown that it receives what is sent to it; only then it may be held for long. */
"use client";
import ShieldAlert from "lucide-react/icons/shield-alert";
import ShieldCheck from "lucide-react/icons/shield-check";
import { useTranslations } from "use-intl";
import styles from "./blocks.module.css";

export function ProofMark({ isProven }: { readonly isProven: boolean }) {
  const t = useTranslations("blocks");
  const Icon = isProven ? ShieldCheck : ShieldAlert;
  return (
    <span className={styles.proof} title={isProven ? t("provenText") : t("unprovenText")}>
      <Icon size={15} aria-hidden />
      {isProven ? t("proven") : t("unproven")}
    </span>
  );
}
