/** Puts what a CSV file names on a list, or takes it off: chosen, tried, looked at, done. Loaded when it is first wanted. */
"use client";
import { Button, Group, Modal, Progress, Stack, Text } from "@mantine/core";
import type { FileReport } from "@sipprot/shared/list-file";
import type { ListName } from "@sipprot/shared/lists";
import { useEffect, useRef } from "react";
import { useFormatter, useTranslations } from "use-intl";
import { FormError } from "../../components/form-error.tsx";
import { FileChooser } from "./file-chooser.tsx";
import { FileReportView } from "./file-report.tsx";
import styles from "./lists.module.css";
import { type FileWorkKind, type FileWorkState, useFileWork } from "./use-file-work.ts";

export interface FileDialogProps {
  readonly list: ListName;
  readonly kind: FileWorkKind;
  readonly isShown: boolean;
  readonly onClose: () => void;
  readonly onDone: (report: FileReport) => void;
}

export function FileDialog({ list, kind, isShown, onClose, onDone }: FileDialogProps) {
  const t = useTranslations("lists");
  const kit = useTranslations("kit");
  const work = useFileWork(list, kind, onDone);
  const { state } = work;
  const place = useRef<HTMLDivElement>(null);
  const { step } = state;
  // The button that was pressed is gone with its step.
  useEffect(() => {
    if (step !== "choose") place.current?.focus();
  }, [step]);
  const close = () => {
    work.reset();
    onClose();
  };
  const titles = {
    import: list === "allow" ? t("importToAllow") : t("importToDeny"),
    removal: list === "allow" ? t("removeFromAllow") : t("removeFromDeny"),
  };
  const count = state.step === "tried" ? changesOf(state.report) : 0;
  return (
    <Modal
      opened={isShown}
      onClose={close}
      size="xl"
      title={titles[kind]}
      closeButtonProps={{ "aria-label": kit("close") }}
      // A click beside it must not stop a long import.
      closeOnClickOutside={state.step !== "working"}
    >
      <Stack gap="md">
        {state.step === "choose" && (
          <>
            <FormError error={state.error} />
            <FileChooser kind={kind} onFile={(file) => void work.choose(file)} />
          </>
        )}
        {state.step !== "choose" && <Text fw={600}>{state.file.name}</Text>}
        {(state.step === "trying" || state.step === "working") && <Sending state={state} />}
        <div role="status" ref={place} tabIndex={-1} className={styles.place}>
          {state.step === "tried" && (
            <Text>{count === 0 ? t("nothingToDo") : kind === "import" ? t("triedImport") : t("triedRemoval")}</Text>
          )}
          {state.step === "done" && <Text>{t("fileDone")}</Text>}
        </div>
        {(state.step === "tried" || state.step === "done") && (
          <FileReportView
            kind={kind}
            report={state.report}
            fileName={state.file.name}
            isTrial={state.step === "tried"}
          />
        )}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={close}>
            {state.step === "done" ? kit("close") : kit("cancel")}
          </Button>
          {(state.step === "tried" || state.step === "done") && (
            <Button variant="default" onClick={work.reset}>
              {t("otherFile")}
            </Button>
          )}
          {state.step === "tried" && count > 0 && (
            <Button data-autofocus {...(kind === "removal" ? { color: "red" } : {})} onClick={() => void work.run()}>
              {kind === "import" ? t("importCount", { count }) : t("removeConfirm", { count })}
            </Button>
          )}
        </Group>
      </Stack>
    </Modal>
  );
}

function changesOf({ added, updated, removed }: FileReport): number {
  return added + updated + removed;
}

/** How far the file is. */
function Sending({ state }: { readonly state: Extract<FileWorkState, { step: "trying" | "working" }> }) {
  const t = useTranslations("lists");
  const format = useFormatter();
  const { step, file, sentBytes } = state;
  const ratio = file.size === 0 ? 1 : sentBytes / file.size;
  const label = step === "trying" ? t("trying") : t("working");
  return (
    <div>
      <Text role="status">{label}</Text>
      <Group gap="sm" wrap="nowrap">
        <Progress.Root flex={1} size="lg">
          <Progress.Section value={ratio * 100} aria-label={label} />
        </Progress.Root>
        <Text className="tabular">{format.number(ratio, { style: "percent" })}</Text>
      </Group>
      {step === "working" && <Text c="dimmed">{t("workingNote")}</Text>}
    </div>
  );
}
