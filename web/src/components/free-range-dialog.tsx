/** A range from a moment to another, typed or picked; loaded when it is asked for. */
"use client";
import "@mantine/dates/styles.layer.css";
import { Button, Group, Modal, Stack } from "@mantine/core";
import { DatesProvider, DateTimePicker } from "@mantine/dates";
import { useState } from "react";
import { useLocale, useTimeZone, useTranslations } from "use-intl";
import { serverNowMs } from "../trpc/server-clock.ts";
import { MAX_RANGE_MS } from "./time-range.ts";
import type { Range } from "./use-range.ts";
import { fromWallTime, toWallTime } from "./wall-time.ts";
import "dayjs/locale/fr";

export function FreeRangeDialog({ range, onClose }: { readonly range: Range; readonly onClose: () => void }) {
  const t = useTranslations("kit");
  const locale = useLocale();
  const timeZone = useTimeZone() ?? "UTC";
  const [start] = useState(() => range.bounds(serverNowMs()));
  const [from, setFrom] = useState<string | null>(toWallTime(start.fromMs, timeZone));
  const [to, setTo] = useState<string | null>(toWallTime(start.toMs, timeZone));
  const fromMs = from === null ? undefined : fromWallTime(from, timeZone);
  const toMs = to === null ? undefined : fromWallTime(to, timeZone);
  const isComplete = fromMs !== undefined && toMs !== undefined;
  const isOrdered = isComplete && fromMs < toMs;
  const isTooLong = isOrdered && toMs - fromMs > MAX_RANGE_MS;
  const error = isComplete && !isOrdered ? t("rangeOrder") : isTooLong ? t("rangeTooLong") : undefined;
  const shared = { valueFormat: "LL LT", withSeconds: false, required: true, dropdownType: "popover" } as const;
  return (
    <Modal opened onClose={onClose} title={t("rangeFree")} closeButtonProps={{ "aria-label": t("close") }}>
      <DatesProvider settings={{ locale }}>
        <form
          onSubmit={(event) => {
            event.preventDefault();
            if (!isOrdered || isTooLong) return;
            range.setRange({ kind: "free", fromMs, toMs });
            onClose();
          }}
        >
          <Stack>
            <DateTimePicker {...shared} label={t("rangeFrom")} value={from} onChange={setFrom} data-autofocus />
            <DateTimePicker
              {...shared}
              label={t("rangeTo")}
              value={to}
              onChange={setTo}
              error={error}
              description={timeZone}
            />
            <Group justify="flex-end" gap="xs">
              <Button variant="default" onClick={onClose}>
                {t("cancel")}
              </Button>
              <Button type="submit" disabled={!isOrdered || isTooLong}>
                {t("apply")}
              </Button>
            </Group>
          </Stack>
        </form>
      </DatesProvider>
    </Modal>
  );
}
