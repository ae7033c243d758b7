/** The control of one setting, by what kind of value it is. */
"use client";
import { Checkbox, Group, Radio, Stack, Switch, Text, TextInput, VisuallyHidden } from "@mantine/core";
import { defaultSettings, type SettingName } from "@sipprot/shared/settings";
import { useTranslations } from "use-intl";
import { CountriesInput } from "./countries-input.tsx";
import { isAcceptable, type Typed } from "./draft.ts";
import { ListInput } from "./list-input.tsx";
import { DurationField, NumberField } from "./number-input.tsx";
import { useSettingWords } from "./use-setting-words.ts";

/** A label that is only heard takes no room. */
const unseen = { style: { position: "absolute" } } as const;

export interface SettingInputProps {
  readonly name: SettingName;
  readonly value: Typed;
  readonly labelledBy: string;
  readonly describedBy: string;
  readonly error: string | undefined;
  readonly onChange: (value: Typed) => void;
}

export function SettingInput(props: SettingInputProps) {
  const { name, value, labelledBy, describedBy, error, onChange } = props;
  const t = useTranslations("settings");
  const { label, unit } = useSettingWords()[name];
  const choice = useChoices(name);
  if (choice !== undefined) {
    return (
      <Radio.Group
        // The heading beside says it to the eyes; a group is named by a label of its own.
        label={<VisuallyHidden>{label}</VisuallyHidden>}
        labelProps={unseen}
        error={error}
        value={String(value)}
        onChange={(chosen) => onChange((name === "failOpen" ? chosen === "true" : chosen) as Typed)}
      >
        <Stack gap={6}>
          {choice.map(({ value: one, label: title, text }) => (
            <Radio key={one} value={one} label={title} description={text} />
          ))}
        </Stack>
      </Radio.Group>
    );
  }
  switch (name) {
    case "protocols":
      return (
        <Checkbox.Group
          label={<VisuallyHidden>{label}</VisuallyHidden>}
          labelProps={unseen}
          error={error}
          value={Array.isArray(value) ? [...value] : []}
          // Always in one order, so that the same choice is the same value.
          onChange={(chosen) => onChange((["udp", "tcp"] as const).filter((one) => chosen.includes(one)))}
        >
          <Group gap="lg">
            <Checkbox value="udp" label="UDP" />
            <Checkbox value="tcp" label="TCP" />
          </Group>
        </Checkbox.Group>
      );
    case "sipPorts":
      return (
        <ListInput
          label={label}
          addLabel={t("addPort")}
          placeholder="5060:5062"
          entries={listOf(value)}
          defaults={[]}
          read={(typed) => {
            const entry = typed.replace(/\s*[-:–]\s*/, ":");
            return isAcceptable("sipPorts", [entry]) ? { entry } : { wrong: t("wrongPort") };
          }}
          onChange={onChange}
        />
      );
    case "blockedAgents":
      return (
        <ListInput
          label={label}
          addLabel={t("addAgent")}
          placeholder="friendly-scanner"
          entries={listOf(value)}
          defaults={defaultSettings.blockedAgents}
          read={(entry) => (isAcceptable("blockedAgents", [entry]) ? { entry } : { wrong: t("wrongAgent") })}
          onChange={onChange}
        />
      );
    case "geoCountries":
      return <CountriesInput label={label} countries={listOf(value)} error={error} onChange={onChange} />;
    case "geoDatabaseFile":
      return (
        <TextInput
          aria-labelledby={labelledBy}
          aria-describedby={describedBy}
          placeholder={t("builtIn")}
          value={typeof value === "string" ? value : ""}
          error={error}
          spellCheck={false}
          onChange={(event) => onChange(event.currentTarget.value)}
        />
      );
    case "dynamicBlockSeconds":
      return <DurationField {...{ labelledBy, describedBy, value, error, onChange }} />;
    default:
      if (typeof defaultSettings[name] === "boolean") {
        return (
          <Switch
            checked={value === true}
            label={value === true ? t("on") : t("off")}
            aria-label={label}
            aria-describedby={describedBy}
            onChange={(event) => onChange(event.currentTarget.checked)}
          />
        );
      }
      return <NumberField {...{ labelledBy, describedBy, value, error, onChange }} unit={unit ?? ""} />;
  }
}

function listOf(value: Typed): readonly string[] {
  return Array.isArray(value) ? value : [];
}

interface Choice {
  readonly value: string;
  readonly label: string;
  readonly text: string;
}

/** The settings whose values need a sentence each. */
function useChoices(name: SettingName): readonly Choice[] | undefined {
  const t = useTranslations("settings");
  switch (name) {
    case "mode":
      return [
        { value: "observe", label: t("observe"), text: t("observeText") },
        { value: "protect", label: t("protect"), text: t("protectText") },
      ];
    case "failOpen":
      return [
        { value: "true", label: t("open"), text: t("openText") },
        { value: "false", label: t("closed"), text: t("closedText") },
      ];
    case "geoMode":
      return [
        { value: "off", label: t("geoOff"), text: t("geoOffText") },
        { value: "deny", label: t("geoDeny"), text: t("geoDenyText") },
        { value: "allow", label: t("geoAllow"), text: t("geoAllowText") },
      ];
    default:
      return undefined;
  }
}

/** The value as it stands, for who may only look. */
export function ReadOnlyValue({ text }: { readonly text: string }) {
  return (
    <Text fw={500} style={{ overflowWrap: "anywhere" }}>
      {text}
    </Text>
  );
}
