/** Before saving: what changes from what to what, whom it would have hurt yesterday, and what is dangerous about it. */
"use client";
import { Alert, Button, Group, Modal, Stack } from "@mantine/core";
import type { Settings } from "@sipprot/shared/settings";
import { listDangers } from "@sipprot/shared/settings-danger";
import Timer from "lucide-react/icons/timer";
import { useTranslations } from "use-intl";
import { FormError } from "../../components/form-error.tsx";
import type { Change } from "./draft.ts";
import { PreviewPanel } from "./preview-panel.tsx";
import classes from "./review-dialog.module.css";
import { useDangerWords } from "./use-danger-words.ts";
import { useSettingWords } from "./use-setting-words.ts";
import { useValueText } from "./use-value-text.ts";

export interface ReviewDialogProps {
  readonly isShown: boolean;
  readonly changes: readonly Change[];
  readonly before: Settings;
  readonly after: Settings;
  readonly confirmSeconds: number;
  readonly error: unknown;
  readonly isSaving: boolean;
  readonly onSave: () => void;
  readonly onClose: () => void;
}

export function ReviewDialog(props: ReviewDialogProps) {
  const { isShown, changes, before, after, confirmSeconds, error, isSaving, onSave, onClose } = props;
  const t = useTranslations("settings");
  const kit = useTranslations("kit");
  const words = useSettingWords();
  const wordValue = useValueText();
  const wordDanger = useDangerWords();
  const dangers = listDangers(before, after);
  const isDangerous = dangers.length > 0;
  return (
    <Modal
      opened={isShown}
      onClose={onClose}
      size="xl"
      title={t("reviewTitle", { count: changes.length })}
      closeButtonProps={{ "aria-label": kit("close") }}
    >
      <Stack gap="md">
        <FormError error={error} />
        <dl className={classes.changes}>
          {changes.map(({ name, from, to }) => (
            <div key={name} className={classes.change} data-change={name}>
              <dt>{words[name].label}</dt>
              <dd>
                {Array.isArray(from) && Array.isArray(to) ? (
                  <ListChange
                    added={to.filter((one) => !(from as readonly string[]).includes(one))}
                    removed={from.filter((one) => !(to as readonly string[]).includes(one))}
                    nameOf={(one) => wordValue(name, [one] as never)}
                  />
                ) : (
                  <>
                    <span className={classes.from}>{wordValue(name, from)}</span>
                    <span aria-hidden> → </span>
                    <span className={classes.hidden}>{t("becomes")}</span>
                    <strong>{wordValue(name, to)}</strong>
                  </>
                )}
              </dd>
            </div>
          ))}
        </dl>
        {isDangerous && (
          <Alert color="orange" icon={<Timer aria-hidden />} title={t("dangerTitle", { seconds: confirmSeconds })}>
            <ul className={classes.dangers}>
              {dangers.map((danger) => (
                <li key={danger}>{wordDanger[danger]}</li>
              ))}
            </ul>
            {t("dangerText", { seconds: confirmSeconds })}
          </Alert>
        )}
        <PreviewPanel changes={changes} isObserving={after.mode === "observe"} isWholeHost={after.geoWholeHost} />
        <Group justify="flex-end" gap="xs">
          <Button variant="default" {...(isDangerous ? { "data-autofocus": true } : {})} onClick={onClose}>
            {t("backToEdit")}
          </Button>
          <Button
            {...(isDangerous ? { color: "red" } : { "data-autofocus": true })}
            loading={isSaving}
            onClick={onSave}
          >
            {isDangerous ? t("saveOnTrial") : t("save", { count: changes.length })}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}

function ListChange({
  added,
  removed,
  nameOf,
}: {
  readonly added: readonly string[];
  readonly removed: readonly string[];
  readonly nameOf: (entry: string) => string;
}) {
  const t = useTranslations("settings");
  return (
    <>
      {added.length > 0 && (
        <span className={classes.line}>
          <strong>{t("added")}</strong> {added.map(nameOf).join(", ")}
        </span>
      )}
      {removed.length > 0 && (
        <span className={classes.line}>
          <strong>{t("removed")}</strong> {removed.map(nameOf).join(", ")}
        </span>
      )}
      {added.length + removed.length === 0 && <span>{t("otherOrder")}</span>}
    </>
  );
}
