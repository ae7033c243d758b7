/** What `watch` makes of a happening: its verdict, whether it is wanted, and its line. Pure. */
import type { Change } from "@sipprot/shared/change";
import type { EventKind, SipEvent } from "@sipprot/shared/event";
import { widerNetworks } from "@sipprot/shared/network-lookup";
import { explainReason, type Gate } from "@sipprot/shared/reason";
import { escapeText } from "./text.ts";
import { formatTime } from "./time.ts";

/** In one word, what became of it. */
export const verdicts = ["refused", "would-refuse", "failed", "blocked", "denied", "lifted", "changed"] as const;
export type Verdict = (typeof verdicts)[number];

const verdictOf: Readonly<Record<EventKind, Verdict>> = {
  refused: "refused",
  "would-refuse": "would-refuse",
  "sign-in-failed": "failed",
  "stuck-phone": "failed",
  "block-began": "blocked",
  "block-extended": "blocked",
  "denied-for-good": "denied",
  "block-ended": "lifted",
};

/** One line of `watch` before it is written. */
export interface Line {
  readonly atMs: number;
  readonly verdict: Verdict;
  /** Addresses and networks it is about. */
  readonly sources: readonly string[];
  readonly country: string;
  readonly gate?: Gate;
  readonly endpoint?: string;
  readonly text: string;
}

/** What is wanted; what is not named is not asked for. */
export interface Wanted {
  readonly gate?: readonly Gate[];
  readonly verdict?: readonly Verdict[];
  readonly country?: readonly string[];
  /** Canonical address or network. */
  readonly source?: string;
  readonly endpoint?: string;
}

/** The line of an event; `findCountry` is asked when the event does not say. */
export function lineOfEvent(event: SipEvent, findCountry: (source: string) => string): Line {
  const { kind, atMs, count, source, method, agent, account, host, endpoint, transport, gate, reason } = event;
  const country = event.country ?? findCountry(source);
  const what = [
    method === "" ? "" : `${method} `,
    `at ${endpoint}/${transport} (${host})`,
    count === 1 ? "" : ` ${count} times`,
    account === undefined ? "" : `, account ${JSON.stringify(account)}`,
    agent === "" ? "" : `, agent ${JSON.stringify(agent)}`,
  ].join("");
  const why = kind === "block-ended" ? "the block is over" : explainReason(reason);
  const stuck = kind === "stuck-phone" ? "a phone with an old password; " : "";
  return {
    atMs,
    verdict: verdictOf[kind],
    sources: [source],
    country,
    gate,
    endpoint,
    text: `${source}${country === "" ? "" : ` ${country}`} ${gate}: ${what}: ${stuck}${why}`,
  };
}

/** The line of a change, or undefined for what an event of the same proxy tells already. */
export function lineOfChange(
  change: Change,
  by: string,
  atMs: number,
  findCountry: (source: string) => string,
): Line | undefined {
  const isOfProxy = by.startsWith("proxy:");
  switch (change.kind) {
    case "block-put": {
      const { source, country = findCountry(source), gate, endpoint, reason } = change.block;
      const text = `${source} by ${by}: ${explainReason(reason)}`;
      return isOfProxy ? undefined : { atMs, verdict: "blocked", sources: [source], country, gate, endpoint, text };
    }
    case "block-lift": {
      const { source, account } = change;
      const what = account === undefined ? source : `${source}, account ${JSON.stringify(account)},`;
      const text = `${what} by ${by}`;
      return isOfProxy ? undefined : { atMs, verdict: "lifted", sources: [source], country: findCountry(source), text };
    }
    case "list-put":
      return lineOfList(
        change.entries.map(({ network }) => network),
        `put on the ${change.list}list by ${by}`,
      );
    case "list-remove":
      return lineOfList(change.networks, `taken off the ${change.list}list by ${by}`);
    case "settings":
      return { atMs, verdict: "changed", sources: [], country: "", text: `settings by ${by}` };
    default:
      return {
        atMs,
        verdict: "changed",
        sources: [],
        country: "",
        text: `the ${change.list}list, much of it, by ${by}`,
      };
  }

  function lineOfList(sources: readonly string[], what: string): Line {
    const named = sources.slice(0, 3).join(", ");
    const more = sources.length > 3 ? ` and ${sources.length - 3} more` : "";
    const country = sources.length === 1 ? findCountry(sources[0] ?? "") : "";
    return { atMs, verdict: "changed", sources, country, text: `${named}${more} ${what}` };
  }
}

/** True when the line is one of those that were asked for. */
export function isWanted(line: Line, { gate, verdict, country, source, endpoint }: Wanted): boolean {
  if (verdict !== undefined && !verdict.includes(line.verdict)) return false;
  if (gate !== undefined && (line.gate === undefined || !gate.includes(line.gate))) return false;
  if (country !== undefined && !country.includes(line.country)) return false;
  if (source !== undefined && !line.sources.some((one) => overlaps(one, source))) return false;
  return endpoint === undefined || (line.endpoint !== undefined && isEndpoint(line.endpoint, endpoint));
}

/** The colours of a terminal: what is refused red, what lasts bright, what passes or ends green. */
const colours: Readonly<Record<Verdict, string>> = {
  refused: "31",
  "would-refuse": "35",
  failed: "33",
  blocked: "1;31",
  denied: "1;31",
  lifted: "32",
  changed: "36",
};
const LONGEST_VERDICT = Math.max(...verdicts.map((verdict) => verdict.length));

/** The line as it is printed; only the verdict is coloured, and nothing from the wire reaches the terminal as it came. */
export function printLine(line: Line, isColoured: boolean): string {
  const word = line.verdict.padEnd(LONGEST_VERDICT);
  const verdict = isColoured ? `\u001b[${colours[line.verdict]}m${word}\u001b[0m` : word;
  return `${formatTime(line.atMs)}  ${verdict}  ${escapeText(line.text)}\n`;
}

/** One contains the other, or they are the same. */
function overlaps(one: string, other: string): boolean {
  return widerNetworks(one).includes(other) || widerNetworks(other).includes(one);
}

function isEndpoint(endpoint: string, wanted: string): boolean {
  const bare = (text: string) => text.replace(/^\[|\]$/g, "");
  return endpoint === wanted || bare(endpoint.replace(/:\d+$/, "")) === bare(wanted);
}
