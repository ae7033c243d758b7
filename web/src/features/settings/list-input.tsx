/** A list that is edited entry by entry: each can be taken out by keyboard, new ones are typed or chosen below. */
"use client";
import { ActionIcon, Button, Group, TextInput } from "@mantine/core";
import Plus from "lucide-react/icons/plus";
import X from "lucide-react/icons/x";
import { type ReactNode, useRef, useState } from "react";
import { useTranslations } from "use-intl";
import { useAnnounce } from "../../components/live-region.tsx";
import { WireText } from "../../components/wire-text.tsx";
import classes from "./list-input.module.css";

export interface EntryListProps {
  readonly label: string;
  readonly entries: readonly string[];
  /** Our own words for an entry; without, it is shown as the text it is. */
  readonly nameOf?: (entry: string) => string;
  readonly onRemove: (entry: string) => void;
}

/** The entries, each with a button that takes it out. */
export function EntryList({ label, entries, nameOf, onRemove }: EntryListProps) {
  const t = useTranslations("settings");
  const announce = useAnnounce();
  const list = useRef<HTMLUListElement>(null);
  const word = (entry: string) => nameOf?.(entry) ?? entry;
  const remove = (entry: string, index: number) => {
    onRemove(entry);
    announce(t("removedEntry", { entry: word(entry) }));
    // The button is gone: the reader goes on at the next.
    requestAnimationFrame(() => {
      const buttons = list.current?.querySelectorAll("button");
      buttons?.[Math.min(index, buttons.length - 1)]?.focus();
    });
  };
  if (entries.length === 0) return <p className={classes.none}>{t("noEntries")}</p>;
  return (
    <ul ref={list} className={classes.entries} aria-label={label}>
      {entries.map((entry, index) => (
        <li key={entry} className={classes.entry}>
          <span className={classes.name}>{nameOf === undefined ? <WireText text={entry} /> : word(entry)}</span>
          <ActionIcon
            size={24}
            aria-label={t("removeEntry", { entry: word(entry) })}
            onClick={() => remove(entry, index)}
          >
            <X size={14} aria-hidden />
          </ActionIcon>
        </li>
      ))}
    </ul>
  );
}

export interface ListInputProps {
  readonly label: string;
  readonly addLabel: string;
  readonly placeholder: string;
  readonly entries: readonly string[];
  /** Offered to be put back when they were taken out. */
  readonly defaults: readonly string[];
  /** The entry as it is kept, or why it is none. */
  readonly read: (typed: string) => { readonly entry: string } | { readonly wrong: string };
  readonly onChange: (entries: string[]) => void;
  readonly children?: ReactNode;
}

export function ListInput(props: ListInputProps) {
  const { label, addLabel, placeholder, entries, defaults, read, onChange, children } = props;
  const t = useTranslations("settings");
  const announce = useAnnounce();
  const [typed, setTyped] = useState("");
  const [wrong, setWrong] = useState<string>();
  const missing = defaults.filter((entry) => !entries.includes(entry));
  const add = () => {
    if (typed.trim() === "") return;
    const said = read(typed.trim());
    if ("wrong" in said) {
      setWrong(said.wrong);
      return;
    }
    if (!entries.includes(said.entry)) onChange([...entries, said.entry]);
    announce(t("addedEntry", { entry: said.entry }));
    setTyped("");
    setWrong(undefined);
  };
  return (
    <div className={classes.list}>
      <EntryList
        label={label}
        entries={entries}
        onRemove={(gone) => onChange(entries.filter((entry) => entry !== gone))}
      />
      <Group gap="xs" align="flex-start" wrap="nowrap">
        <TextInput
          className={classes.typed}
          aria-label={addLabel}
          placeholder={placeholder}
          value={typed}
          error={wrong}
          maxLength={100}
          spellCheck={false}
          autoComplete="off"
          onChange={(event) => setTyped(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key !== "Enter") return;
            event.preventDefault();
            add();
          }}
        />
        <Button variant="default" leftSection={<Plus size={15} aria-hidden />} onClick={add}>
          {t("add")}
        </Button>
      </Group>
      {missing.length > 0 && missing.length < defaults.length && (
        <div className={classes.missing}>
          <span>{t("missingDefaults")}</span>
          {missing.map((entry) => (
            <Button
              key={entry}
              size="compact-xs"
              variant="default"
              leftSection={<Plus size={12} aria-hidden />}
              onClick={() => onChange([...entries, entry])}
            >
              {entry}
            </Button>
          ))}
        </div>
      )}
      {children}
    </div>
  );
}
