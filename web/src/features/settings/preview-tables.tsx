/** The sources and phones of a preview, the largest first. */
"use client";
import { Table, Text } from "@mantine/core";
import type { PreviewGroup, SettingsPreview } from "@sipprot/shared/settings-preview";
import { useFormatter, useTranslations } from "use-intl";
import { AddressLink } from "../../components/address-link.tsx";
import { GateBadge } from "../../components/gate-badge.tsx";
import { useCountryName } from "../../components/use-country-name.ts";
import { WireText } from "../../components/wire-text.tsx";
import classes from "./review-dialog.module.css";

export function HurtTable({ hurt }: { readonly hurt: SettingsPreview["hurt"] }) {
  const t = useTranslations("settings");
  const country = useCountryName();
  return (
    <div className={classes.table}>
      <Table captionSide="top" aria-label={t("hurtTitle")}>
        <Table.Caption ta="start">{t("hurtTitle")}</Table.Caption>
        <Table.Thead>
          <Table.Tr>
            <Table.Th scope="col">{t("address")}</Table.Th>
            <Table.Th scope="col">{t("accounts")}</Table.Th>
            <Table.Th scope="col">{t("agents")}</Table.Th>
            <Table.Th scope="col">{t("refusedBy")}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {hurt.rows.map((row) => (
            <Table.Tr key={row.source} data-hurt={row.source}>
              <Table.Th scope="row" fw={500}>
                <AddressLink address={row.source} />
                {row.country !== "" && (
                  <Text size="xs" c="dimmed">
                    {country(row.country)}
                  </Text>
                )}
              </Table.Th>
              <Table.Td>
                <Accounts names={row.accounts} count={row.accountCount} />
                {row.isTrunk && <Text size="xs">{t("trunk")}</Text>}
              </Table.Td>
              <Table.Td>
                {row.agents.map((agent) => (
                  <div key={agent}>
                    <WireText text={agent} foldAfter={40} />
                  </div>
                ))}
              </Table.Td>
              <Table.Td>
                <GateBadge gate={row.gate} />
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
      <More shown={hurt.rows.length} all={hurt.sources} />
    </div>
  );
}

function Accounts({ names, count }: { readonly names: readonly string[]; readonly count: number }) {
  const t = useTranslations("settings");
  const shown = names.slice(0, 4);
  return (
    <>
      {shown.map((name, index) => (
        <span key={name}>
          {index > 0 && ", "}
          <WireText text={name} foldAfter={40} />
        </span>
      ))}
      {count > shown.length && (
        <Text size="xs" c="dimmed">
          {t("andMore", { count: count - shown.length })}
        </Text>
      )}
    </>
  );
}

export function SourcesTable({ title, group }: { readonly title: string; readonly group: PreviewGroup }) {
  const t = useTranslations("settings");
  const format = useFormatter();
  const country = useCountryName();
  const rows = group.rows.slice(0, 8);
  return (
    <div className={classes.table}>
      <Table captionSide="top" aria-label={title}>
        <Table.Caption ta="start">{title}</Table.Caption>
        <Table.Thead>
          <Table.Tr>
            <Table.Th scope="col">{t("address")}</Table.Th>
            <Table.Th scope="col">{t("agent")}</Table.Th>
            <Table.Th scope="col">{t("gate")}</Table.Th>
            <Table.Th scope="col" ta="end">
              {t("messages")}
            </Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rows.map((row) => (
            <Table.Tr key={row.source} data-source={row.source}>
              <Table.Th scope="row" fw={500}>
                <AddressLink address={row.source} />
                {row.country !== "" && (
                  <Text size="xs" c="dimmed">
                    {country(row.country)}
                  </Text>
                )}
              </Table.Th>
              <Table.Td>
                <WireText text={row.agent} foldAfter={40} />
              </Table.Td>
              <Table.Td>
                <GateBadge gate={row.gate} />
              </Table.Td>
              <Table.Td ta="end" className="tabular">
                {format.number(row.messages)}
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
      <More shown={rows.length} all={group.sources} />
    </div>
  );
}

function More({ shown, all }: { readonly shown: number; readonly all: number }) {
  const t = useTranslations("settings");
  if (all <= shown) return null;
  return (
    <Text size="xs" c="dimmed" px="xs">
      {t("andMoreSources", { count: all - shown })}
    </Text>
  );
}
