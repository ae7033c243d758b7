/** Which settings a search finds: by what they are called, what they do and hurt, and their name on the command line. Pure. */
import type { SettingName } from "@sipprot/shared/settings";
import type { SettingWords } from "./use-setting-words.ts";

/** Every word of the search must be there; case and accents do not count. */
export function findsSetting(search: string, name: SettingName, { label, does, hurts }: SettingWords): boolean {
  const text = plain([name, label, does, hurts].join(" "));
  return plain(search)
    .split(/\s+/)
    .every((word) => text.includes(word));
}

/** Without accents and case. */
export function plain(text: string): string {
  return text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
}
