/** Chooses the day of the report: by calendar, or one day on or back. */
"use client";
import "@mantine/dates/styles.layer.css";
import { ActionIcon, Button, Group } from "@mantine/core";
import { DatePickerInput, DatesProvider } from "@mantine/dates";
import CalendarDays from "lucide-react/icons/calendar-days";
import ChevronLeft from "lucide-react/icons/chevron-left";
import ChevronRight from "lucide-react/icons/chevron-right";
import { useFormatter, useLocale, useTranslations } from "use-intl";
import { shiftDay } from "./report-day.ts";
import "dayjs/locale/fr";

export interface DayPickerProps {
  readonly date: string;
  readonly days: { readonly first: string; readonly last: string };
  readonly onDate: (date: string) => void;
}

export function DayPicker({ date, days, onDate }: DayPickerProps) {
  const t = useTranslations("reports");
  const format = useFormatter();
  const locale = useLocale();
  const named = format.dateTime(new Date(date), { dateStyle: "full", timeZone: "UTC" });
  const step = (label: string, to: string, Icon: typeof ChevronLeft) => (
    <ActionIcon
      variant="default"
      size={36}
      aria-label={label}
      title={label}
      disabled={to < days.first || to > days.last}
      onClick={() => onDate(to)}
    >
      <Icon size={18} aria-hidden />
    </ActionIcon>
  );
  return (
    <Group gap="xs" role="group" aria-label={t("day")} data-print="no">
      {step(t("previousDay"), shiftDay(date, -1), ChevronLeft)}
      <DatesProvider settings={{ locale, firstDayOfWeek: 1 }}>
        <DatePickerInput
          aria-label={t("chooseDay", { date: named })}
          leftSection={<CalendarDays size={16} aria-hidden />}
          valueFormatter={() => named}
          w={{ base: 210, xs: 280 }}
          value={date}
          minDate={days.first}
          maxDate={days.last}
          onChange={(chosen) => chosen !== null && onDate(chosen)}
        />
      </DatesProvider>
      {step(t("nextDay"), shiftDay(date, 1), ChevronRight)}
      {date !== days.last && (
        <Button variant="subtle" onClick={() => onDate(days.last)}>
          {t("today")}
        </Button>
      )}
    </Group>
  );
}
