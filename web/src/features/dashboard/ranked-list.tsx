/** Names with their counts and shares, the busiest first; choosing one narrows the whole page to it. */
"use client";
import { Button, UnstyledButton } from "@mantine/core";
import { type ReactNode, useState } from "react";
import { useFormatter, useTranslations } from "use-intl";
import styles from "./ranked-list.module.css";

export interface RankedRow {
  readonly key: string;
  readonly label: ReactNode;
  readonly count: number;
  /** Beside the name, quieter. */
  readonly extra?: ReactNode;
  /** Colour of the bar; the accent's without. */
  readonly color?: string;
}

/** Rows shown before somebody asks for all. */
const SHOWN = 8;

export function RankedList({
  label,
  rows,
  total,
  chosen,
  onChoose,
}: {
  readonly label: string;
  readonly rows: readonly RankedRow[];
  /** What the shares are of. */
  readonly total: number;
  readonly chosen?: string | undefined;
  /** Called with the chosen row's key, or with undefined to take the choice back; without, nothing can be chosen. */
  readonly onChoose?: (key: string | undefined) => void;
}) {
  const t = useTranslations("dashboard");
  const [isWhole, setWhole] = useState(false);
  // The chosen one stays in sight wherever it ranks.
  const shown = rows.filter((row, index) => isWhole || index < SHOWN || row.key === chosen);
  const most = rows[0]?.count ?? 0;
  return (
    <div>
      <ol className={styles.list} aria-label={label}>
        {shown.map((row) => (
          <li key={row.key}>
            {onChoose === undefined ? (
              <div className={styles.row}>
                <Row row={row} most={most} total={total} />
              </div>
            ) : (
              <UnstyledButton
                className={styles.row}
                aria-pressed={row.key === chosen}
                onClick={() => onChoose(row.key === chosen ? undefined : row.key)}
              >
                <Row row={row} most={most} total={total} />
              </UnstyledButton>
            )}
          </li>
        ))}
      </ol>
      {rows.length > SHOWN && (
        <Button variant="subtle" size="compact-sm" mt="xs" data-print="no" onClick={() => setWhole(!isWhole)}>
          {isWhole ? t("showFewer") : t("showAll", { count: rows.length })}
        </Button>
      )}
    </div>
  );
}

function Row({ row, most, total }: { readonly row: RankedRow; readonly most: number; readonly total: number }) {
  const format = useFormatter();
  const share = total === 0 ? 0 : row.count / total;
  return (
    <>
      <span
        className={styles.bar}
        aria-hidden
        style={{ width: `${most === 0 ? 0 : (row.count / most) * 100}%`, background: row.color }}
      />
      <span className={styles.label}>{row.label}</span>
      {row.extra !== undefined && <span className={styles.extra}>{row.extra}</span>}
      <span className={styles.count}>{format.number(row.count)}</span>
      <span className={styles.share}>
        {format.number(share, { style: "percent", maximumFractionDigits: share < 0.1 ? 1 : 0 })}
      </span>
    </>
  );
}
