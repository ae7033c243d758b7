/** How the programs start: read only, with where each is changed and what has to be started anew. */
"use client";
import type { BootView } from "@sipprot/shared/boot-view";
import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useMemo } from "react";
import { useTranslations } from "use-intl";
import { DataState } from "../../components/data-state.tsx";
import { useTRPC } from "../../trpc/trpc.ts";
import classes from "./facts.module.css";
import { GroupCard } from "./group-card.tsx";
import { useGroupNames } from "./use-setting-words.ts";

export function BootCard() {
  const t = useTranslations("settings");
  const trpc = useTRPC();
  const { boot: title } = useGroupNames();
  const boot = useQuery(trpc.settings.boot.queryOptions(undefined, { staleTime: 60_000 }));
  return (
    <GroupCard
      id="group-boot"
      title={title}
      description={t.rich("bootText", {
        file: () => <code>{boot.data?.configFile ?? "conf/sipprot.conf"}</code>,
        hosts: (words) => <Link href="/hosts">{words}</Link>,
      })}
    >
      <DataState query={boot}>{({ settings }) => <BootFacts settings={settings} />}</DataState>
    </GroupCard>
  );
}

function BootFacts({ settings }: { readonly settings: BootView["settings"] }) {
  const t = useTranslations("settings");
  const words = useBootWords();
  const from = { default: t("fromDefault"), file: t("fromFile"), environment: t("fromEnvironment") };
  const restart = {
    proxy: t("restartProxy"),
    control: t("restartControl"),
    web: t("restartWeb"),
    redis: t("restartRedis"),
    everything: t("restartEverything"),
  };
  return (
    <dl className={classes.facts}>
      {settings.map((one) => (
        <div key={one.name} className={classes.fact} data-boot={one.name}>
          <dt>
            <span className={classes.name} translate="no">
              {one.name}
            </span>
            <span className={classes.does}>{words[one.name]}</span>
          </dt>
          <dd>
            <span className={classes.value} translate="no">
              {one.value === "" ? t("decidedAtStart") : one.value}
            </span>
            <br />
            {from[one.from]} · {restart[one.restart]}
            {one.isChanged && (
              <>
                <br />
                <strong className={classes.changed}>{t("changedInFile")}</strong>
              </>
            )}
          </dd>
        </div>
      ))}
    </dl>
  );
}

function useBootWords(): Readonly<Record<string, string>> {
  const t = useTranslations("settings");
  return useMemo(
    () => ({
      SIPPROT_MODE: t("bootMode"),
      SIPPROT_PROTECT: t("bootProtect"),
      SIPPROT_LISTEN: t("bootListen"),
      SIPPROT_PBX: t("bootPbx"),
      SIPPROT_INNER_PORT: t("bootInnerPort"),
      SIPPROT_REDIS_URL: t("bootRedis"),
      SIPPROT_CONTROL: t("bootControl"),
      SIPPROT_WEB: t("bootWeb"),
      SIPPROT_TLS_CERT: t("bootCert"),
      SIPPROT_TLS_KEY: t("bootKey"),
      SIPPROT_HEALTH: t("bootHealth"),
      SIPPROT_STATE: t("bootState"),
      SIPPROT_SECRETS_KEY: t("bootSecrets"),
      SIPPROT_WORKERS: t("bootWorkers"),
      SIPPROT_IO: t("bootIo"),
      SIPPROT_HOST: t("bootHost"),
      SIPPROT_CONFIRM_SECONDS: t("bootConfirm"),
    }),
    [t],
  );
}
