/** Asks who worked on to sign in again; the page behind stays as it is, with all that was typed. */
"use client";
import { Modal, Stack, Text } from "@mantine/core";
import type { User } from "@sipprot/shared/account";
import { useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "use-intl";
import { useTRPC } from "../../trpc/trpc.ts";
import { SignInForm } from "./sign-in-form.tsx";

export interface SignInDialogProps {
  readonly onSignedIn: () => void;
  /** Closed without signing in: what waited fails. */
  readonly onGivenUp: () => void;
}

export function SignInDialog({ onSignedIn, onGivenUp }: SignInDialogProps) {
  const t = useTranslations("sign-in");
  const kit = useTranslations("kit");
  const trpc = useTRPC();
  const client = useQueryClient();
  const before = client.getQueryData(trpc.auth.me.queryKey());
  const goOn = (user: User) => {
    // Another account, or one that must change its password first, does not go on with what this one began.
    if ((before !== undefined && before.name !== user.name) || user.mustChangePassword) window.location.reload();
    else onSignedIn();
  };
  return (
    <Modal
      opened
      onClose={onGivenUp}
      title={t("endedTitle")}
      closeOnClickOutside={false}
      closeButtonProps={{ "aria-label": kit("close") }}
      zIndex={600}
    >
      <Stack gap="md">
        <Text>{t("endedText")}</Text>
        <SignInForm name={before?.name} onSignedIn={goOn} />
      </Stack>
    </Modal>
  );
}
