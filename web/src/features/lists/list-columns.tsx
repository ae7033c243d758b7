/** The columns of the allowlist and the denylist. */
import type { ListRowOfPage, ListSort } from "@sipprot/shared/list-page";
import { useMemo } from "react";
import { useTranslations } from "use-intl";
import { AddressLink } from "../../components/address-link.tsx";
import { CountryName } from "../../components/country-name.tsx";
import type { DataColumn } from "../../components/data-column.ts";
import { DayText } from "../../components/day-text.tsx";
import { TimeLeft } from "../../components/time-left.tsx";
import { AuthorName } from "./author-name.tsx";
import styles from "./lists.module.css";
import { NoteText } from "./note-text.tsx";

export function useListColumns(): ReadonlyArray<DataColumn<ListRowOfPage, ListSort>> {
  const t = useTranslations("lists");
  return useMemo(
    () => [
      {
        id: "address",
        header: t("address"),
        sort: "address",
        isTitle: true,
        width: "11rem",
        cell: ({ network }) => <AddressLink address={network} />,
      },
      {
        id: "country",
        header: t("country"),
        sort: "country",
        width: "9.75rem",
        cell: ({ country }) => <CountryName code={country.code} />,
      },
      {
        id: "note",
        header: t("note"),
        sort: "note",
        cell: ({ note }) => (note === "" ? <span className={styles.none}>–</span> : <NoteText note={note} isShort />),
      },
      {
        id: "time",
        header: t("time"),
        sort: "time",
        width: "7.5rem",
        cell: ({ addedAtSeconds }) => <DayText atMs={addedAtSeconds * 1000} />,
      },
      {
        id: "addedBy",
        header: t("addedBy"),
        sort: "addedBy",
        width: "8rem",
        cell: ({ addedBy }) => <AuthorName by={addedBy} />,
      },
      {
        id: "expiry",
        header: t("ends"),
        sort: "expiry",
        width: "6.5rem",
        cell: ({ expiresAtSeconds }) =>
          expiresAtSeconds === undefined ? (
            <span className={styles.none}>{t("never")}</span>
          ) : (
            <TimeLeft untilMs={expiresAtSeconds * 1000} />
          ),
      },
    ],
    [t],
  );
}
