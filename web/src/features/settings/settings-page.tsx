/** The settings: every policy setting, what it does and can hurt; below what is kept, how the programs start, and the look. */
"use client";
import { Alert } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import TriangleAlert from "lucide-react/icons/triangle-alert";
import { useTranslations } from "use-intl";
import { DataState } from "../../components/data-state.tsx";
import { PageFrame } from "../../components/page-frame.tsx";
import { useTRPC } from "../../trpc/trpc.ts";
import { useMay, useMe } from "../../trpc/use-me.ts";
import { PendingBanner } from "./pending-banner.tsx";
import { SettingsForm } from "./settings-form.tsx";

/** Another administrator's change is seen within this. */
const LOOK_EVERY_MS = 5000;

export function SettingsPage() {
  const t = useTranslations("settings");
  const trpc = useTRPC();
  const me = useMe();
  const may = useMay("administrator");
  const settings = useQuery(trpc.settings.get.queryOptions(undefined, { refetchInterval: LOOK_EVERY_MS }));
  return (
    <PageFrame title={t("title")} description={t("description")}>
      <PendingBanner />
      {me !== undefined && !may && (
        <Alert role="note" color="gray">
          {t("readOnly")}
        </Alert>
      )}
      <DataState query={settings} skeletonRows={8}>
        {({ settings: known, unknown, refused }) => (
          <>
            {unknown.length + refused.length > 0 && (
              <Alert color="orange" icon={<TriangleAlert aria-hidden />} title={t("notUnderstoodTitle")}>
                {refused.length > 0 && <p>{t("refusedValues", { names: refused.join(", ") })}</p>}
                {unknown.length > 0 && <p>{t("unknownNames", { names: unknown.join(", ") })}</p>}
              </Alert>
            )}
            <SettingsForm settings={known} mayEdit={may} />
          </>
        )}
      </DataState>
    </PageFrame>
  );
}
