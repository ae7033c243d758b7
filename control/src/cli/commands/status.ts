/** `sipprot status`: how many entries each list has, or the lists themselves with their countries. */
import { countBlocks } from "@sipprot/shared/store/block-store";
import { countList } from "@sipprot/shared/store/list-store";
import { readSettings } from "@sipprot/shared/store/settings-store";
import type { Redis } from "ioredis";
import { showBlocks } from "../../services/blocks.ts";
import { type Countries, openCountries } from "../../services/country.ts";
import { showList } from "../../services/lists.ts";
import type { Session } from "../session.ts";

export interface StatusOptions {
  readonly all?: boolean;
  readonly allow?: boolean;
  readonly deny?: boolean;
  readonly dynamic?: boolean;
}

interface Located {
  readonly ip: string;
  readonly country_code: string;
  readonly country_name: string;
}

export async function showStatus(session: Session, options: StatusOptions): Promise<void> {
  const wantsEntries = options.all || options.allow || options.deny || options.dynamic;
  await session.withStore(({ redis }) =>
    wantsEntries ? showEntries(session, redis, options) : showCounts(session, redis),
  );
}

async function showCounts(session: Session, redis: Redis): Promise<void> {
  const counts = {
    allow: await countList(redis, "allow"),
    deny: await countList(redis, "deny"),
    dynamic: await countBlocks(redis, Date.now()),
  };
  session.answer(counts, () =>
    session.table(
      [
        { heading: "LIST", align: "left" },
        { heading: "NUM OF IPS", align: "right" },
      ],
      [
        ["Allow", String(counts.allow)],
        ["Deny", String(counts.deny)],
        ["Dynamic (temporary)", String(counts.dynamic)],
      ],
    ),
  );
}

async function showEntries(session: Session, redis: Redis, options: StatusOptions): Promise<void> {
  const countries = await openCountries((await readSettings(redis)).settings.geoDatabaseFile);
  const answer: { allow?: Located[]; deny?: Located[]; dynamic?: Located[] } = {};
  const tables: string[] = [];
  for (const [list, title] of [
    ["allow", "Allowlist:"],
    ["deny", "Denylist:"],
  ] as const) {
    if (!options.all && !options[list]) continue;
    answer[list] = locate(await showList(redis, list), (entry) => entry.network, countries);
    tables.push(`${title}\n${drawLocated(session, answer[list])}`);
  }
  if (options.all || options.dynamic) {
    answer.dynamic = locate(await showBlocks(redis, Date.now()), (block) => block.source, countries);
    tables.push(`Dynamic list (temporary):\n${drawLocated(session, answer.dynamic)}`);
  }
  session.answer(answer, () => tables.join("\n\n"));
}

/** Sorted by country, and within a country by address. */
function locate<Item>(items: readonly Item[], networkOf: (item: Item) => string, countries: Countries): Located[] {
  const located = items.map((item) => {
    const ip = networkOf(item);
    const { code, name } = countries.find(ip);
    return { ip, country_code: code, country_name: name };
  });
  return located.sort((one, other) =>
    one.country_name < other.country_name ? -1 : one.country_name > other.country_name ? 1 : 0,
  );
}

function drawLocated(session: Session, entries: readonly Located[]): string {
  return session.table(
    [
      { heading: "IP ADDRESS", align: "left" },
      { heading: "COUNTRY", align: "right", wraps: true },
    ],
    entries.map((entry) => [entry.ip, entry.country_name]),
  );
}
