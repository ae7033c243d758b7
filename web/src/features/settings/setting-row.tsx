/** One setting: what it is, its control, its default, what it does and can hurt, and who changed it meanwhile. */
"use client";
import { Alert, Button, Group } from "@mantine/core";
import { defaultSettings, type SettingName } from "@sipprot/shared/settings";
import RotateCcw from "lucide-react/icons/rotate-ccw";
import TriangleAlert from "lucide-react/icons/triangle-alert";
import Users from "lucide-react/icons/users";
import { useId } from "react";
import { useTranslations } from "use-intl";
import { boundsOf } from "./bounds.ts";
import { isSame, type Typed } from "./draft.ts";
import { ReadOnlyValue, SettingInput } from "./setting-input.tsx";
import classes from "./setting-row.module.css";
import { useSettingWords } from "./use-setting-words.ts";
import { useValueText } from "./use-value-text.ts";

export interface SettingRowProps {
  readonly name: SettingName;
  /** As it is in force. */
  readonly inForce: Typed;
  /** As it is typed. */
  readonly value: Typed;
  readonly isEdited: boolean;
  readonly isWrong: boolean;
  readonly isConflict: boolean;
  readonly mayEdit: boolean;
  readonly onChange: (value: Typed) => void;
  readonly onTakeTheirs: () => void;
  readonly onKeepMine: () => void;
}

export function SettingRow(props: SettingRowProps) {
  const { name, inForce, value, isEdited, isWrong, isConflict, mayEdit, onChange, onTakeTheirs, onKeepMine } = props;
  const t = useTranslations("settings");
  const words = useSettingWords()[name];
  const wordValue = useValueText();
  const mistake = useMistake(name);
  const [labelId, doesId] = [useId(), useId()];
  const usual = defaultSettings[name];
  const error = isWrong ? mistake : undefined;
  return (
    <div className={classes.row} id={`setting-${name}`} data-setting={name} data-edited={isEdited || undefined}>
      <div className={classes.words}>
        <h3 id={labelId} className={classes.label}>
          {words.label}
          {isEdited && <span className={classes.edited}>{t("edited")}</span>}
        </h3>
        <p id={doesId} className={classes.does}>
          {words.does}
        </p>
        <p className={classes.hurts}>
          <TriangleAlert size={14} aria-hidden />
          <span>
            <span className={classes.hurtsLabel}>{t("canHurt")}</span> {words.hurts}
          </span>
        </p>
      </div>
      <div className={classes.control}>
        {mayEdit ? (
          <SettingInput
            name={name}
            value={value}
            labelledBy={labelId}
            describedBy={doesId}
            error={error}
            onChange={onChange}
          />
        ) : (
          <ReadOnlyValue text={wordValue(name, inForce)} />
        )}
        <div className={classes.usual}>
          {isSame(value, usual) ? (
            <span>{t("isDefault")}</span>
          ) : (
            <>
              <span>
                {name === "blockedAgents"
                  ? t("defaultAgents", { count: defaultSettings.blockedAgents.length })
                  : t("defaultIs", { value: wordValue(name, usual) })}
              </span>
              {mayEdit && (
                <Button
                  size="compact-xs"
                  variant="subtle"
                  leftSection={<RotateCcw size={12} aria-hidden />}
                  aria-label={t("resetOf", { setting: words.label })}
                  onClick={() => onChange(usual)}
                >
                  {t("resetToDefault")}
                </Button>
              )}
            </>
          )}
        </div>
        {isConflict && (
          <Alert color="orange" p="xs" icon={<Users aria-hidden />} role="alert" title={t("conflictTitle")}>
            {t("conflictText", { value: wordValue(name, inForce) })}
            <Group gap="xs" mt="xs">
              <Button size="compact-sm" variant="default" onClick={onTakeTheirs}>
                {t("takeTheirs")}
              </Button>
              <Button size="compact-sm" variant="default" onClick={onKeepMine}>
                {t("keepMine")}
              </Button>
            </Group>
          </Alert>
        )}
      </div>
    </div>
  );
}

/** What is wrong with a value the schema does not take, by the bounds it has. */
function useMistake(name: SettingName): string {
  const t = useTranslations("settings");
  const bounds = boundsOf(name);
  const wordValue = useValueText();
  if (bounds !== undefined && name === "dynamicBlockSeconds") {
    return t("fromTo", { min: wordValue(name, bounds.min), max: wordValue(name, bounds.max) });
  }
  if (bounds !== undefined) return t("wholeFromTo", { min: bounds.min, max: bounds.max });
  if (name === "protocols") return t("atLeastOneProtocol");
  if (name === "sipPorts") return t("onePortAtLeast");
  return name === "geoCountries" ? t("oneCountryAtLeast") : t("notPossible");
}
