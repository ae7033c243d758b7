/** Names of the roles in the reader's language. */
import type { Role } from "@sipprot/shared/role";
import { useMemo } from "react";
import { useTranslations } from "use-intl";

export function useRoleNames(): Readonly<Record<Role, string>> {
  const t = useTranslations("terms");
  return useMemo(
    () => ({ viewer: t("roleViewer"), operator: t("roleOperator"), administrator: t("roleAdministrator") }),
    [t],
  );
}
