/** Reads keys as commands: `/`, `?`, `z`, and `g` with a letter. Never in inputs, never with Ctrl, Alt or Meta. Pure. */
import { pageLinks } from "./navigation.ts";

/** After `g` the letter must come within this. */
export const SECOND_KEY_WITHIN_MS = 1500;

export interface PressedKey {
  readonly key: string;
  readonly atMs: number;
  readonly hasModifier: boolean;
  /** True in inputs, selects and whatever is edited. */
  readonly isTyping: boolean;
}

export type Command = { readonly do: "go"; readonly href: string } | { readonly do: "search" | "keys" | "undo" };

/** Remembers a `g` that waits for its letter. */
export class ShortcutReader {
  #goPressedAtMs: number | undefined;

  /** The command a key completes, if it does. */
  read({ key, atMs, hasModifier, isTyping }: PressedKey): Command | undefined {
    const wasGo = this.#goPressedAtMs !== undefined && atMs - this.#goPressedAtMs <= SECOND_KEY_WITHIN_MS;
    this.#goPressedAtMs = undefined;
    if (hasModifier || isTyping) return undefined;
    if (wasGo) {
      const page = pageLinks.find(({ letter }) => letter === key);
      return page === undefined ? undefined : { do: "go", href: page.href };
    }
    switch (key) {
      case "g":
        this.#goPressedAtMs = atMs;
        return undefined;
      case "/":
        return { do: "search" };
      case "?":
        return { do: "keys" };
      case "z":
        return { do: "undo" };
      default:
        return undefined;
    }
  }
}
