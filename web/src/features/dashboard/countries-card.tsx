/** Where the attacks come from: the world by shades, and the same ranked with counts and shares. */
"use client";
import { Skeleton } from "@mantine/core";
import type { Counted } from "@sipprot/shared/stats";
import dynamic from "next/dynamic";
import { useTranslations } from "use-intl";
import { SectionCard } from "../../components/section-card.tsx";
import { useCountryName } from "../../components/use-country-name.ts";
import styles from "./countries-card.module.css";
import { RankedList } from "./ranked-list.tsx";

const LoadedMap = dynamic(() => import("./world-map/loaded-map.tsx").then((module) => module.LoadedMap), {
  ssr: false,
  loading: () => <Skeleton className={styles.room} />,
});

export function CountriesCard({
  countries,
  chosen,
  onChoose,
}: {
  readonly countries: readonly Counted[];
  readonly chosen: string | undefined;
  readonly onChoose: (code: string | undefined) => void;
}) {
  const t = useTranslations("dashboard");
  const nameOf = useCountryName();
  const counts = countries.map(({ name, refused, wouldRefuse }) => ({ code: name, count: refused + wouldRefuse }));
  const total = counts.reduce((sum, { count }) => sum + count, 0);
  return (
    <SectionCard title={t("countries")} note={t("countriesNote")}>
      <div className={styles.columns}>
        <LoadedMap countries={counts} chosen={chosen} onChoose={onChoose} />
        {counts.length === 0 ? (
          <p className={styles.none}>{t("nothingRefused")}</p>
        ) : (
          <RankedList
            label={t("countriesRanked")}
            rows={counts.map(({ code, count }) => ({ key: code, label: nameOf(code), count }))}
            total={total}
            chosen={chosen}
            onChoose={onChoose}
          />
        )}
      </div>
    </SectionCard>
  );
}
