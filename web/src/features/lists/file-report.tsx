/** What would become, or became, of a file: the numbers, how its first lines are read, and the lines that are not taken. */
"use client";
import { Button, Stack, Table, Text, Title } from "@mantine/core";
import type { FileReport } from "@sipprot/shared/list-file";
import Download from "lucide-react/icons/download";
import { useFormatter, useTranslations } from "use-intl";
import { downloadText } from "../../components/download.ts";
import { WireText } from "../../components/wire-text.tsx";
import { badLinesCsv } from "./bad-lines.ts";
import styles from "./lists.module.css";
import { NoteText } from "./note-text.tsx";
import type { FileWorkKind } from "./use-file-work.ts";
import { useFlawNames } from "./use-flaw-names.ts";

/** Bad lines shown on the page; the file has more. */
const MAX_SHOWN = 8;

export interface FileReportViewProps {
  readonly kind: FileWorkKind;
  readonly report: FileReport;
  readonly fileName: string;
  readonly isTrial: boolean;
}

export function FileReportView({ kind, report, fileName, isTrial }: FileReportViewProps) {
  const t = useTranslations("lists");
  const format = useFormatter();
  const { records, added, updated, removed, badCount, sample = [] } = report;
  const numbers =
    kind === "removal"
      ? [{ name: isTrial ? t("wouldRemove") : t("wereRemoved"), value: removed }]
      : [
          { name: isTrial ? t("wouldAdd") : t("wereAdded"), value: added },
          { name: isTrial ? t("wouldUpdate") : t("wereUpdated"), value: updated },
        ];
  return (
    <Stack gap="md">
      <dl className={styles.numbers}>
        {[{ name: t("linesRead"), value: records }, ...numbers, { name: t("badLines"), value: badCount }].map(
          ({ name, value }) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{format.number(value)}</dd>
            </div>
          ),
        )}
      </dl>
      {isTrial && sample.length > 0 && (
        <section>
          <Title order={3}>{t("firstLines")}</Title>
          <div className={styles.scroll}>
            <Table aria-label={t("firstLines")}>
              <Table.Thead>
                <Table.Tr>
                  <Table.Th scope="col">{t("line")}</Table.Th>
                  <Table.Th scope="col">{t("address")}</Table.Th>
                  {kind === "import" && <Table.Th scope="col">{t("note")}</Table.Th>}
                </Table.Tr>
              </Table.Thead>
              <Table.Tbody>
                {sample.map(({ line, network, note }) => (
                  <Table.Tr key={line}>
                    <Table.Td>{line}</Table.Td>
                    <Table.Td>
                      <WireText text={network} />
                    </Table.Td>
                    {kind === "import" && (
                      <Table.Td>
                        <NoteText note={note} isShort />
                      </Table.Td>
                    )}
                  </Table.Tr>
                ))}
              </Table.Tbody>
            </Table>
          </div>
        </section>
      )}
      {badCount > 0 && <BadLines report={report} fileName={fileName} />}
    </Stack>
  );
}

function BadLines({ report, fileName }: { readonly report: FileReport; readonly fileName: string }) {
  const t = useTranslations("lists");
  const names = useFlawNames();
  const { bad, badCount } = report;
  const download = () =>
    downloadText(
      `${fileName.replace(/\.[^.]*$/, "")}-${t("badLinesFile")}.csv`,
      badLinesCsv(report, names),
      "text/csv",
    );
  return (
    <section>
      <Title order={3}>{t("badLinesTitle", { count: badCount })}</Title>
      <Text c="dimmed">{t("badLinesText")}</Text>
      <div className={styles.scroll}>
        <Table aria-label={t("badLines")}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th scope="col">{t("line")}</Table.Th>
              <Table.Th scope="col">{t("content")}</Table.Th>
              <Table.Th scope="col">{t("flaw")}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {bad.slice(0, MAX_SHOWN).map(({ line, text, flaw }) => (
              <Table.Tr key={line} data-bad-line={line}>
                <Table.Td>{line}</Table.Td>
                <Table.Td>
                  <WireText text={text} />
                </Table.Td>
                <Table.Td>{names[flaw]}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </div>
      {badCount > MAX_SHOWN && <Text c="dimmed">{t("badLinesMore", { count: badCount - MAX_SHOWN })}</Text>}
      <Button
        mt="xs"
        size="compact-sm"
        variant="default"
        leftSection={<Download size={14} aria-hidden />}
        onClick={download}
      >
        {t("downloadBadLines")}
      </Button>
    </section>
  );
}
