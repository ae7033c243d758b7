/** `sipprot list allow|deny add|remove|show`: the operator's lists. */
import { parseNetwork } from "@sipprot/shared/address";
import type { ListEntry, ListName } from "@sipprot/shared/lists";
import { readSettings } from "@sipprot/shared/store/settings-store";
import { type Countries, openCountries } from "../../services/country.ts";
import { addToList, removeFromList, showList } from "../../services/lists.ts";
import { tellEntries } from "../../services/told.ts";
import { withAudit } from "../audited.ts";
import type { Session } from "../session.ts";
import { formatMinute, readDuration } from "../time.ts";

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
  const input = { list, networks, note: options.note, forSeconds };
  const outcome = await withAudit(session, "lists.add", input, async (redis, actor, { guarded }) => {
    const before = await tellEntries(redis, list, networks.map(parseNetwork));
    const added = await addToList(redis, list, input, actor, guarded);
    actor.tell({ before, after: await tellEntries(redis, list, added.networks) });
    return added;
  });
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
  const outcome = await withAudit(session, "lists.remove", { list, networks }, async (redis, actor) => {
    const before = await tellEntries(redis, list, networks.map(parseNetwork));
    const removed = await removeFromList(redis, list, networks, actor);
    actor.tell({ before, after: [] });
    return removed;
  });
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
      () => drawEntries(session, list, entries, countries),
    );
  });
}

function drawEntries(session: Session, list: ListName, entries: readonly ListEntry[], countries: Countries): string {
  const table = session.table(
    [
      { heading: "IP ADDRESS", align: "left" },
      { heading: "COUNTRY", align: "right", wraps: true },
      { heading: "NOTE", align: "left", wraps: true },
      { heading: "TIME", align: "left", wraps: true },
      { heading: "ADDED BY", align: "left", wraps: true },
    ],
    entries.map((entry) => [
      entry.network,
      countries.find(entry.network).name,
      entry.note,
      describeTime(entry),
      entry.addedBy,
    ]),
  );
  return `${listTitles[list]}:\n${table}`;
}

/** When it was added, and until when it counts where that has an end. */
function describeTime({ addedAtSeconds, expiresAtSeconds }: ListEntry): string {
  const since = formatMinute(addedAtSeconds * 1000);
  return expiresAtSeconds === undefined ? since : `${since} until ${formatMinute(expiresAtSeconds * 1000)}`;
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
