/** Chooses a role, with what each may do. */
"use client";
import { Radio, Stack } from "@mantine/core";
import { type Role, roles } from "@sipprot/shared/role";
import { useTranslations } from "use-intl";
import { useRoleNames } from "../../components/use-role-name.ts";

export interface RoleChoiceProps {
  readonly label: string;
  readonly value: Role;
  readonly onChange: (role: Role) => void;
}

export function RoleChoice({ label, value, onChange }: RoleChoiceProps) {
  const t = useTranslations("users");
  const names = useRoleNames();
  const may: Record<Role, string> = {
    viewer: t("viewerMay"),
    operator: t("operatorMay"),
    administrator: t("administratorMay"),
  };
  return (
    <Radio.Group label={label} value={value} onChange={(chosen) => onChange(chosen as Role)}>
      <Stack gap="xs" mt={4}>
        {roles.map((role) => (
          <Radio key={role} value={role} label={names[role]} description={may[role]} />
        ))}
      </Stack>
    </Radio.Group>
  );
}
