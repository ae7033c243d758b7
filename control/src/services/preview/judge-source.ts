/**
 * What would have become of one source with other settings, from what the events say of it. Pure.
 *
 * Rule: only what is known is counted. What passed without a wrong guess left no event, so a rule that refuses more is
 * judged by wrong guesses here, and by the registered phones beside (see hurt-phones).
 */
import type { Gate } from "@sipprot/shared/reason";
import type { SettingName, Settings } from "@sipprot/shared/settings";
import { isCountryRefused } from "@sipprot/shared/settings-danger";
import type { SourceDay } from "./source-day.ts";

export interface Verdict {
  readonly gate: Gate;
  readonly messages: number;
}

/** Refused with the new settings and not with the old, and the other way round; undefined when nothing changes. */
export interface Judgement {
  readonly refused: Verdict | undefined;
  readonly passed: Verdict | undefined;
}

export interface Circumstances {
  readonly before: Settings;
  readonly after: Settings;
  /** Names of the settings that differ. */
  readonly changed: ReadonlySet<SettingName>;
  /** Accounts registered at the source: each widens its window by one. */
  readonly accounts: number;
  /** Blocks that are remembered of it. */
  readonly strikes: number;
}

export function judgeSource(day: SourceDay, circumstances: Circumstances): Judgement {
  const all = [judgeMode, judgeCountry, judgeAgents, judgeGuesses, judgeFlood, judgeThreshold].map((judge) =>
    judge(day, circumstances),
  );
  return {
    refused: strongest(all.map(({ refused }) => refused)),
    passed: strongest(all.map(({ passed }) => passed)),
  };
}

/** The user agent begins with the pattern, as the gate compares it. */
export function matchesAgent(agent: string, patterns: readonly string[]): boolean {
  const lower = agent.trimStart().toLowerCase();
  return lower !== "" && patterns.some((pattern) => lower.startsWith(pattern.toLowerCase()));
}

const NOTHING: Judgement = { refused: undefined, passed: undefined };

function judgeMode(day: SourceDay, { before, after }: Circumstances): Judgement {
  if (before.mode === after.mode) return NOTHING;
  const isProtecting = after.mode === "protect";
  const verdict = sumUp(isProtecting ? day.wouldRefuse : day.refused);
  return isProtecting ? { refused: verdict, passed: undefined } : { refused: undefined, passed: verdict };
}

function judgeCountry(day: SourceDay, { before, after }: Circumstances): Judgement {
  const [was, is] = [isCountryRefused(before, day.country), isCountryRefused(after, day.country)];
  if (was === is) return NOTHING;
  if (is) return { refused: verdictOf("country", day.passed), passed: undefined };
  const messages = (day.refused.get("country") ?? 0) + (day.wouldRefuse.get("country") ?? 0);
  return { refused: undefined, passed: verdictOf("country", messages) };
}

function judgeAgents(day: SourceDay, { before, after, changed }: Circumstances): Judgement {
  if (!changed.has("blockedAgents")) return NOTHING;
  let [refused, passed] = [0, 0];
  for (const [agent, seen] of day.agents) {
    const is = matchesAgent(agent, after.blockedAgents);
    if (is && !matchesAgent(agent, before.blockedAgents)) refused += seen.passed;
    if (is) continue;
    for (const [pattern, messages] of seen.refused) {
      // Fingerprints are no patterns of the list: they hold whatever it says.
      if (before.blockedAgents.includes(pattern) && !after.blockedAgents.includes(pattern)) passed += messages;
    }
  }
  return { refused: verdictOf("scanner", refused), passed: verdictOf("scanner", passed) };
}

/** Of each minute's wrong guesses as many pass as the window holds: N, and one for each account registered there. */
function judgeGuesses(day: SourceDay, { before, after, changed, accounts }: Circumstances): Judgement {
  if (!changed.has("blockRuleFailuresPerMinute")) return NOTHING;
  const [was, is] = [before.blockRuleFailuresPerMinute + accounts, after.blockRuleFailuresPerMinute + accounts];
  let [refused, passed] = [0, 0];
  for (const guesses of day.guesses.values()) {
    const more = Math.min(guesses, is) - Math.min(guesses, was);
    if (more < 0) refused -= more;
    else passed += more;
  }
  return { refused: verdictOf("guessing", refused), passed: verdictOf("guessing", passed) };
}

function judgeFlood(day: SourceDay, { before, after }: Circumstances): Judgement {
  const more = after.floodMessagesPerSecond - before.floodMessagesPerSecond;
  if (more <= 0) return NOTHING;
  let passed = 0;
  for (const messages of day.floods.values()) passed += Math.min(messages, more);
  return { refused: undefined, passed: verdictOf("flood", passed) };
}

/** Blocked that often already: with a lower threshold its last block would have been for good. */
function judgeThreshold(day: SourceDay, { before, after, strikes }: Circumstances): Judgement {
  if (day.blocks === 0 || after.blockThreshold === before.blockThreshold) return NOTHING;
  const [was, is] = [strikes >= before.blockThreshold, strikes >= after.blockThreshold];
  if (was === is) return NOTHING;
  const verdict: Verdict = { gate: "denied", messages: 0 };
  return is ? { refused: verdict, passed: undefined } : { refused: undefined, passed: verdict };
}

function verdictOf(gate: Gate, messages: number): Verdict | undefined {
  return messages > 0 ? { gate, messages } : undefined;
}

function sumUp(counts: ReadonlyMap<Gate, number>): Verdict | undefined {
  let messages = 0;
  let gate: Gate | undefined;
  for (const [one, count] of counts) {
    if (gate === undefined || count > (counts.get(gate) ?? 0)) gate = one;
    messages += count;
  }
  return gate === undefined ? undefined : { gate, messages };
}

/** Two changes may be about the same messages: they are not added up. */
function strongest(verdicts: readonly (Verdict | undefined)[]): Verdict | undefined {
  return verdicts.reduce(
    (most, one) => (one !== undefined && (most === undefined || one.messages > most.messages) ? one : most),
    undefined,
  );
}
