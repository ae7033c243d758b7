/** The webhook channel: an address that is told in JSON, signed, with a test and how to check the signature. */
"use client";
import { Button, Checkbox, Group, PasswordInput, Stack, Switch, TextInput } from "@mantine/core";
import type { NotificationView } from "@sipprot/shared/notification";
import KeyRound from "lucide-react/icons/key-round";
import { useTranslations } from "use-intl";
import { CopyButton } from "../../components/copy-button.tsx";
import { SectionCard } from "../../components/section-card.tsx";
import { ChannelState } from "./channel-state.tsx";
import { SignatureExplained } from "./signature-explained.tsx";
import { TestPanel } from "./test-panel.tsx";
import type { NotificationEditing } from "./use-notification-form.ts";
import { makeWebhookSecret } from "./webhook-signature.ts";

const MIN_SECRET_CHARACTERS = 16;

export function WebhookSection({
  editing,
  view,
}: {
  readonly editing: NotificationEditing;
  readonly view: NotificationView;
}) {
  const t = useTranslations("notifications");
  const { form, isUnsaved, save } = editing;
  const { values } = form;
  const health = view.channels.find(({ channel }) => channel === "webhook");
  return (
    <SectionCard
      title={t("webhook")}
      note={t("webhookNote")}
      actions={<Switch label={t("webhookOn")} {...form.getInputProps("webhookOn", { type: "checkbox" })} />}
    >
      {health !== undefined && <ChannelState health={health} />}
      <Stack gap="md">
        <TextInput
          type="url"
          label={t("webhookUrl")}
          description={t("webhookUrlHint")}
          placeholder="https://hooks.example.com/sipprot"
          maxLength={2000}
          spellCheck={false}
          {...form.getInputProps("webhookUrl")}
        />
        <PasswordInput
          label={t("webhookSecret")}
          description={view.hasWebhookSecret ? t("secretKept") : t("secretNone")}
          autoComplete="off"
          minLength={MIN_SECRET_CHARACTERS}
          disabled={values.forgetWebhookSecret}
          visibilityToggleButtonProps={{ "aria-label": t("showSecret") }}
          {...form.getInputProps("webhookSecret")}
        />
        <Group gap="sm">
          <Button
            variant="default"
            size="compact-sm"
            leftSection={<KeyRound size={14} aria-hidden />}
            disabled={values.forgetWebhookSecret}
            onClick={() => form.setFieldValue("webhookSecret", makeWebhookSecret())}
          >
            {t("makeSecret")}
          </Button>
          {values.webhookSecret !== "" && <CopyButton text={values.webhookSecret} label={t("copySecret")} />}
          {view.hasWebhookSecret && (
            <Checkbox label={t("forgetSecret")} {...form.getInputProps("forgetWebhookSecret", { type: "checkbox" })} />
          )}
        </Group>
        <SignatureExplained typedSecret={values.webhookSecret} />
        <TestPanel channel="webhook" isSetUp={values.webhookUrl.trim() !== ""} isUnsaved={isUnsaved} save={save} />
      </Stack>
    </SectionCard>
  );
}
