/** The keys of the whole page; they can be switched off, for speech input and for who is disturbed by them. */
import { useLocalStorage } from "@mantine/hooks";
import { useRouter } from "next/navigation";
import { useEffect } from "react";
import { UNDO_BUTTON } from "../../components/undo.tsx";
import { ShortcutReader } from "./shortcuts.ts";

/** The search of the page, or the lookup of the header where the page has none. */
const SEARCH_BOXES = ["main [data-page-search]", "header input"];

/** Whether the keys work in this browser. */
export function useShortcutSwitch(): [boolean, (isOn: boolean) => void] {
  const [isOn, setOn] = useLocalStorage({ key: "sipprot-keys", defaultValue: true });
  return [isOn, setOn];
}

export function useShortcuts(isOn: boolean, onKeys: () => void): void {
  const router = useRouter();
  useEffect(() => {
    if (!isOn) return;
    const reader = new ShortcutReader();
    const press = (event: KeyboardEvent) => {
      const command = reader.read({
        key: event.key,
        atMs: event.timeStamp,
        hasModifier: event.ctrlKey || event.altKey || event.metaKey || event.isComposing,
        isTyping: isTypingPlace(event.target),
      });
      // A dialog has the page's keys to itself.
      if (command === undefined || document.querySelector("[role=dialog]") !== null) return;
      event.preventDefault();
      if (command.do === "go") router.push(command.href);
      else if (command.do === "keys") onKeys();
      else if (command.do === "undo") lastOf(UNDO_BUTTON)?.focus();
      else firstOf(SEARCH_BOXES)?.focus();
    };
    document.addEventListener("keydown", press);
    return () => document.removeEventListener("keydown", press);
  }, [isOn, onKeys, router]);
}

function isTypingPlace(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.closest("input, textarea, select, [contenteditable=true]") !== null;
}

function firstOf(selectors: readonly string[]): HTMLElement | undefined {
  return selectors.flatMap((selector) => [...document.querySelectorAll<HTMLElement>(selector)])[0];
}

function lastOf(selector: string): HTMLElement | undefined {
  return [...document.querySelectorAll<HTMLElement>(selector)].at(-1);
}
