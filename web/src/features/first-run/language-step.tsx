/** First run: the language of this administrator. The page is in it as soon as it is chosen. */
"use client";
import { Button } from "@mantine/core";
import { useRouter } from "next/navigation";
import { useLocale, useTranslations } from "use-intl";
import { LOCALE_COOKIE, localeNames, locales } from "../../i18n/locales.ts";
import { keepChoice } from "../../i18n/preference-cookies.ts";
import { ChoiceCards } from "./choice-cards.tsx";
import { StepFrame, type StepProps } from "./step-frame.tsx";

export function LanguageStep({ onDone, onBack }: StepProps) {
  const t = useTranslations("first-run");
  const router = useRouter();
  const locale = useLocale();
  return (
    <StepFrame
      title={t("languageTitle")}
      description={t("languageText")}
      onBack={onBack}
      forward={<Button onClick={onDone}>{t("continue")}</Button>}
    >
      <ChoiceCards
        label={t("stepLanguage")}
        choices={locales.map((value) => ({ value, title: localeNames[value], lang: value }))}
        value={locale}
        onChange={(chosen) => {
          keepChoice(LOCALE_COOKIE, chosen);
          router.refresh();
        }}
      />
    </StepFrame>
  );
}
