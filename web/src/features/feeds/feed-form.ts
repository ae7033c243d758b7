/** A feed as somebody types it, and back. Pure. */
import type { Feed } from "@sipprot/shared/feed";

export interface FeedForm {
  readonly id: string;
  readonly name: string;
  readonly note: string;
  readonly url: string;
  /** `lines` is one network a line, or the first column. */
  readonly format: "lines" | "columns";
  readonly column: number;
  readonly intervalMinutes: string;
}

/** Schedules that are offered, in minutes. */
export const feedIntervals = [15, 60, 360, 720, 1440, 10_080] as const;
const DEFAULT_INTERVAL = 360;

/** Which input a field of the server's answer is about. */
export const feedFields: Readonly<Record<string, keyof FeedForm>> = {
  id: "id",
  name: "name",
  note: "note",
  url: "url",
  column: "column",
  intervalMinutes: "intervalMinutes",
};

/** The form of a feed; empty for a new one. */
export function readFeedForm(feed: Feed | undefined): FeedForm {
  const column = feed?.column ?? 1;
  return {
    id: feed?.id ?? "",
    name: feed?.name ?? "",
    note: feed?.note ?? "",
    url: feed?.url ?? "",
    format: column === 1 ? "lines" : "columns",
    column: column === 1 ? 2 : column,
    intervalMinutes: String(feed?.intervalMinutes ?? DEFAULT_INTERVAL),
  };
}

/** The feed that a form describes; whether it is on stays as it was. */
export function writeFeed(form: FeedForm, before: Feed | undefined): Feed {
  return {
    id: before?.id ?? form.id.trim(),
    name: form.name.trim(),
    note: form.note.trim(),
    url: form.url.trim(),
    column: form.format === "lines" ? 1 : form.column,
    intervalMinutes: Number(form.intervalMinutes),
    isOn: before?.isOn ?? true,
  };
}

/** A short name for the denylist's "added by", made of a feed's name: `Liste d'été!` → `liste-d-ete`. */
export function suggestId(name: string): string {
  return name
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-+|-+$/g, "")
    .slice(0, 40)
    .replace(/-+$/, "");
}
