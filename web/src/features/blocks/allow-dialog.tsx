/** Lifts a block and lets its source through for some hours; loaded when it is first wanted. */
"use client";
import { Button, Group, Modal, NativeSelect, Stack, Text, TextInput } from "@mantine/core";
import type { BlockRow } from "@sipprot/shared/block-page";
import { MAX_NOTE_CHARACTERS } from "@sipprot/shared/lists";
import { useState } from "react";
import { useTranslations } from "use-intl";
import type { Allowance } from "./use-lift.ts";

/** Hours that are offered: up to a week; for longer there is the allowlist. */
const hourChoices = [1, 2, 4, 8, 24, 48, 168] as const;

export interface AllowDialogProps {
  readonly row: BlockRow;
  readonly isShown: boolean;
  readonly onClose: () => void;
  readonly onAllow: (allowance: Allowance) => void;
}

export function AllowDialog({ row, isShown, onClose, onAllow }: AllowDialogProps) {
  const t = useTranslations("blocks");
  const kit = useTranslations("kit");
  const [hours, setHours] = useState("24");
  const [note, setNote] = useState("");
  return (
    <Modal
      opened={isShown}
      onClose={onClose}
      title={t("allowTitle", { address: row.source })}
      closeButtonProps={{ "aria-label": kit("close") }}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          onClose();
          onAllow({ block: row.key, hours: Number(hours), note: note.trim() });
        }}
      >
        <Stack gap="md">
          <Text>{t("allowText")}</Text>
          <NativeSelect
            data-autofocus
            label={t("allowFor")}
            value={hours}
            data={hourChoices.map((count) => ({ value: String(count), label: t("hours", { count }) }))}
            onChange={(event) => setHours(event.currentTarget.value)}
          />
          <TextInput
            label={t("note")}
            value={note}
            maxLength={MAX_NOTE_CHARACTERS}
            onChange={(event) => setNote(event.currentTarget.value)}
          />
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose}>
              {kit("cancel")}
            </Button>
            <Button type="submit">{t("allowConfirm")}</Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
