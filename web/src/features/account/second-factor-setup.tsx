/** Sets up a second factor: password, QR code, the first code as proof, then the recovery codes. */
"use client";
import { Button, Group, PasswordInput, Stack, Text, TextInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { CopyButton } from "../../components/copy-button.tsx";
import { FormError } from "../../components/form-error.tsx";
import { useTRPC } from "../../trpc/trpc.ts";
import { QrCode } from "./qr-code.tsx";
import { RecoveryCodes } from "./recovery-codes.tsx";

export interface SecondFactorSetupProps {
  readonly accountName: string;
  /** When it was typed a moment ago it is not asked for again. */
  readonly typedPassword?: string | undefined;
  /** Called when the reader has kept the recovery codes. */
  readonly onDone: () => void;
  readonly onCancel: () => void;
}

export function SecondFactorSetup({ accountName, typedPassword, onDone, onCancel }: SecondFactorSetupProps) {
  const t = useTranslations("account");
  const kit = useTranslations("kit");
  const trpc = useTRPC();
  const client = useQueryClient();
  const [password, setPassword] = useState(typedPassword ?? "");
  const [code, setCode] = useState("");
  const offer = useMutation(trpc.auth.offerSecondFactor.mutationOptions());
  const confirm = useMutation(
    trpc.auth.confirmSecondFactor.mutationOptions({
      onSuccess: () => client.invalidateQueries({ queryKey: trpc.auth.me.queryKey() }),
    }),
  );
  if (confirm.data !== undefined) {
    return (
      <Stack gap="md">
        <RecoveryCodes codes={confirm.data.recoveryCodes} accountName={accountName} />
        <Group justify="flex-end">
          <Button onClick={onDone}>{t("codesKept")}</Button>
        </Group>
      </Stack>
    );
  }
  if (offer.data === undefined) {
    return (
      <form
        onSubmit={(event) => {
          event.preventDefault();
          offer.mutate({ password });
        }}
      >
        <Stack gap="md">
          <FormError error={offer.error} />
          <Text>{t("factorWhat")}</Text>
          {(typedPassword === undefined || offer.isError) && (
            <PasswordInput
              label={t("presentPassword")}
              autoComplete="current-password"
              required
              visibilityToggleButtonProps={{ "aria-label": t("showPassword") }}
              value={password}
              onChange={(event) => setPassword(event.currentTarget.value)}
            />
          )}
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onCancel}>
              {kit("cancel")}
            </Button>
            <Button type="submit" loading={offer.isPending}>
              {t("factorBegin")}
            </Button>
          </Group>
        </Stack>
      </form>
    );
  }
  const { secret, uri } = offer.data;
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        confirm.mutate({ code: code.replaceAll(" ", "") });
      }}
    >
      <Stack gap="md">
        <FormError error={confirm.error} />
        <Text>{t("factorScan")}</Text>
        <QrCode text={uri} label={t("factorQr")} />
        <Group gap="xs">
          <Text c="dimmed">{t("factorByHand")}</Text>
          <code>{secret.match(/.{1,4}/g)?.join(" ")}</code>
          <CopyButton text={secret} label={t("copySecret")} />
        </Group>
        <TextInput
          label={t("firstCode")}
          autoComplete="one-time-code"
          inputMode="numeric"
          maxLength={10}
          required
          autoFocus
          value={code}
          onChange={(event) => setCode(event.currentTarget.value)}
        />
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onCancel}>
            {kit("cancel")}
          </Button>
          <Button type="submit" loading={confirm.isPending}>
            {t("factorConfirm")}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
