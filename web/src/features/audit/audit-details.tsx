/** One change in full: what was before and what is after, what was given, and all of it as JSON. */
"use client";
import { Group, Stack, Text, VisuallyHidden } from "@mantine/core";
import type { AuditRecord } from "@sipprot/shared/audit";
import { useTranslations } from "use-intl";
import { CopyButton } from "../../components/copy-button.tsx";
import { WireText } from "../../components/wire-text.tsx";
import styles from "./audit.module.css";
import { type Difference, findDifferences } from "./differences.ts";

const WHOLE = 2000;

export function AuditDetails({ record }: { readonly record: AuditRecord }) {
  const t = useTranslations("audit");
  const { before, after, input } = record;
  const differences = findDifferences(before, after);
  return (
    <Stack gap="sm">
      {differences === undefined ? (
        <>
          <Text c="dimmed">{t("cut")}</Text>
          <Whole name={t("before")} text={before} />
          <Whole name={t("after")} text={after} />
        </>
      ) : differences.length > 0 ? (
        <Changes differences={differences} />
      ) : (
        <Text c="dimmed">{t("nothingTold")}</Text>
      )}
      <Whole name={t("given")} text={input} />
      <Group>
        <CopyButton text={JSON.stringify(record, null, 2)} label={t("copyJson")} />
      </Group>
    </Stack>
  );
}

function Changes({ differences }: { readonly differences: readonly Difference[] }) {
  const t = useTranslations("audit");
  return (
    <ul className={styles.changes} aria-label={t("changes")}>
      {differences.map(({ path, before, after }) => (
        <li key={path} data-change={path}>
          {path !== "" && (
            <span className={styles.path}>
              <WireText text={path} />
            </span>
          )}
          <span className={styles.values}>
            {before !== undefined && (
              <del>
                <VisuallyHidden>{t("before")} </VisuallyHidden>
                <WireText text={before} />
              </del>
            )}
            {after !== undefined && (
              <ins>
                <VisuallyHidden>{t("after")} </VisuallyHidden>
                <WireText text={after} />
              </ins>
            )}
          </span>
        </li>
      ))}
    </ul>
  );
}

function Whole({ name, text }: { readonly name: string; readonly text: string | undefined }) {
  if (text === undefined) return null;
  return (
    <details className={styles.given}>
      <summary>{name}</summary>
      <div className={styles.json}>
        <WireText text={text} foldAfter={WHOLE} />
      </div>
    </details>
  );
}
