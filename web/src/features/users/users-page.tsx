/** Who may sign in, which programs may call, and who is signed in at this moment. */
"use client";
import { useTranslations } from "use-intl";
import { PageFrame } from "../../components/page-frame.tsx";
import { RoleGate } from "../../components/role-gate.tsx";
import { SessionsSection } from "./sessions-section.tsx";
import { TokensSection } from "./tokens-section.tsx";
import { UsersSection } from "./users-section.tsx";

export function UsersPage() {
  const t = useTranslations("users");
  return (
    <PageFrame title={t("title")} description={t("description")}>
      <RoleGate needs="administrator" title={t("notForYou")} text={t("notForYouText")}>
        <UsersSection />
        <TokensSection />
        <SessionsSection />
      </RoleGate>
    </PageFrame>
  );
}
