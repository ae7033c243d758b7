/** What is under an unfolded entry: all that is known of it, and a copy for other programs. */
"use client";
import { Group } from "@mantine/core";
import type { ListRowOfPage } from "@sipprot/shared/list-page";
import { useTranslations } from "use-intl";
import { AddressLink } from "../../components/address-link.tsx";
import { CopyButton } from "../../components/copy-button.tsx";
import { CountryName } from "../../components/country-name.tsx";
import { DateTime } from "../../components/date-time.tsx";
import { Fact, FactList } from "../../components/fact-list.tsx";
import { AuthorName } from "./author-name.tsx";
import { entryJson } from "./entry-json.ts";
import styles from "./lists.module.css";
import { NoteText } from "./note-text.tsx";

export function EntryDetails({ row }: { readonly row: ListRowOfPage }) {
  const t = useTranslations("lists");
  const { network, note, addedAtSeconds, addedBy, expiresAtSeconds, country } = row;
  return (
    <div className={styles.details}>
      <FactList>
        <Fact name={t("address")} value={<AddressLink address={network} />} />
        <Fact
          name={t("country")}
          value={
            <>
              <CountryName code={country.code} />
              {country.code !== "" && ` (${country.code})`}
            </>
          }
        />
        <Fact name={t("time")} value={<DateTime atMs={addedAtSeconds * 1000} />} />
        <Fact name={t("addedBy")} value={<AuthorName by={addedBy} />} />
        <Fact
          name={t("ends")}
          value={expiresAtSeconds === undefined ? t("untilRemoved") : <DateTime atMs={expiresAtSeconds * 1000} />}
        />
      </FactList>
      <dl className={styles.wholeNote}>
        <Fact name={t("note")} value={note === "" ? t("noNote") : <NoteText note={note} />} />
      </dl>
      <Group gap="xs">
        <CopyButton text={entryJson(row)} label={t("copyJson")} />
      </Group>
    </div>
  );
}
