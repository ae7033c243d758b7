/** Keeps what is shown of the trail as a file, fetched piece by piece, with how many pieces have come. */
"use client";
import { Button, Group, Text } from "@mantine/core";
import type { AuditFilter, AuditFormat } from "@sipprot/shared/audit";
import { useMutation } from "@tanstack/react-query";
import Download from "lucide-react/icons/download";
import { useState } from "react";
import { useFormatter, useTranslations } from "use-intl";
import { downloadText } from "../../components/download.ts";
import { FormError } from "../../components/form-error.tsx";
import { patiently } from "../../trpc/patiently.ts";
import { serverNowMs } from "../../trpc/server-clock.ts";
import { useTRPCClient } from "../../trpc/trpc.ts";

const types: Record<AuditFormat, string> = { csv: "text/csv", jsonl: "application/jsonl" };

export function ExportAudit({ filterAt }: { readonly filterAt: (nowMs: number) => AuditFilter }) {
  const t = useTranslations("audit");
  const format = useFormatter();
  const client = useTRPCClient();
  const [characters, setCharacters] = useState(0);
  const keep = useMutation({
    mutationFn: async (kind: AuditFormat) => {
      const nowMs = serverNowMs();
      const filter = filterAt(nowMs);
      const pieces: string[] = [];
      let sum = 0;
      let after: string | undefined;
      do {
        const input = { format: kind, filter, ...(after === undefined ? {} : { after }) };
        const { text, next } = await patiently(() => client.audit.export.query(input));
        pieces.push(text);
        sum += text.length;
        setCharacters(sum);
        after = next;
      } while (after !== undefined);
      downloadText(`sipprot-audit-${new Date(nowMs).toISOString().slice(0, 10)}.${kind}`, pieces, types[kind]);
    },
    onMutate: () => setCharacters(0),
  });
  const button = (kind: AuditFormat, label: string) => (
    <Button
      variant="default"
      leftSection={<Download size={15} aria-hidden />}
      loading={keep.isPending && keep.variables === kind}
      onClick={() => keep.mutate(kind)}
    >
      {label}
    </Button>
  );
  return (
    <>
      <Group gap="xs">
        {button("csv", t("asCsv"))}
        {button("jsonl", t("asJson"))}
        {keep.isPending && (
          <Text c="dimmed" role="status">
            {t("exporting", { kilobytes: format.number(Math.ceil(characters / 1000)) })}
          </Text>
        )}
      </Group>
      <FormError error={keep.error} />
    </>
  );
}
