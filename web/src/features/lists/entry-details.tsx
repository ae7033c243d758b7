/** What is under an unfolded entry: all that is known of it, and a copy for other programs. */
"use client";
import { Group } from "@mantine/core";
import type { ListRowOfPage } from "@sipprot/shared/list-page";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { AddressLink } from "../../components/address-link.tsx";
import { CopyButton } from "../../components/copy-button.tsx";
import { CountryName } from "../../components/country-name.tsx";
import { DateTime } from "../../components/date-time.tsx";
import { AuthorName } from "./author-name.tsx";
import { entryJson } from "./entry-json.ts";
import styles from "./lists.module.css";
import { NoteText } from "./note-text.tsx";

export function EntryDetails({ row }: { readonly row: ListRowOfPage }) {
  const t = useTranslations("lists");
  const { network, note, addedAtSeconds, addedBy, expiresAtSeconds, country } = row;
  return (
    <div className={styles.details}>
      <dl className={styles.facts}>
        <Fact name={t("address")}>
          <AddressLink address={network} />
        </Fact>
        <Fact name={t("country")}>
          <CountryName code={country.code} />
          {country.code !== "" && ` (${country.code})`}
        </Fact>
        <Fact name={t("time")}>
          <DateTime atMs={addedAtSeconds * 1000} />
        </Fact>
        <Fact name={t("addedBy")}>
          <AuthorName by={addedBy} />
        </Fact>
        <Fact name={t("ends")}>
          {expiresAtSeconds === undefined ? t("untilRemoved") : <DateTime atMs={expiresAtSeconds * 1000} />}
        </Fact>
        <div className={styles.wide}>
          <dt>{t("note")}</dt>
          <dd>{note === "" ? t("noNote") : <NoteText note={note} />}</dd>
        </div>
      </dl>
      <Group gap="xs">
        <CopyButton text={entryJson(row)} label={t("copyJson")} />
      </Group>
    </div>
  );
}

function Fact({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}
