/** What the events of a day say of one source, in numbers. Bounded: as many sources as there are places. */
import type { Gate } from "@sipprot/shared/reason";

/** Sources told apart; beyond, the preview says that it did not see all. */
export const MAX_SOURCES = 50_000;
/** Different agents of one source that are told apart: a scanner may make up a new one for each message. */
const MAX_AGENTS = 20;

/** What of an event is looked at; what is stored is read loosely, half a million of them at a time. */
export interface SeenEvent {
  readonly kind: string;
  readonly atMs: number;
  readonly count: number;
  readonly source: string;
  readonly country: string;
  readonly gate: Gate;
  readonly agent: string;
  /** Pattern that an agent began with, where the gate was `scanner`. */
  readonly pattern: string;
  /** True for a wrong guess: one that passed and failed, or one that was refused for guesses before it. */
  readonly isGuess: boolean;
}

/** Messages of one agent: those that passed, and those refused for what they said they are, by pattern. */
export interface AgentDay {
  passed: number;
  readonly refused: Map<string, number>;
}

export class SourceDay {
  readonly source: string;
  country = "";
  agent = "";
  blocks = 0;
  /** Messages that the policy would have refused in observe mode, by gate. */
  readonly wouldRefuse = new Map<Gate, number>();
  readonly refused = new Map<Gate, number>();
  /** Messages that passed and are known of: wrong guesses within the limit. */
  passed = 0;
  readonly agents = new Map<string, AgentDay>();
  /** Wrong guesses by the minute, passed or not. */
  readonly guesses = new Map<number, number>();
  /** Messages refused as flood, by the second. */
  readonly floods = new Map<number, number>();

  constructor(source: string) {
    this.source = source;
  }

  /** Adds an event; they come with the newest first. */
  add(event: SeenEvent): void {
    const { kind, gate, count, atMs } = event;
    if (this.country === "") this.country = event.country;
    if (this.agent === "") this.agent = event.agent;
    if (kind === "block-began") this.blocks += 1;
    const isRefused = kind === "refused";
    if (isRefused) addTo(this.refused, gate, count);
    else if (kind === "would-refuse") addTo(this.wouldRefuse, gate, count);
    else if (kind === "sign-in-failed") this.passed += count;
    else return;
    if (event.isGuess) addTo(this.guesses, Math.floor(atMs / 60_000), count);
    if (gate === "flood") addTo(this.floods, Math.floor(atMs / 1000), count);
    this.#addAgent(event);
  }

  #addAgent({ agent, kind, gate, pattern, count }: SeenEvent): void {
    let day = this.agents.get(agent);
    if (day === undefined) {
      if (this.agents.size >= MAX_AGENTS) return;
      day = { passed: 0, refused: new Map() };
      this.agents.set(agent, day);
    }
    if (kind === "sign-in-failed") day.passed += count;
    else if (gate === "scanner") addTo(day.refused, pattern, count);
  }
}

/** Adds to a count that may not be there yet. */
export function addTo<Key>(counts: Map<Key, number>, key: Key, count: number): void {
  counts.set(key, (counts.get(key) ?? 0) + count);
}
