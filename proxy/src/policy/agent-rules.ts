/** The blocked user agents, ready for matching: case-insensitive beginnings, found by their first letter. */

/** Agents whose verdict is remembered; an attacker who makes up more only pays for the search again. */
const MAX_AGENTS_KEPT = 1_000;

export class AgentRules {
  readonly #byFirst = new Map<number, { readonly lower: string; readonly pattern: string }[]>();
  readonly #verdicts = new Map<string, string | undefined>();
  #lastAgent = "";
  #lastPattern: string | undefined = undefined;

  constructor(patterns: readonly string[]) {
    for (const pattern of patterns) {
      const lower = pattern.toLowerCase();
      const first = lower.charCodeAt(0);
      const rules = this.#byFirst.get(first) ?? [];
      rules.push({ lower, pattern });
      this.#byFirst.set(first, rules);
    }
  }

  /** The pattern the agent begins with, as it was set, or undefined. */
  match(agent: string): string | undefined {
    if (agent === "") return undefined;
    if (agent === this.#lastAgent) return this.#lastPattern;
    let pattern = this.#verdicts.get(agent);
    if (pattern === undefined && !this.#verdicts.has(agent)) {
      pattern = this.#search(agent);
      if (this.#verdicts.size >= MAX_AGENTS_KEPT) this.#verdicts.clear();
      this.#verdicts.set(agent, pattern);
    }
    this.#lastAgent = agent;
    this.#lastPattern = pattern;
    return pattern;
  }

  #search(agent: string): string | undefined {
    const lower = agent.trimStart().toLowerCase();
    return this.#byFirst.get(lower.charCodeAt(0))?.find((rule) => lower.startsWith(rule.lower))?.pattern;
  }
}
