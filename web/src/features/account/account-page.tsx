/** One's own account: password, second factor, sessions, and how the pages look. */
"use client";
import { useTranslations } from "use-intl";
import { DataState } from "../../components/data-state.tsx";
import { PageFrame } from "../../components/page-frame.tsx";
import { useRoleNames } from "../../components/use-role-name.ts";
import { useMeQuery } from "../../trpc/use-me.ts";
import { OwnSessionsSection } from "./own-sessions-section.tsx";
import { PasswordSection } from "./password-section.tsx";
import { PreferencesSection } from "./preferences-section.tsx";
import { SecondFactorSection } from "./second-factor-section.tsx";

export function AccountPage() {
  const t = useTranslations("account");
  const roles = useRoleNames();
  const query = useMeQuery();
  const me = query.data;
  return (
    <PageFrame
      title={t("title")}
      description={me === undefined ? undefined : t("signedInAs", { name: me.name, role: roles[me.role] })}
    >
      <DataState query={query} skeletonRows={10}>
        {(user) => (
          <>
            <PreferencesSection />
            <PasswordSection user={user} />
            <SecondFactorSection user={user} />
            <OwnSessionsSection />
          </>
        )}
      </DataState>
    </PageFrame>
  );
}
