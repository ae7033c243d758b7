/** The dialog of a question; loaded when the first is asked. */
"use client";
import { Button, Group, Modal, Stack, TextInput } from "@mantine/core";
import { useEffect, useState } from "react";
import { useTranslations } from "use-intl";
import type { Question } from "./question.ts";

export interface ConfirmDialogProps {
  readonly question: Question;
  readonly isShown: boolean;
  readonly onAnswer: (isYes: boolean) => void;
}

export function ConfirmDialog({ question, isShown, onAnswer }: ConfirmDialogProps) {
  const { title, text, confirmLabel, isDangerous = false, typeToConfirm } = question;
  const t = useTranslations("kit");
  const [typed, setTyped] = useState("");
  useEffect(() => {
    if (isShown) setTyped("");
  }, [isShown]);
  const isReady = typeToConfirm === undefined || typed.trim() === typeToConfirm;
  return (
    <Modal
      opened={isShown}
      onClose={() => onAnswer(false)}
      title={title}
      closeButtonProps={{ "aria-label": t("close") }}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (isReady) onAnswer(true);
        }}
      >
        <Stack gap="md">
          <div>{text}</div>
          {typeToConfirm !== undefined && (
            <TextInput
              data-autofocus
              label={t("typeToConfirm", { word: typeToConfirm })}
              value={typed}
              autoComplete="off"
              spellCheck={false}
              onChange={(event) => setTyped(event.currentTarget.value)}
            />
          )}
          <Group justify="flex-end" gap="xs">
            <Button
              variant="default"
              {...(isDangerous && typeToConfirm === undefined ? { "data-autofocus": true } : {})}
              onClick={() => onAnswer(false)}
            >
              {t("cancel")}
            </Button>
            <Button
              type="submit"
              {...(isDangerous ? { color: "red" } : { "data-autofocus": true })}
              disabled={!isReady}
            >
              {confirmLabel}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
