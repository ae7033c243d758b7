/** The page of who signed in with a one-time password: one of their own comes first. */
"use client";
import { Paper, Stack, Text, Title } from "@mantine/core";
import type { User } from "@sipprot/shared/account";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { PasswordForm } from "../account/password-form.tsx";
import { DoorFrame } from "./door-frame.tsx";
import { findTypedPassword, forgetTypedPassword } from "./typed-password.ts";

export function ChangePasswordPage({ user }: { readonly user: User }) {
  const t = useTranslations("sign-in");
  const [typedPassword] = useState(() => findTypedPassword(Date.now()));
  return (
    <DoorFrame title={t("ownPasswordTitle")}>
      <Stack gap="lg">
        <div>
          <Title order={1}>{t("ownPasswordTitle")}</Title>
          <Text c="dimmed">{t("ownPasswordText", { name: user.name })}</Text>
        </div>
        <Paper p="lg">
          <PasswordForm
            user={user}
            typedPassword={typedPassword}
            submitLabel={t("setPassword")}
            onChanged={() => {
              forgetTypedPassword();
              // Loaded anew: the router remembers that the way there led back here a moment ago.
              window.location.replace("/");
            }}
          />
        </Paper>
      </Stack>
    </DoorFrame>
  );
}
