/** `sipprot list allow|deny add|remove|show`: the operator's lists. */
import { SipprotError } from "@sipprot/shared/errors";
import type { ListEntry, ListName } from "@sipprot/shared/lists";
import { readSettings } from "@sipprot/shared/store/settings-store";
import { type Countries, openCountries } from "../../services/country.ts";
import { addToList, removeFromList, showList } from "../../services/lists.ts";
import type { Session } from "../session.ts";
import { drawTable } from "../table.ts";

/** The lists' names as operators read them. */
export const listTitles: Record<ListName, string> = { allow: "Allowlist", deny: "Denylist" };

export interface AddOptions {
  readonly note: string;
  readonly for?: string;
}

export async function addEntries(
  session: Session,
  list: ListName,
  networks: readonly string[],
  options: AddOptions,
): Promise<void> {
  const forSeconds = options.for === undefined ? undefined : readDuration(options.for);
  const outcome = await session.withStore(({ redis, author, guarded }) =>
    addToList(redis, list, { networks, note: options.note, forSeconds }, author, guarded),
  );
  session.log.info({ list, networks: outcome.networks, added: outcome.added }, "list entries put");
  session.answer({ list, ...outcome }, () => {
    const lines = outcome.networks.map((network) => `${network} is on the ${listTitles[list]}`);
    lines.push(`${outcome.added} added, ${outcome.updated} replaced`);
    for (const key of outcome.liftedBlocks) lines.push(`block lifted: ${key}`);
    for (const network of outcome.stillAllowed) lines.push(`still let through, on the Allowlist: ${network}`);
    return lines.join("\n");
  });
}

export async function removeEntries(session: Session, list: ListName, networks: readonly string[]): Promise<void> {
  const outcome = await session.withStore(({ redis, author }) => removeFromList(redis, list, networks, author));
  session.log.info({ list, networks: outcome.networks }, "list entries removed");
  session.answer({ list, ...outcome }, () =>
    outcome.networks.map((network) => `${network} was taken off the ${listTitles[list]}`).join("\n"),
  );
}

export async function showEntries(session: Session, list: ListName): Promise<void> {
  await session.withStore(async ({ redis }) => {
    const entries = await showList(redis, list);
    const countries = await openCountries((await readSettings(redis)).settings.geoDatabaseFile);
    session.answer(
      entries.map((entry) => describeEntry(entry, countries)),
      () => drawEntries(list, entries, countries),
    );
  });
}

function drawEntries(list: ListName, entries: readonly ListEntry[], countries: Countries): string {
  const table = drawTable(
    [
      { heading: "IP ADDRESS", align: "left" },
      { heading: "COUNTRY", align: "right" },
      { heading: "NOTE", align: "left" },
      { heading: "TIME", align: "left" },
      { heading: "ADDED BY", align: "left" },
      { heading: "UNTIL", align: "left" },
    ],
    entries.map((entry) => [
      entry.network,
      countries.find(entry.network).name,
      entry.note,
      formatTime(entry.addedAtSeconds),
      entry.addedBy,
      entry.expiresAtSeconds === undefined ? "" : formatTime(entry.expiresAtSeconds),
    ]),
  );
  return `${listTitles[list]}:\n${table}`;
}

/** An entry as the product exports it. */
export function describeEntry(entry: ListEntry, countries: Countries) {
  const { code, name } = countries.find(entry.network);
  return {
    ip: entry.network,
    note: entry.note,
    time: entry.addedAtSeconds,
    added_by: entry.addedBy,
    ...(entry.expiresAtSeconds === undefined ? {} : { expires: entry.expiresAtSeconds }),
    geo_data: { country_code: code, country_name: name },
  };
}

const secondsOf: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600, d: 86_400 };
/** Ten years: whoever means longer means for good. */
const LONGEST_SECONDS = 3650 * 86_400;

/** Reads a duration such as `30m`, `24h` or `7d` in seconds. Throws `bad-list-entry`. */
export function readDuration(text: string): number {
  const match = /^(\d{1,9})([smhd])$/.exec(text.trim());
  const seconds = Number(match?.[1]) * (secondsOf[match?.[2] ?? ""] ?? Number.NaN);
  if (seconds >= 1 && seconds <= LONGEST_SECONDS) return seconds;
  throw new SipprotError("bad-list-entry", `${JSON.stringify(text.slice(0, 80))} is not a duration`, {
    field: "--for",
    value: text.slice(0, 80),
    expected: "a number and s, m, h or d, such as 30m, 24h or 7d, at most 3650d",
  });
}

function formatTime(epochSeconds: number): string {
  return new Date(epochSeconds * 1000).toISOString().replace("T", " ").slice(0, 16);
}
