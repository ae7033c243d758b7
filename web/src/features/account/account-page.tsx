/** One's own account: password, second factor, sessions, and how the pages look. */
"use client";
import { Skeleton } from "@mantine/core";
import { useTranslations } from "use-intl";
import { PageFrame } from "../../components/page-frame.tsx";
import { useRoleNames } from "../../components/use-role-name.ts";
import { useMe } from "../../trpc/use-me.ts";
import { OwnSessionsSection } from "./own-sessions-section.tsx";
import { PasswordSection } from "./password-section.tsx";
import { PreferencesSection } from "./preferences-section.tsx";
import { SecondFactorSection } from "./second-factor-section.tsx";

export function AccountPage() {
  const t = useTranslations("account");
  const roles = useRoleNames();
  const me = useMe();
  return (
    <PageFrame
      title={t("title")}
      description={me === undefined ? undefined : t("signedInAs", { name: me.name, role: roles[me.role] })}
    >
      {me === undefined ? (
        <Skeleton height={320} radius="md" />
      ) : (
        <>
          <PreferencesSection />
          <PasswordSection user={me} />
          <SecondFactorSection user={me} />
          <OwnSessionsSection />
        </>
      )}
    </PageFrame>
  );
}
