/** What can be done with a report: print it, or keep it as text, CSV or JSON. */
"use client";
import { Button, Group } from "@mantine/core";
import type { Report } from "@sipprot/shared/report";
import { useMutation } from "@tanstack/react-query";
import Download from "lucide-react/icons/download";
import Printer from "lucide-react/icons/printer";
import { useLocale, useTranslations } from "use-intl";
import { downloadText } from "../../components/download.ts";
import { FormError } from "../../components/form-error.tsx";
import { useTRPCClient } from "../../trpc/trpc.ts";

type Format = "text" | "csv" | "json";

const files: Record<Format, { readonly extension: string; readonly type: string }> = {
  text: { extension: "txt", type: "text/plain" },
  csv: { extension: "csv", type: "text/csv" },
  json: { extension: "json", type: "application/json" },
};

export function ReportActions({ report }: { readonly report: Report }) {
  const t = useTranslations("reports");
  const language = useLocale();
  const client = useTRPCClient();
  const { date, host } = report;
  const keep = useMutation({
    mutationFn: async (format: Format) => {
      const text =
        format === "json"
          ? `${JSON.stringify(report, null, 2)}\n`
          : await client.reports.formatted.query({ date, format, language });
      const { extension, type } = files[format];
      downloadText(`sipprot-${host}-${date}.${extension}`, text, type);
    },
  });
  const labels: Record<Format, string> = { text: t("asText"), csv: t("asCsv"), json: t("asJson") };
  return (
    <div data-print="no">
      <Group gap="xs">
        <Button variant="default" leftSection={<Printer size={15} aria-hidden />} onClick={() => window.print()}>
          {t("print")}
        </Button>
        {(Object.keys(files) as Format[]).map((format) => (
          <Button
            key={format}
            variant="default"
            leftSection={<Download size={15} aria-hidden />}
            loading={keep.isPending && keep.variables === format}
            onClick={() => keep.mutate(format)}
          >
            {labels[format]}
          </Button>
        ))}
      </Group>
      <FormError error={keep.error} />
    </div>
  );
}
