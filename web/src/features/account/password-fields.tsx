/** The fields of a new password, typed twice, with the rules beside them as they come to hold. */
"use client";
import { List, PasswordInput, Stack } from "@mantine/core";
import { MAX_PASSWORD_CHARACTERS } from "@sipprot/shared/account";
import Circle from "lucide-react/icons/circle";
import CircleCheck from "lucide-react/icons/circle-check";
import { useId } from "react";
import { useTranslations } from "use-intl";
import { judgePassword, passwordRules } from "./password-advice.ts";

export interface NewPassword {
  readonly password: string;
  readonly repeated: string;
}

export interface PasswordFieldsProps {
  readonly accountName: string;
  readonly value: NewPassword;
  readonly onChange: (value: NewPassword) => void;
}

/** True when every rule holds. */
export function isFinePassword(accountName: string, { password, repeated }: NewPassword): boolean {
  return Object.values(judgePassword(accountName, password, repeated)).every(Boolean);
}

export function PasswordFields({ accountName, value, onChange }: PasswordFieldsProps) {
  const t = useTranslations("account");
  const rulesId = useId();
  const held = judgePassword(accountName, value.password, value.repeated);
  const words = {
    length: t("ruleLength"),
    variety: t("ruleVariety"),
    name: t("ruleName"),
    repeated: t("ruleRepeated"),
  };
  const shared = {
    autoComplete: "new-password",
    maxLength: MAX_PASSWORD_CHARACTERS,
    required: true,
    visibilityToggleButtonProps: { "aria-label": t("showPassword") },
  } as const;
  return (
    <Stack gap="md">
      {/* For password managers: whose password it is. */}
      <input type="text" autoComplete="username" value={accountName} readOnly hidden />
      <PasswordInput
        {...shared}
        label={t("newPassword")}
        description={t("newPasswordHint")}
        aria-describedby={rulesId}
        value={value.password}
        onChange={(event) => onChange({ ...value, password: event.currentTarget.value })}
      />
      <PasswordInput
        {...shared}
        label={t("repeatPassword")}
        value={value.repeated}
        onChange={(event) => onChange({ ...value, repeated: event.currentTarget.value })}
      />
      <List id={rulesId} size="sm" spacing={4} listStyleType="none" center>
        {passwordRules.map((rule) => (
          <List.Item
            key={rule}
            icon={
              held[rule] ? (
                <CircleCheck size={16} color="var(--mantine-color-green-text)" role="img" aria-label={t("ruleHolds")} />
              ) : (
                <Circle size={16} color="var(--ink-soft)" role="img" aria-label={t("ruleMissing")} />
              )
            }
          >
            {words[rule]}
          </List.Item>
        ))}
      </List>
    </Stack>
  );
}
