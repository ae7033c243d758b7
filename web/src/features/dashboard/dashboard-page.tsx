/** The dashboard. */
"use client";
import { useTranslations } from "use-intl";
import { PageFrame } from "../../components/page-frame.tsx";

export function DashboardPage() {
  const t = useTranslations("shell");
  return <PageFrame title={t("dashboard")}>{null}</PageFrame>;
}
