/** What is told and when: a summary a day, messages of attacks, and the language of both. */
"use client";
import { NumberInput, Select, SimpleGrid, Stack, Switch } from "@mantine/core";
import { useFormatter, useTranslations } from "use-intl";
import { SectionCard } from "../../components/section-card.tsx";
import { TimeZoneSelect } from "../../components/time-zone-select.tsx";
import { localeNames, locales } from "../../i18n/locales.ts";
import type { NotificationEditing } from "./use-notification-form.ts";

const hours = Array.from({ length: 24 }, (_, hour) => hour);

export function ToldSection({ editing: { form } }: { readonly editing: NotificationEditing }) {
  const t = useTranslations("notifications");
  const format = useFormatter();
  const { values } = form;
  const clock = (hour: number) =>
    format.dateTime(new Date(Date.UTC(2026, 0, 1, hour)), { timeStyle: "short", timeZone: "UTC" });
  return (
    <SectionCard title={t("told")} note={t("toldNote")}>
      <Stack gap="lg">
        <Stack gap="xs">
          <Switch
            label={t("dailySummary")}
            description={t("dailySummaryHint")}
            {...form.getInputProps("dailySummaryOn", { type: "checkbox" })}
          />
          {values.dailySummaryOn && (
            <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm">
              <Select
                label={t("hour")}
                description={t("hourHint")}
                allowDeselect={false}
                data={hours.map((hour) => ({ value: String(hour), label: clock(hour) }))}
                {...form.getInputProps("dailySummaryHour")}
              />
              <TimeZoneSelect
                label={t("timeZone")}
                description={t("timeZoneHint")}
                value={values.timeZone}
                error={form.errors.timeZone}
                onChange={(zone) => form.setFieldValue("timeZone", zone)}
              />
            </SimpleGrid>
          )}
        </Stack>
        <Stack gap="xs">
          <Switch
            label={t("attackMessages")}
            description={t("attackMessagesHint")}
            {...form.getInputProps("attackMessagesOn", { type: "checkbox" })}
          />
          {values.attackMessagesOn && (
            <NumberInput
              label={t("attackInterval")}
              description={t("attackIntervalHint")}
              min={1}
              max={1440}
              allowDecimal={false}
              required
              maw={320}
              {...form.getInputProps("attackIntervalMinutes")}
            />
          )}
        </Stack>
        <Select
          label={t("language")}
          allowDeselect={false}
          maw={320}
          data={locales.map((locale) => ({ value: locale, label: localeNames[locale] }))}
          {...form.getInputProps("language")}
        />
      </Stack>
    </SectionCard>
  );
}
