/** A range from a moment to another, typed or picked; loaded when it is asked for. */
"use client";
import { Button, Group, Modal, Stack } from "@mantine/core";
import { useState } from "react";
import { useTimeZone, useTranslations } from "use-intl";
import { serverNowMs } from "../trpc/server-clock.ts";
import { MomentInput } from "./moment-input.tsx";
import { MAX_RANGE_MS } from "./time-range.ts";
import type { Range } from "./use-range.ts";
import { fromWallTime, toWallTime } from "./wall-time.ts";

export function FreeRangeDialog({ range, onClose }: { readonly range: Range; readonly onClose: () => void }) {
  const t = useTranslations("kit");
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
  return (
    <Modal opened onClose={onClose} title={t("rangeFree")} closeButtonProps={{ "aria-label": t("close") }}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (!isOrdered || isTooLong) return;
          range.setRange({ kind: "free", fromMs, toMs });
          onClose();
        }}
      >
        <Stack>
          <MomentInput label={t("rangeFrom")} value={from} onChange={setFrom} data-autofocus />
          <MomentInput label={t("rangeTo")} value={to} onChange={setTo} error={error} description={timeZone} />
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
    </Modal>
  );
}
