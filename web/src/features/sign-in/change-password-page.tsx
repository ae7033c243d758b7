/** The page of who signed in with a one-time password: one of their own comes first. */
"use client";
import { Paper, Stack, Text, Title } from "@mantine/core";
import type { User } from "@sipprot/shared/account";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { PasswordForm } from "../account/password-form.tsx";
import { DoorFrame } from "./door-frame.tsx";
import { findTypedPassword, forgetTypedPassword } from "./typed-password.ts";

export function ChangePasswordPage({ user }: { readonly user: User }) {
  const t = useTranslations("sign-in");
  const router = useRouter();
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
              router.replace("/");
            }}
          />
        </Paper>
      </Stack>
    </DoorFrame>
  );
}
