/** The form of name, password and, where the account has one, the code of the second factor. */
"use client";
import { Anchor, Button, PasswordInput, Stack, Text, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import type { User } from "@sipprot/shared/account";
import { MAX_PASSWORD_CHARACTERS } from "@sipprot/shared/account";
import { useTranslations } from "use-intl";
import { FormError } from "../../components/form-error.tsx";
import { TimeLeft } from "../../components/time-left.tsx";
import { type Credentials, useSignIn } from "./use-sign-in.ts";

export interface SignInFormProps {
  /** Who signs in again; undefined asks. */
  readonly name?: string | undefined;
  readonly onSignedIn: (user: User, credentials: Credentials) => void;
}

export function SignInForm({ name, onSignedIn }: SignInFormProps) {
  const t = useTranslations("sign-in");
  const form = useForm<Credentials>({ initialValues: { name: name ?? "", password: "", code: "" } });
  const signingIn = useSignIn(onSignedIn);
  const isCode = signingIn.stage === "code";
  return (
    <form onSubmit={form.onSubmit(signingIn.send)}>
      <Stack gap="md">
        <FormError error={signingIn.error} />
        {/* They stay in the form in the second step too, so that a password manager sees one sign-in. */}
        <Stack gap="md" display={isCode ? "none" : undefined}>
          <TextInput
            label={t("name")}
            autoComplete="username"
            autoCapitalize="none"
            spellCheck={false}
            maxLength={64}
            required={!isCode}
            withAsterisk={false}
            {...(name === undefined ? { "data-autofocus": true, autoFocus: true } : { readOnly: true })}
            {...form.getInputProps("name")}
          />
          <PasswordInput
            label={t("password")}
            autoComplete="current-password"
            maxLength={MAX_PASSWORD_CHARACTERS}
            required={!isCode}
            withAsterisk={false}
            visibilityToggleButtonProps={{ "aria-label": t("showPassword") }}
            {...(name === undefined ? {} : { "data-autofocus": true })}
            {...form.getInputProps("password")}
          />
        </Stack>
        {isCode && (
          <TextInput
            label={t("code")}
            description={t("codeHint")}
            autoComplete="one-time-code"
            autoCapitalize="none"
            spellCheck={false}
            maxLength={20}
            required
            withAsterisk={false}
            autoFocus
            {...form.getInputProps("code")}
          />
        )}
        <Button type="submit" fullWidth loading={signingIn.isPending} disabled={signingIn.waitUntilMs !== undefined}>
          {t("signIn")}
        </Button>
        {signingIn.waitUntilMs !== undefined && (
          <Text ta="center">
            {t.rich("waiting", { left: () => <TimeLeft untilMs={signingIn.waitUntilMs ?? 0} /> })}
          </Text>
        )}
        {isCode && (
          <Anchor component="button" type="button" onClick={signingIn.restart}>
            {t("otherAccount")}
          </Anchor>
        )}
      </Stack>
    </form>
  );
}
