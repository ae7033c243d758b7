/** The mail channel: to whom, by which server, with a test. */
"use client";
import {
  Alert,
  Checkbox,
  NumberInput,
  PasswordInput,
  Select,
  SimpleGrid,
  Stack,
  Switch,
  TagsInput,
  TextInput,
} from "@mantine/core";
import type { NotificationView } from "@sipprot/shared/notification";
import TriangleAlert from "lucide-react/icons/triangle-alert";
import { useTranslations } from "use-intl";
import { SectionCard } from "../../components/section-card.tsx";
import { ChannelState } from "./channel-state.tsx";
import { losesPassword, type NotificationForm, smtpPorts } from "./notification-form.ts";
import { TestPanel } from "./test-panel.tsx";
import type { NotificationEditing } from "./use-notification-form.ts";

export function MailSection({
  editing,
  view,
}: {
  readonly editing: NotificationEditing;
  readonly view: NotificationView;
}) {
  const t = useTranslations("notifications");
  const { form, isUnsaved, save } = editing;
  const { values } = form;
  const health = view.channels.find(({ channel }) => channel === "mail");
  const isServerNamed = values.host.trim() !== "";
  return (
    <SectionCard
      title={t("mail")}
      note={t("mailNote")}
      actions={<Switch label={t("mailOn")} {...form.getInputProps("mailOn", { type: "checkbox" })} />}
    >
      {health !== undefined && <ChannelState health={health} />}
      <Stack gap="md">
        <TagsInput
          label={t("recipients")}
          description={t("recipientsHint")}
          placeholder={values.recipients.length === 0 ? "admin@example.com" : ""}
          acceptValueOnBlur
          splitChars={[",", ";", " "]}
          maxTags={20}
          inputMode="email"
          {...form.getInputProps("recipients")}
        />
        <SimpleGrid cols={{ base: 1, xs: 3 }} spacing="sm">
          <TextInput
            label={t("mailServer")}
            placeholder="smtp.example.com"
            spellCheck={false}
            {...form.getInputProps("host")}
          />
          <Select
            label={t("security")}
            allowDeselect={false}
            data={[
              { value: "starttls", label: "STARTTLS (587)" },
              { value: "tls", label: "TLS (465)" },
              { value: "none", label: t("securityNone") },
            ]}
            {...form.getInputProps("security")}
            onChange={(chosen) => {
              const security = chosen as NotificationForm["security"];
              form.setValues({ security, port: smtpPorts[security] });
            }}
          />
          <NumberInput
            label={t("port")}
            min={1}
            max={65_535}
            allowDecimal={false}
            hideControls
            required={isServerNamed}
            {...form.getInputProps("port")}
          />
        </SimpleGrid>
        <TextInput
          type="email"
          label={t("sender")}
          description={t("senderHint")}
          required={isServerNamed}
          {...form.getInputProps("from")}
        />
        <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm">
          <TextInput
            label={t("user")}
            description={t("userHint")}
            autoComplete="off"
            spellCheck={false}
            {...form.getInputProps("user")}
          />
          <PasswordInput
            label={t("password")}
            description={view.hasSmtpPassword ? t("passwordKept") : t("passwordNone")}
            autoComplete="new-password"
            visibilityToggleButtonProps={{ "aria-label": t("showSecret") }}
            {...form.getInputProps("password")}
          />
        </SimpleGrid>
        {losesPassword(view, values) && (
          <Alert color="orange" icon={<TriangleAlert aria-hidden />} title={t("passwordLost")} />
        )}
        {values.security !== "none" && (
          <Checkbox
            label={t("verifyCertificate")}
            description={t("verifyCertificateHint")}
            {...form.getInputProps("verifyCertificate", { type: "checkbox" })}
          />
        )}
        <TestPanel
          channel="mail"
          isSetUp={isServerNamed && values.recipients.length > 0}
          isUnsaved={isUnsaved}
          save={save}
        />
      </Stack>
    </SectionCard>
  );
}
