/** Changes the password of who is signed in: the present one, the code of a second factor, and the new one twice. */
"use client";
import { Button, Group, PasswordInput, Stack, TextInput } from "@mantine/core";
import { MAX_PASSWORD_CHARACTERS, type User } from "@sipprot/shared/account";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import { useTranslations } from "use-intl";
import { FormError } from "../../components/form-error.tsx";
import { useTRPC } from "../../trpc/trpc.ts";
import { isFinePassword, type NewPassword, PasswordFields } from "./password-fields.tsx";

export interface PasswordFormProps {
  readonly user: User;
  /** The present password when it was typed a moment ago; then it is not asked for again. */
  readonly typedPassword?: string | undefined;
  readonly submitLabel: string;
  /** Another button beside the one that submits. */
  readonly aside?: ReactNode;
  readonly onChanged: (user: User, password: string) => void;
}

export function PasswordForm({ user, typedPassword, submitLabel, aside, onChanged }: PasswordFormProps) {
  const t = useTranslations("account");
  const trpc = useTRPC();
  const client = useQueryClient();
  const [present, setPresent] = useState("");
  const [code, setCode] = useState("");
  const [chosen, setChosen] = useState<NewPassword>({ password: "", repeated: "" });
  const change = useMutation(
    trpc.auth.changePassword.mutationOptions({
      onSuccess: (changed) => {
        client.setQueryData(trpc.auth.me.queryKey(), changed);
        onChanged(changed, chosen.password);
      },
    }),
  );
  // A kept password that turns out wrong is asked for after all.
  const isAsked = typedPassword === undefined || change.isError;
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        change.mutate({
          password: isAsked && present !== "" ? present : (typedPassword ?? present),
          newPassword: chosen.password,
          ...(code === "" ? {} : { code }),
        });
      }}
    >
      <Stack gap="md">
        <FormError error={change.error} />
        {isAsked && (
          <PasswordInput
            label={user.mustChangePassword ? t("oneTimePassword") : t("presentPassword")}
            autoComplete="current-password"
            maxLength={MAX_PASSWORD_CHARACTERS}
            required={typedPassword === undefined}
            visibilityToggleButtonProps={{ "aria-label": t("showPassword") }}
            value={present}
            onChange={(event) => setPresent(event.currentTarget.value)}
          />
        )}
        {user.hasSecondFactor && (
          <TextInput
            label={t("code")}
            autoComplete="one-time-code"
            maxLength={20}
            required
            value={code}
            onChange={(event) => setCode(event.currentTarget.value)}
          />
        )}
        <PasswordFields accountName={user.name} value={chosen} onChange={setChosen} />
        <Group justify={aside === undefined ? "flex-end" : "space-between"} gap="xs">
          {aside}
          <Button type="submit" loading={change.isPending} disabled={!isFinePassword(user.name, chosen)}>
            {submitLabel}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
