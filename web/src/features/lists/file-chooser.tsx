/** Takes a CSV file: by a button, or dropped. */
"use client";
import { Button, FileButton, Text } from "@mantine/core";
import FileUp from "lucide-react/icons/file-up";
import { useState } from "react";
import { useTranslations } from "use-intl";
import styles from "./lists.module.css";
import type { FileWorkKind } from "./use-file-work.ts";

export interface FileChooserProps {
  readonly kind: FileWorkKind;
  readonly onFile: (file: File) => void;
}

export function FileChooser({ kind, onFile }: FileChooserProps) {
  const t = useTranslations("lists");
  const [isOver, setOver] = useState(false);
  const take = (file: File | null | undefined) => {
    if (file !== null && file !== undefined) onFile(file);
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: dropping is an extra; the button inside does the same.
    <div
      className={styles.drop}
      data-over={isOver || undefined}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault();
        setOver(false);
        take(event.dataTransfer.files[0]);
      }}
    >
      <FileButton accept=".csv,.txt,text/csv,text/plain" onChange={take}>
        {(props) => (
          <Button {...props} data-autofocus variant="default" leftSection={<FileUp size={15} aria-hidden />}>
            {t("chooseFile")}
          </Button>
        )}
      </FileButton>
      <Text c="dimmed">{kind === "import" ? t("importHint") : t("removalHint")}</Text>
    </div>
  );
}
