/** The draft of this browser tab: it outlives a reload, a crash and a session that ended, and nothing else. */
import type { SettingName, Settings } from "@sipprot/shared/settings";
import { useCallback, useEffect, useMemo, useState } from "react";
import { useMe } from "../../trpc/use-me.ts";
import { type Draft, editSetting, emptyDraft, forget, keepMine, readDraft, settle, type Typed } from "./draft.ts";

export interface SettingsDraft {
  readonly draft: Draft;
  readonly edit: (name: SettingName, value: Typed) => void;
  /** The value in force holds. */
  readonly takeTheirs: (name: SettingName) => void;
  /** The edit holds against the value that somebody else set. */
  readonly keepMine: (name: SettingName) => void;
  readonly discard: () => void;
  /** True when the draft was there when the page was opened. */
  readonly isRestored: boolean;
}

export function useSettingsDraft(settings: Settings): SettingsDraft {
  const me = useMe()?.name;
  const key = me === undefined ? undefined : `sipprot.settings.${me}`;
  const [draft, setDraft] = useState(emptyDraft);
  const [keptAs, setKeptAs] = useState<string>();
  const [isRestored, setRestored] = useState(false);
  useEffect(() => {
    if (key === undefined || keptAs === key) return;
    const kept = readDraft(window.sessionStorage.getItem(key));
    setDraft(kept);
    setRestored(Object.keys(kept.edits).length > 0);
    setKeptAs(key);
  }, [key, keptAs]);
  // What is in force by now is no change any more, whoever made it.
  const current = useMemo(() => settle(draft, settings), [draft, settings]);
  const isNone = Object.keys(current.edits).length === 0;
  useEffect(() => {
    if (keptAs === undefined) return;
    if (isNone) window.sessionStorage.removeItem(keptAs);
    else window.sessionStorage.setItem(keptAs, JSON.stringify(current));
  }, [keptAs, current, isNone]);
  return {
    draft: current,
    edit: useCallback((name, value) => setDraft((before) => editSetting(before, settings, name, value)), [settings]),
    takeTheirs: useCallback((name) => setDraft((before) => forget(before, name)), []),
    keepMine: useCallback((name) => setDraft((before) => keepMine(before, settings, name)), [settings]),
    discard: useCallback(() => {
      setDraft(emptyDraft);
      setRestored(false);
    }, []),
    isRestored: isRestored && !isNone,
  };
}
