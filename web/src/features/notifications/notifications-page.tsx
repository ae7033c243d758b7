/** Who is told what, when and by which channel: settings with a test of each, and the history of what was sent. */
"use client";
import { Alert, Button, Group, Stack, Text } from "@mantine/core";
import type { NotificationView } from "@sipprot/shared/notification";
import { useQuery } from "@tanstack/react-query";
import BellOff from "lucide-react/icons/bell-off";
import Users from "lucide-react/icons/users";
import { useMemo } from "react";
import { useTranslations } from "use-intl";
import { DataState } from "../../components/data-state.tsx";
import { FormError } from "../../components/form-error.tsx";
import { PageFrame } from "../../components/page-frame.tsx";
import { RoleGate } from "../../components/role-gate.tsx";
import { useUnsavedGuard } from "../../components/use-unsaved-guard.ts";
import { useTRPC } from "../../trpc/trpc.ts";
import { useMe } from "../../trpc/use-me.ts";
import { HistorySection } from "./history-section.tsx";
import { MailSection } from "./mail-section.tsx";
import { isNobodyTold } from "./notification-form.ts";
import styles from "./notifications.module.css";
import { ToldSection } from "./told-section.tsx";
import { useNotificationForm } from "./use-notification-form.ts";
import { WebhookSection } from "./webhook-section.tsx";

const HEALTH_EVERY_MS = 10_000;

export function NotificationsPage() {
  const t = useTranslations("notifications");
  return (
    <PageFrame title={t("title")} description={t("description")}>
      <RoleGate needs="administrator" title={t("notForYou")} text={t("notForYouText")}>
        <Settings />
        <HistorySection />
      </RoleGate>
    </PageFrame>
  );
}

function Settings() {
  const trpc = useTRPC();
  const me = useMe();
  // What somebody types meanwhile is not overwritten: asked once, and again when it is saved.
  const view = useQuery(
    trpc.notifications.get.queryOptions(undefined, { refetchOnWindowFocus: false, refetchOnReconnect: false }),
  );
  return (
    <DataState query={view} skeletonRows={10}>
      {(begun) => <SettingsForm view={begun} proposed={me?.name.includes("@") ? me.name : undefined} />}
    </DataState>
  );
}

function SettingsForm({ view, proposed }: { readonly view: NotificationView; readonly proposed: string | undefined }) {
  const t = useTranslations("notifications");
  const trpc = useTRPC();
  const editing = useNotificationForm(view, proposed);
  const health = useQuery(trpc.notifications.health.queryOptions(undefined, { refetchInterval: HEALTH_EVERY_MS }));
  const { form, isUnsaved, isSaving, save, discard, error, conflict } = editing;
  useUnsavedGuard(
    isUnsaved,
    useMemo(() => ({ title: t("leaveTitle"), text: t("leaveText"), confirmLabel: t("leave"), isDangerous: true }), [t]),
  );
  const isNobody = isNobodyTold(form.values);
  const shown = health.data === undefined ? view : { ...view, channels: health.data };
  return (
    <form onSubmit={form.onSubmit(() => void save())} noValidate={false}>
      <Stack gap="md">
        <ToldSection editing={editing} />
        <MailSection editing={editing} view={shown} />
        <WebhookSection editing={editing} view={shown} />
        <FormError error={error} />
        {isNobody && (
          <Alert role="alert" color="orange" icon={<BellOff aria-hidden />} title={t("nobodyTitle")}>
            {t("nobodyText")}
          </Alert>
        )}
        {conflict !== undefined && (
          <Alert role="alert" color="orange" icon={<Users aria-hidden />} title={t("conflictTitle")}>
            <Stack gap="xs">
              <Text>{t("conflictText")}</Text>
              <Group gap="xs">
                <Button size="compact-sm" variant="default" onClick={() => void conflict.takeTheirs()}>
                  {t("takeTheirs")}
                </Button>
                <Button size="compact-sm" color="orange" loading={isSaving} onClick={() => void conflict.keepMine()}>
                  {t("keepMine")}
                </Button>
              </Group>
            </Stack>
          </Alert>
        )}
        {isUnsaved && (
          <section className={styles.saveBar} aria-label={t("unsaved")}>
            <Text>{t("unsaved")}</Text>
            <Group gap="xs">
              <Button variant="default" onClick={discard}>
                {t("discard")}
              </Button>
              <Button type="submit" loading={isSaving} disabled={isNobody}>
                {t("save")}
              </Button>
            </Group>
          </section>
        )}
      </Stack>
    </form>
  );
}
