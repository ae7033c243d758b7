/** The recovery codes of a second factor, shown this once: to copy, or to keep as a file. */
"use client";
import { Alert, Button, Group, SimpleGrid, Stack } from "@mantine/core";
import Download from "lucide-react/icons/download";
import KeyRound from "lucide-react/icons/key-round";
import { useTranslations } from "use-intl";
import { CopyButton } from "../../components/copy-button.tsx";
import { downloadText } from "../../components/download.ts";

export function RecoveryCodes({
  codes,
  accountName,
}: {
  readonly codes: readonly string[];
  readonly accountName: string;
}) {
  const t = useTranslations("account");
  const text = `${codes.join("\n")}\n`;
  return (
    <Stack gap="sm">
      <Alert icon={<KeyRound aria-hidden />} title={t("recoveryTitle")}>
        {t("recoveryText")}
      </Alert>
      <SimpleGrid
        cols={{ base: 1, xs: 2 }}
        spacing="xs"
        component="ul"
        style={{ listStyle: "none", margin: 0, padding: 0 }}
      >
        {codes.map((code) => (
          <li key={code}>
            <code>{code}</code>
          </li>
        ))}
      </SimpleGrid>
      <Group gap="xs">
        <CopyButton text={text} label={t("copyCodes")} />
        <Button
          variant="default"
          size="compact-sm"
          leftSection={<Download size={14} aria-hidden />}
          onClick={() => downloadText(`sipprot-${accountName}.txt`, text, "text/plain")}
        >
          {t("downloadCodes")}
        </Button>
      </Group>
    </Stack>
  );
}
