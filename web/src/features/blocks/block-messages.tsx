/** The messages that led to a block as they came, credentials masked, line by line. */
"use client";
import type { Evidence } from "@sipprot/shared/block";
import { useTranslations } from "use-intl";
import { DateTime } from "../../components/date-time.tsx";
import { WireText } from "../../components/wire-text.tsx";
import styles from "./blocks.module.css";
import { messageLines } from "./message-lines.ts";

/** Longer lines are folded: no header of a telephone is. */
const FOLD_AFTER = 300;

export function BlockMessages({ evidence }: { readonly evidence: readonly Evidence[] }) {
  const t = useTranslations("blocks");
  return (
    <ol className={styles.messages}>
      {evidence.map(({ atMs, from, transport, text }, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: they never change their order, and may be alike.
        <li key={index} className={styles.message}>
          <header>
            <span>{t("messageNumber", { number: index + 1 })}</span>
            <DateTime atMs={atMs} />
            <span>
              {from} {transport.toUpperCase()}
            </span>
          </header>
          {/* Long messages are scrolled: by keyboard too. */}
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls. */}
          <section className={styles.lines} tabIndex={0} aria-label={t("messageNumber", { number: index + 1 })}>
            {messageLines(text).map((line) => (
              <div key={line.number}>
                {line.text === "" ? "\u00a0" : <WireText text={line.text} foldAfter={FOLD_AFTER} />}
              </div>
            ))}
          </section>
        </li>
      ))}
    </ol>
  );
}
