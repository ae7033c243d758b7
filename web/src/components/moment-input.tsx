/** Takes a moment, typed or picked, by a wall clock: `2026-11-22 14:30:00`, shown as the reader writes dates. */
"use client";
import "@mantine/dates/styles.layer.css";
import { DatesProvider, DateTimePicker } from "@mantine/dates";
import dayjs from "dayjs";
import localizedFormat from "dayjs/plugin/localizedFormat";
import type { ReactNode } from "react";
import { useLocale } from "use-intl";
import "dayjs/locale/fr";

// The picker writes dates by dayjs, which knows the customs of a language only so.
dayjs.extend(localizedFormat);

export interface MomentInputProps {
  readonly label: string;
  readonly description?: string;
  readonly error?: ReactNode;
  readonly value: string | null;
  readonly onChange: (value: string | null) => void;
  readonly "data-autofocus"?: boolean;
}

export function MomentInput(props: MomentInputProps) {
  const locale = useLocale();
  return (
    <DatesProvider settings={{ locale }}>
      <DateTimePicker {...props} required withSeconds={false} valueFormat="LL LT" dropdownType="popover" />
    </DatesProvider>
  );
}
