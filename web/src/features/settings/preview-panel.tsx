/** Whom the changes would have refused in the last day, which registered phones, and what cannot be known of it. */
"use client";
import { Alert, Button, Group, Loader, Stack, Title } from "@mantine/core";
import type { SettingsPreview } from "@sipprot/shared/settings-preview";
import { useMutation } from "@tanstack/react-query";
import ShieldAlert from "lucide-react/icons/shield-alert";
import { useEffect } from "react";
import { useFormatter, useTranslations } from "use-intl";
import { useErrorText } from "../../components/error-text.ts";
import { useCountryName } from "../../components/use-country-name.ts";
import { useTRPC } from "../../trpc/trpc.ts";
import type { Change } from "./draft.ts";
import { HurtTable, SourcesTable } from "./preview-tables.tsx";
import classes from "./review-dialog.module.css";
import { useSettingWords } from "./use-setting-words.ts";

export interface PreviewPanelProps {
  readonly changes: readonly Change[];
  readonly isObserving: boolean;
  readonly isWholeHost: boolean;
}

export function PreviewPanel({ changes, isObserving, isWholeHost }: PreviewPanelProps) {
  const t = useTranslations("settings");
  const kit = useTranslations("kit");
  const word = useErrorText();
  const trpc = useTRPC();
  const { mutate, data, error, isPending } = useMutation(trpc.settings.preview.mutationOptions());
  const patch = JSON.stringify(Object.fromEntries(changes.map(({ name, to }) => [name, to])));
  useEffect(() => mutate(JSON.parse(patch)), [mutate, patch]);
  return (
    <section aria-labelledby="preview-title">
      <Title order={3} id="preview-title" mb="xs">
        {t("previewTitle")}
      </Title>
      <div role="status" aria-busy={isPending} data-preview={data === undefined ? "none" : "shown"}>
        {isPending && (
          <Group gap="xs">
            <Loader size="xs" aria-hidden />
            {t("previewLoading")}
          </Group>
        )}
        {error !== null && (
          <Alert color="orange" p="xs">
            <Group justify="space-between">
              {t("previewFailed", { reason: word(error).text })}
              <Button size="compact-sm" variant="default" onClick={() => mutate(JSON.parse(patch))}>
                {kit("retry")}
              </Button>
            </Group>
          </Alert>
        )}
        {data !== undefined && <Findings preview={data} isObserving={isObserving} isWholeHost={isWholeHost} />}
      </div>
    </section>
  );
}

function Findings({
  preview,
  isObserving,
  isWholeHost,
}: {
  readonly preview: SettingsPreview;
  readonly isObserving: boolean;
  readonly isWholeHost: boolean;
}) {
  const t = useTranslations("settings");
  const format = useFormatter();
  const country = useCountryName();
  const { refused, passed, hurt, registered, own, unknown, partly } = preview;
  return (
    <Stack gap="sm">
      {own.isRefused && (
        <Alert color="red" icon={<ShieldAlert aria-hidden />} title={t("ownTitle")}>
          {isWholeHost
            ? t("ownWholeHost", { address: own.address, country: country(own.country) })
            : t("ownSip", { address: own.address, country: country(own.country) })}
        </Alert>
      )}
      <div className={classes.facts}>
        <Fact
          isBad={hurt.sources > 0}
          number={format.number(hurt.accounts)}
          label={t("hurtPhones", { count: hurt.accounts })}
          note={t("hurtAt", { sources: hurt.sources, registered: registered.accounts })}
          name="hurt"
        />
        <Fact
          number={format.number(refused.messages)}
          label={t("moreRefused", { count: refused.messages })}
          note={t("fromSources", { count: refused.sources })}
          name="refused"
        />
        <Fact
          number={format.number(passed.messages)}
          label={t("morePassed", { count: passed.messages })}
          note={t("fromSources", { count: passed.sources })}
          name="passed"
        />
      </div>
      {isObserving && <p className={classes.limits}>{t("onlyObserving")}</p>}
      {hurt.rows.length > 0 && <HurtTable hurt={hurt} />}
      {refused.rows.length > 0 && <SourcesTable title={t("refusedSources")} group={refused} />}
      {passed.rows.length > 0 && <SourcesTable title={t("passedSources")} group={passed} />}
      <Limits preview={preview} unknown={unknown} partly={partly} />
    </Stack>
  );
}

function Fact({
  number,
  label,
  note,
  name,
  isBad = false,
}: {
  readonly number: string;
  readonly label: string;
  readonly note: string;
  readonly name: string;
  readonly isBad?: boolean;
}) {
  return (
    <div className={classes.fact} data-fact={name} data-bad={isBad || undefined}>
      <span className={classes.number}>{number}</span>
      <span>{label}</span>
      <small>{note}</small>
    </div>
  );
}

/** What the numbers leave out: said each time, or they would be taken for more than they are. */
function Limits({
  preview,
  unknown,
  partly,
}: {
  readonly preview: SettingsPreview;
  readonly unknown: SettingsPreview["unknown"];
  readonly partly: SettingsPreview["partly"];
}) {
  const t = useTranslations("settings");
  const format = useFormatter();
  const words = useSettingWords();
  const list = (names: SettingsPreview["unknown"]) => names.map((name) => words[name].label).join(", ");
  const from = format.dateTime(new Date(preview.fromMs), { dateStyle: "medium", timeStyle: "short" });
  return (
    <ul className={classes.limits}>
      <li>
        {preview.isWhole
          ? t("lookedAtDay", { count: preview.events })
          : t("lookedAtPart", { count: preview.events, from })}
      </li>
      <li>{t("limitPassed")}</li>
      {unknown.length > 0 && <li>{t("limitUnknown", { settings: list(unknown) })}</li>}
      {partly.length > 0 && <li>{t("limitPartly", { settings: list(partly) })}</li>}
    </ul>
  );
}
