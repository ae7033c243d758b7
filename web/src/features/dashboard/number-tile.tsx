/** One number: what it counts, how much, against before, and a line that says what that means. */
import { VisuallyHidden } from "@mantine/core";
import Link from "next/link";
import type { ReactNode } from "react";
import { useFormatter, useTranslations } from "use-intl";
import styles from "./number-tiles.module.css";

function Unknown({ label }: { readonly label: string }) {
  return (
    <>
      <span aria-hidden>–</span>
      <VisuallyHidden>{label}</VisuallyHidden>
    </>
  );
}

export function NumberTile({
  name,
  label,
  value,
  change,
  help,
  href,
}: {
  /** Stands in the mark-up, so that a test finds it in any language. */
  readonly name: string;
  readonly label: string;
  /** Undefined where it is not known. */
  readonly value: number | undefined;
  readonly change: ReactNode;
  readonly help: string;
  /** Where all of it can be seen. */
  readonly href?: string;
}) {
  const t = useTranslations("dashboard");
  const format = useFormatter();
  return (
    <dl className={styles.tile} data-tile={name}>
      <dt className={styles.label}>
        {href === undefined ? (
          label
        ) : (
          <Link href={href} prefetch={false}>
            {label}
          </Link>
        )}
      </dt>
      <dd className={styles.value} data-value={value}>
        {value === undefined ? <Unknown label={t("notKnown")} /> : format.number(value)}
      </dd>
      <dd className={styles.change}>{change}</dd>
      <dd className={styles.help}>{help}</dd>
    </dl>
  );
}
