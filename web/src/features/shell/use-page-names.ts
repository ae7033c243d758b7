/** Names of the pages in the reader's language. */
import { useMemo } from "react";
import { useTranslations } from "use-intl";
import type { PageName } from "./navigation.ts";

export function usePageNames(): Readonly<Record<PageName, string>> {
  const t = useTranslations("shell");
  return useMemo(
    () => ({
      dashboard: t("dashboard"),
      allowlist: t("allowlist"),
      denylist: t("denylist"),
      dynamicList: t("dynamicList"),
      why: t("why"),
      events: t("events"),
      reports: t("reports"),
      hosts: t("hosts"),
      feeds: t("feeds"),
      notifications: t("notifications"),
      settings: t("settings"),
      users: t("users"),
      audit: t("audit"),
      account: t("account"),
    }),
    [t],
  );
}
