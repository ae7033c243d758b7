/** First run: a password of one's own, and a second factor for who wants one. */
"use client";
import { Alert, Button, Group, Stack, Text } from "@mantine/core";
import type { User } from "@sipprot/shared/account";
import ShieldCheck from "lucide-react/icons/shield-check";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { PasswordForm } from "../account/password-form.tsx";
import { SecondFactorSetup } from "../account/second-factor-setup.tsx";
import { findTypedPassword, forgetTypedPassword } from "../sign-in/typed-password.ts";
import { StepFrame, type StepProps } from "./step-frame.tsx";

export interface PasswordStepProps extends StepProps {
  readonly user: User;
}

export function PasswordStep({ user, onDone, onBack }: PasswordStepProps) {
  const t = useTranslations("first-run");
  const [typedPassword] = useState(() => findTypedPassword(Date.now()));
  const [ownPassword, setOwnPassword] = useState<string>();
  const [isSettingUp, setSettingUp] = useState(false);
  const title = t("passwordTitle");
  if (user.mustChangePassword) {
    return (
      <StepFrame title={title} description={t("passwordText")} onBack={undefined}>
        <PasswordForm
          user={user}
          typedPassword={typedPassword}
          submitLabel={t("setPassword")}
          aside={
            <Button variant="default" onClick={onBack}>
              {t("back")}
            </Button>
          }
          onChanged={(_changed, password) => {
            forgetTypedPassword();
            setOwnPassword(password);
          }}
        />
      </StepFrame>
    );
  }
  if (isSettingUp) {
    return (
      <StepFrame title={title} description={t("factorText")} onBack={undefined}>
        <SecondFactorSetup
          accountName={user.name}
          typedPassword={ownPassword}
          onDone={onDone}
          onCancel={() => setSettingUp(false)}
        />
      </StepFrame>
    );
  }
  return (
    <StepFrame
      title={title}
      onBack={onBack}
      description={t("passwordSet")}
      forward={<Button onClick={onDone}>{user.hasSecondFactor ? t("continue") : t("withoutFactor")}</Button>}
    >
      <Alert color="green" icon={<ShieldCheck aria-hidden />} title={t("passwordSetTitle")}>
        {user.hasSecondFactor ? t("factorSet") : t("factorOffer")}
      </Alert>
      {!user.hasSecondFactor && (
        <Stack gap="xs">
          <Text>{t("factorText")}</Text>
          <Group>
            <Button variant="default" onClick={() => setSettingUp(true)}>
              {t("setUpFactor")}
            </Button>
          </Group>
        </Stack>
      )}
    </StepFrame>
  );
}
