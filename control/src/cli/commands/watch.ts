/** `sipprot watch`: decisions and changes of all hosts as they happen, one line each. */
import { parseNetwork } from "@sipprot/shared/address";
import { SipprotError } from "@sipprot/shared/errors";
import { explainReason, type Gate } from "@sipprot/shared/reason";
import { readSettings } from "@sipprot/shared/store/settings-store";
import { type Countries, openCountries } from "../../services/country.ts";
import { followHappenings, type Happening, placesNow, placesSince } from "../../services/happenings.ts";
import type { Session } from "../session.ts";
import { writeJson } from "../text.ts";
import { readDuration } from "../time.ts";
import { isWanted, type Line, lineOfChange, lineOfEvent, printLine, type Verdict, type Wanted } from "../watch-line.ts";

export interface WatchOptions {
  readonly gate?: readonly Gate[];
  readonly verdict?: readonly Verdict[];
  readonly country?: readonly string[];
  readonly source?: string;
  readonly endpoint?: string;
  readonly since?: string;
}

/**
 * Prints until Ctrl-C or until nobody reads any more. A store that goes away is waited for, which is said on standard
 * error. Throws `store-unreachable` when it is away from the beginning: then the settings are to blame.
 */
export async function watch(session: Session, options: WatchOptions): Promise<void> {
  const { terminal, config } = session;
  const wanted = readWanted(options);
  const seconds = options.since === undefined ? undefined : readDuration(options.since, "--since");
  const signal = endOf(session);
  const { places, countries } = await session.withStore(async ({ redis, author }) => ({
    places: seconds === undefined ? await placesNow(redis) : placesSince(author.nowMs - 1000 * seconds),
    countries: await openCountries((await readSettings(redis)).settings.geoDatabaseFile),
  }));
  const isColoured = terminal.columns !== undefined && !session.isJson && hasColours(terminal.environment);
  for await (const happening of followHappenings(config.boot, places, signal)) {
    if (happening.kind === "notice") {
      session.warn(happening.text);
      continue;
    }
    const line = lineOf(happening, countries);
    if (line === undefined || !isWanted(line, wanted)) continue;
    terminal.out(session.isJson ? `${writeJson(record(happening, line))}\n` : printLine(line, isColoured));
  }
}

/** The end that Ctrl-C asks for, or that comes when the reader is gone. */
function endOf({ terminal }: Session): AbortSignal {
  const signals = [terminal.catchInterrupt?.(), terminal.readerGone].filter((signal) => signal !== undefined);
  return AbortSignal.any(signals);
}

function lineOf(happening: Exclude<Happening, { kind: "notice" }>, countries: Countries): Line | undefined {
  const findCountry = (source: string) => countries.findCode(source);
  if (happening.kind === "event") return lineOfEvent(happening.event, findCountry);
  return lineOfChange(happening.change, happening.by, Number(happening.id.split("-", 1)[0]), findCountry);
}

function record(happening: Exclude<Happening, { kind: "notice" }>, { verdict, atMs, country }: Line) {
  const { id } = happening;
  return happening.kind === "event"
    ? { id, verdict, ...happening.event, country, explanation: explainReason(happening.event.reason) }
    : { id, verdict, atMs, by: happening.by, change: happening.change };
}

function readWanted({ gate, verdict, country, source, endpoint }: WatchOptions): Wanted {
  return {
    ...(gate === undefined ? {} : { gate }),
    ...(verdict === undefined ? {} : { verdict }),
    ...(country === undefined ? {} : { country: country.map(readCountry) }),
    ...(source === undefined ? {} : { source: parseNetwork(source) }),
    ...(endpoint === undefined ? {} : { endpoint }),
  };
}

function readCountry(text: string): string {
  const code = text.trim().toUpperCase();
  if (/^[A-Z]{2}$/.test(code)) return code;
  throw new SipprotError("bad-input", `${JSON.stringify(text.slice(0, 80))} is not a country`, {
    field: "--country",
    value: text.slice(0, 80),
    expected: "a code of two letters, such as FR",
  });
}

/** As terminals and people agree: https://no-color.org, and terminals that say they can do nothing. */
function hasColours({ NO_COLOR: refusal = "", TERM: kind }: Readonly<Record<string, string | undefined>>): boolean {
  return refusal === "" && kind !== "dumb";
}
