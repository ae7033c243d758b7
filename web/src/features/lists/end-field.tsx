/** Chooses until when an entry counts: for good, for a time, or until a moment. */
"use client";
import { NativeSelect, Stack } from "@mantine/core";
import dynamic from "next/dynamic";
import { useTranslations } from "use-intl";
import { serverNowMs } from "../../trpc/server-clock.ts";
import { type EntryEnd, endPresets, isPossible } from "./entry-end.ts";

const MomentField = dynamic(() => import("./moment-field.tsx").then((module) => module.MomentField), { ssr: false });

/** Values of the select that are no number of seconds. */
const NEVER = "never";
const AT = "at";

export interface EndFieldProps {
  readonly end: EntryEnd;
  readonly onEnd: (end: EntryEnd) => void;
  /** True once the form was sent: what is missing is said. */
  readonly isTried: boolean;
}

export function EndField({ end, onEnd, isTried }: EndFieldProps) {
  const t = useTranslations("lists");
  const labels = { 3600: t("forHour"), 86400: t("forDay"), 604800: t("forWeek"), 2592000: t("forMonth") } as const;
  const choose = (value: string) => {
    if (value === NEVER) onEnd({ kind: "never" });
    else if (value === AT) onEnd({ kind: "at", atMs: undefined });
    else onEnd({ kind: "for", seconds: Number(value) });
  };
  return (
    <Stack gap="xs">
      <NativeSelect
        label={t("counts")}
        value={end.kind === "for" ? String(end.seconds) : end.kind}
        data={[
          { value: NEVER, label: t("untilRemoved") },
          ...endPresets.map((seconds) => ({ value: String(seconds), label: labels[seconds] })),
          { value: AT, label: t("untilMoment") },
        ]}
        onChange={(event) => choose(event.currentTarget.value)}
      />
      {end.kind === "at" && (
        <MomentField
          atMs={end.atMs}
          onMoment={(atMs) => onEnd({ kind: "at", atMs })}
          error={isTried && !isPossible(end, serverNowMs()) ? t("momentOver") : undefined}
        />
      )}
    </Stack>
  );
}
