/** A dangerous change waits: what it is, how long it still waits, keep it or undo it; and how it ended. */
"use client";
import { Alert, Button, Group, Progress } from "@mantine/core";
import type { SettingName } from "@sipprot/shared/settings";
import CircleCheck from "lucide-react/icons/circle-check";
import Timer from "lucide-react/icons/timer";
import Undo2 from "lucide-react/icons/undo-2";
import { useEffect, useRef } from "react";
import { useTranslations } from "use-intl";
import { FormError } from "../../components/form-error.tsx";
import { useTick } from "../../components/ticker.ts";
import { useMay } from "../../trpc/use-me.ts";
import classes from "./pending-banner.module.css";
import { usePending } from "./use-pending.ts";
import { useSettingWords } from "./use-setting-words.ts";
import { useValueText } from "./use-value-text.ts";

export function PendingBanner() {
  const t = useTranslations("settings");
  const may = useMay("administrator");
  const words = useSettingWords();
  const wordValue = useValueText();
  const { change, ended, confirm, undo, isBusy, error } = usePending();
  const place = useRef<HTMLDivElement>(null);
  const id = change?.id;
  useEffect(() => {
    // What has to be answered within a minute is brought to the reader, not looked for.
    if (id !== undefined) place.current?.focus();
  }, [id]);
  if (change === undefined) {
    if (ended === undefined) return null;
    return (
      <Alert
        role="status"
        color={ended.how === "confirmed" ? "green" : "orange"}
        icon={ended.how === "confirmed" ? <CircleCheck aria-hidden /> : <Undo2 aria-hidden />}
        data-ended={ended.how}
      >
        {ended.how === "confirmed" && t("endedConfirmed", { by: ended.by })}
        {ended.how === "undone" && t("endedUndone", { by: ended.by })}
        {ended.how === "undone-by-time" && t("endedByTime")}
      </Alert>
    );
  }
  const names = Object.keys(change.after) as SettingName[];
  return (
    <Alert
      ref={place}
      tabIndex={-1}
      role="alertdialog"
      aria-label={t("pendingTitle")}
      color="orange"
      icon={<Timer aria-hidden />}
      title={t("pendingTitle")}
      className={classes.banner}
      data-pending
    >
      <p className={classes.text}>{t("pendingText", { by: change.by.replace(/^user:/, "") })}</p>
      <ul className={classes.changes}>
        {names.map((name) => (
          <li key={name}>
            <strong>{words[name].label}</strong>:{" "}
            {t("fromToShort", {
              from: wordValue(name, change.before[name]),
              to: wordValue(name, change.after[name]),
            })}
          </li>
        ))}
      </ul>
      <CountDown fromMs={change.atMs} untilMs={change.untilMs} />
      <FormError error={error} />
      {may && (
        <Group gap="xs">
          <Button loading={isBusy} onClick={confirm}>
            {t("keepIt")}
          </Button>
          <Button variant="default" disabled={isBusy} onClick={undo}>
            {t("undoNow")}
          </Button>
        </Group>
      )}
    </Alert>
  );
}

/** The seconds that are left; said now and then, not each. */
function CountDown({ fromMs, untilMs }: { readonly fromMs: number; readonly untilMs: number }) {
  const t = useTranslations("settings");
  const leftMs = Math.max(0, untilMs - useTick(1000));
  const seconds = Math.ceil(leftMs / 1000);
  const isSaid = seconds === 30 || seconds === 10;
  return (
    <div className={classes.count}>
      <Progress
        value={(100 * leftMs) / (untilMs - fromMs)}
        color="orange"
        aria-label={t("timeLeft")}
        className={classes.bar}
      />
      <span role="timer" className="tabular">
        {t("undoneIn", { seconds })}
      </span>
      <span role="status" className={classes.said}>
        {isSaid ? t("undoneIn", { seconds }) : ""}
      </span>
    </div>
  );
}
