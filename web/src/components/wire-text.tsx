/** Text from the network as text: what cannot be seen is shown as an escape, what is long is folded. */
"use client";
import { UnstyledButton } from "@mantine/core";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { wireRuns } from "./wire-runs.ts";
import classes from "./wire-text.module.css";

/** Characters shown before the fold. */
const FOLD_AFTER = 120;

export function WireText({ text, foldAfter = FOLD_AFTER }: { readonly text: string; readonly foldAfter?: number }) {
  const t = useTranslations("kit");
  const [isWhole, setWhole] = useState(false);
  if (text === "") return <span className={classes.none}>{t("wireNone")}</span>;
  const isLong = text.length > foldAfter;
  const shown = isLong && !isWhole ? text.slice(0, foldAfter) : text;
  return (
    <span className={classes.wire}>
      <bdi>
        {wireRuns(shown).map((run) =>
          run.isEscape ? (
            <span key={run.at} className={classes.escape}>
              {run.text}
            </span>
          ) : (
            run.text
          ),
        )}
      </bdi>
      {isLong && (
        <UnstyledButton className={classes.fold} aria-expanded={isWhole} onClick={() => setWhole(!isWhole)}>
          {isWhole ? t("wireLess") : t("wireMore", { count: text.length - foldAfter })}
        </UnstyledButton>
      )}
    </span>
  );
}
