/** The dashboard. */
"use client";
import { useTranslations } from "use-intl";
import { PageFrame } from "../../components/page-frame.tsx";
import { WaitingCard } from "../first-run/waiting-card.tsx";

export function DashboardPage() {
  const t = useTranslations("shell");
  return (
    <PageFrame title={t("dashboard")}>
      <WaitingCard />
    </PageFrame>
  );
}
