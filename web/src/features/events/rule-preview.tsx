/** What a rule would do: how many messages and sources it meets, what is changed, and what speaks against it. */
"use client";
import { Alert, Checkbox } from "@mantine/core";
import type { Rule, RuleOffer, RuleSource } from "@sipprot/shared/event-log";
import TriangleAlert from "lucide-react/icons/triangle-alert";
import { useFormatter, useTranslations } from "use-intl";
import { CountryName } from "../../components/country-name.tsx";
import { useCountryName } from "../../components/use-country-name.ts";
import { wireRuns } from "../../components/wire-runs.ts";
import classes from "./rule-preview.module.css";
import { canBeDenied } from "./rule-start.ts";

export interface RulePreviewProps {
  readonly rule: Rule;
  readonly offer: RuleOffer;
  /** Sources the reader took out. */
  readonly left: ReadonlySet<string>;
  readonly onLeft: (left: ReadonlySet<string>) => void;
}

export function RulePreview({ rule, offer, left, onLeft }: RulePreviewProps) {
  const t = useTranslations("events");
  const format = useFormatter();
  const { sources, sourcesTotal, messages, sinceMs, isWhole, patch, dangers, phones } = offer;
  const moment = format.dateTime(new Date(sinceMs), { dateStyle: "medium", timeStyle: "short" });
  const isOfAddresses = rule.kind === "deny-sources";
  return (
    <div className={classes.preview}>
      <p className={classes.words} data-preview={sourcesTotal}>
        {isWhole
          ? t("ruleMeets", { sources: sourcesTotal, messages })
          : t("ruleMeetsSince", { sources: sourcesTotal, messages, since: moment })}
        {isOfAddresses && sourcesTotal > sources.length && ` ${t("ruleOnlyBusiest", { count: sources.length })}`}
      </p>
      {!isOfAddresses && (
        <p className={classes.words}>
          {patch === undefined ? t("ruleHoldsAlready") : <PatchText patch={patch} rule={rule} />}
        </p>
      )}
      <p className={classes.words} data-phones={phones.accounts}>
        {t("rulePhones", { accounts: phones.accounts, sources: phones.sources, named: phones.named.join(", ") })}
      </p>
      {dangers.map((danger) => (
        <Danger key={danger} danger={danger} />
      ))}
      {sources.length > 0 && (
        <ul className={classes.sources} aria-label={t("ruleSources")}>
          {sources.map((source) => (
            <Source
              key={source.source}
              source={source}
              isChosen={isOfAddresses ? !left.has(source.source) : undefined}
              onChosen={(isChosen) => {
                const next = new Set(left);
                if (isChosen) next.delete(source.source);
                else next.add(source.source);
                onLeft(next);
              }}
            />
          ))}
        </ul>
      )}
    </div>
  );
}

function PatchText({ patch, rule }: { readonly patch: NonNullable<RuleOffer["patch"]>; readonly rule: Rule }) {
  const t = useTranslations("events");
  const country = useCountryName();
  if (rule.kind === "block-agent") {
    return t("patchAgent", {
      agent: wireRuns(rule.agent)
        .map(({ text }) => text)
        .join(""),
    });
  }
  const countries = (patch.geoCountries ?? []).map(country).join(", ");
  return patch.geoMode === undefined ? t("patchCountries", { countries }) : t("patchGeoOn", { countries });
}

function Danger({ danger }: { readonly danger: RuleOffer["dangers"][number] }) {
  const t = useTranslations("events");
  const texts: Record<RuleOffer["dangers"][number], string> = {
    "your-country": t("dangerYourCountry"),
    phones: t("dangerPhones"),
    "short-agent": t("dangerShortAgent"),
    "whole-host": t("dangerWholeHost"),
    "allow-mode": t("dangerAllowMode"),
    "last-allowed-country": t("dangerLastCountry"),
  };
  return (
    <Alert color="orange" icon={<TriangleAlert aria-hidden />} p="xs" data-danger={danger}>
      {texts[danger]}
    </Alert>
  );
}

interface SourceProps {
  readonly source: RuleSource;
  /** Undefined where nothing is to be chosen. */
  readonly isChosen: boolean | undefined;
  readonly onChosen: (isChosen: boolean) => void;
}

function Source({ source: { source, country, messages, standing }, isChosen, onChosen }: SourceProps) {
  const t = useTranslations("events");
  const words: Record<RuleSource["standing"], string> = {
    open: "",
    guarded: t("standingGuarded"),
    allowed: t("standingAllowed"),
    "denied-already": t("standingDenied"),
    "has-phones": t("standingPhones"),
  };
  const text = (
    <span className={classes.source}>
      <bdi translate="no" className={classes.address}>
        {source}
      </bdi>
      <CountryName code={country} />
      <span>{t("messages", { count: messages })}</span>
      {words[standing] !== "" && <span className={classes.standing}>{words[standing]}</span>}
    </span>
  );
  return (
    <li data-standing={standing}>
      {isChosen === undefined ? (
        text
      ) : (
        <Checkbox
          size="sm"
          label={text}
          checked={isChosen && canBeDenied(standing)}
          disabled={!canBeDenied(standing)}
          onChange={(event) => onChosen(event.currentTarget.checked)}
        />
      )}
    </li>
  );
}
