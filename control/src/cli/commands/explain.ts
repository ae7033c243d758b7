/** `sipprot explain IP`: everything that is known of an address, and what happened to it lately. */
import type { Explanation } from "@sipprot/shared/block-page";
import type { SipEvent } from "@sipprot/shared/event";
import type { ListEntry } from "@sipprot/shared/lists";
import { explainReason } from "@sipprot/shared/reason";
import { readSettings } from "@sipprot/shared/store/settings-store";
import { openCountries } from "../../services/country.ts";
import { explainAddress } from "../../services/explanation.ts";
import type { Session } from "../session.ts";
import { formatTime } from "../time.ts";
import { listTitles } from "./list.ts";

/** Events shown to people; --json has all that were found. */
const MAX_SHOWN = 20;

const verdicts: Readonly<Record<Explanation["verdict"], string>> = {
  allowed: "let through before every other rule",
  denied: "refused for good",
  blocked: "refused for now",
  "country-refused": "refused: its country is",
  "account-blocked": "one or more accounts are refused there for now; all else is judged message by message",
  "judged-by-message": "on no list and not blocked: judged message by message",
};

export async function explain(session: Session, text: string): Promise<void> {
  const known = await session.withStore(async ({ redis, author }) => {
    const countries = await openCountries((await readSettings(redis)).settings.geoDatabaseFile);
    return explainAddress(redis, countries, text, author.nowMs);
  });
  session.answer(known, () => describe(known).join("\n"));
}

function describe(known: Explanation): string[] {
  const { address, source, place, verdict, strikes, lastStrikeAtMs, liftedAtMs, events } = known;
  const lines = [`${address}${place.name === "" ? "" : ` (${place.name})`}: ${verdicts[verdict]}`];
  if (known.isObserving) lines.push("observe mode: what would be refused is let through");
  if (source !== address) lines.push(`counts as ${source}`);
  for (const entry of known.allow) lines.push(`on the ${listTitles.allow}: ${describeEntry(entry)}`);
  for (const entry of known.deny) lines.push(`on the ${listTitles.deny}: ${describeEntry(entry)}`);
  for (const { account, explanation, sinceMs, untilMs, refused, ...block } of known.blocks) {
    const scope = account === undefined ? "blocked" : `account ${JSON.stringify(account)} blocked`;
    lines.push(
      `${block.source === source ? "" : `${block.source} `}${scope} since ${formatTime(sinceMs)} until ${formatTime(untilMs)}: ${explanation}; ${refused} refused`,
    );
  }
  for (const { account } of known.accounts.filter(({ isStuckPhone }) => isStuckPhone)) {
    lines.push(`account ${JSON.stringify(account)}: a phone keeps an old password there; nobody else is touched`);
  }
  if (strikes > 0) {
    const last = lastStrikeAtMs === undefined ? "" : `, last ${formatTime(lastStrikeAtMs)}`;
    lines.push(`blocked ${strikes} times within 30 days${last}`);
  }
  if (liftedAtMs !== undefined) lines.push(`lifted by hand ${formatTime(liftedAtMs)}`);
  for (const event of events.slice(0, MAX_SHOWN)) lines.push(describeEvent(event));
  if (events.length > MAX_SHOWN) lines.push(`and ${events.length - MAX_SHOWN} more events; all with --json`);
  if (events.length === 0) lines.push("no event is kept of it");
  return lines;
}

function describeEntry({ network, note, addedAtSeconds, addedBy, expiresAtSeconds }: ListEntry): string {
  const until = expiresAtSeconds === undefined ? "" : `, until ${formatTime(expiresAtSeconds * 1000)}`;
  const why = note === "" ? "" : `, ${JSON.stringify(note)}`;
  return `${network} by ${addedBy} ${formatTime(addedAtSeconds * 1000)}${until}${why}`;
}

function describeEvent({ atMs, kind, count, source, reason, method, host, endpoint }: SipEvent): string {
  const times = count === 1 ? "" : ` ${count} times`;
  return `${formatTime(atMs)}  ${kind}${times}  ${source} ${method} at ${endpoint} (${host}): ${explainReason(reason)}`;
}
