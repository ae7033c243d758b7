/** Shows a secret this once: to copy, and only closed by who says that they have kept it. */
"use client";
import { Alert, Button, Code, Group, Modal, Stack } from "@mantine/core";
import KeyRound from "lucide-react/icons/key-round";
import type { ReactNode } from "react";
import { CopyButton } from "./copy-button.tsx";

export interface SecretDialogProps {
  readonly title: string;
  /** Says that it is shown only now, and what it is for. */
  readonly text: string;
  readonly secret: string;
  readonly copyLabel: string;
  readonly keptLabel: string;
  readonly onKept: () => void;
  /** How it is used. */
  readonly children?: ReactNode;
}

export function SecretDialog({ title, text, secret, copyLabel, keptLabel, onKept, children }: SecretDialogProps) {
  return (
    <Modal
      opened
      onClose={() => undefined}
      title={title}
      withCloseButton={false}
      closeOnClickOutside={false}
      closeOnEscape={false}
    >
      <Stack gap="md">
        <Alert icon={<KeyRound aria-hidden />} title={text} />
        <Group gap="sm">
          <Code data-secret style={{ fontSize: "1em", overflowWrap: "anywhere" }} translate="no">
            {secret}
          </Code>
          <CopyButton text={secret} label={copyLabel} />
        </Group>
        {children}
        <Group justify="flex-end">
          <Button data-autofocus onClick={onKept}>
            {keptLabel}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
