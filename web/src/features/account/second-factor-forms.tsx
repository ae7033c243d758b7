/** What can be done to a second factor that is on: new recovery codes, or off. Both ask for the password and a code. */
"use client";
import { Alert, Button, Group, PasswordInput, Stack, Text, TextInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import TriangleAlert from "lucide-react/icons/triangle-alert";
import { type ReactNode, useState } from "react";
import { useTranslations } from "use-intl";
import { FormError } from "../../components/form-error.tsx";
import { useAnnounce } from "../../components/live-region.tsx";
import { useTRPC } from "../../trpc/trpc.ts";
import { RecoveryCodes } from "./recovery-codes.tsx";

export function RenewCodesForm({ accountName, onEnd }: { readonly accountName: string; readonly onEnd: () => void }) {
  const t = useTranslations("account");
  const trpc = useTRPC();
  const queries = useQueryClient();
  const renew = useMutation(
    trpc.auth.renewRecoveryCodes.mutationOptions({
      onSuccess: () => queries.invalidateQueries(trpc.auth.me.queryFilter()),
    }),
  );
  if (renew.data !== undefined) {
    return (
      <Stack gap="md">
        <RecoveryCodes codes={renew.data.recoveryCodes} accountName={accountName} />
        <Group justify="flex-end">
          <Button autoFocus onClick={onEnd}>
            {t("codesKept")}
          </Button>
        </Group>
      </Stack>
    );
  }
  return (
    <ProofForm
      intro={<Text>{t("renewText")}</Text>}
      submitLabel={t("renewCodes")}
      error={renew.error}
      isPending={renew.isPending}
      onSubmit={renew.mutate}
      onCancel={onEnd}
    />
  );
}

export function RemoveFactorForm({ onEnd }: { readonly onEnd: () => void }) {
  const t = useTranslations("account");
  const trpc = useTRPC();
  const queries = useQueryClient();
  const announce = useAnnounce();
  const remove = useMutation(
    trpc.auth.removeSecondFactor.mutationOptions({
      onSuccess: async () => {
        await queries.invalidateQueries(trpc.auth.me.queryFilter());
        announce(t("factorRemoved"));
        onEnd();
      },
    }),
  );
  return (
    <ProofForm
      intro={<Alert color="orange" icon={<TriangleAlert aria-hidden />} title={t("removeText")} />}
      submitLabel={t("removeFactor")}
      error={remove.error}
      isPending={remove.isPending}
      isDangerous
      onSubmit={remove.mutate}
      onCancel={onEnd}
    />
  );
}

interface ProofFormProps {
  readonly intro: ReactNode;
  readonly submitLabel: string;
  readonly error: unknown;
  readonly isPending: boolean;
  readonly isDangerous?: boolean;
  readonly onSubmit: (proof: { readonly password: string; readonly code: string }) => void;
  readonly onCancel: () => void;
}

/** Asks once more who it is: a session left open is not enough to take the second factor away. */
function ProofForm({ intro, submitLabel, error, isPending, isDangerous, onSubmit, onCancel }: ProofFormProps) {
  const t = useTranslations("account");
  const kit = useTranslations("kit");
  const [password, setPassword] = useState("");
  const [code, setCode] = useState("");
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        onSubmit({ password, code: code.replaceAll(" ", "") });
      }}
    >
      <Stack gap="md">
        <FormError error={error} />
        {intro}
        <PasswordInput
          label={t("presentPassword")}
          autoComplete="current-password"
          required
          autoFocus
          visibilityToggleButtonProps={{ "aria-label": t("showPassword") }}
          value={password}
          onChange={(event) => setPassword(event.currentTarget.value)}
        />
        <TextInput
          label={t("code")}
          description={t("codeHint")}
          autoComplete="one-time-code"
          maxLength={20}
          required
          value={code}
          onChange={(event) => setCode(event.currentTarget.value)}
        />
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onCancel}>
            {kit("cancel")}
          </Button>
          <Button type="submit" loading={isPending} {...(isDangerous === true ? { color: "red" } : {})}>
            {submitLabel}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
