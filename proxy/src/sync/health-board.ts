/** How each part is, by name, and since when; the whole is as good as its worst part. */
import type { HealthPart, PartHealth } from "@sipprot/shared/host";
import { healthParts } from "@sipprot/shared/host";

export type PartState = PartHealth["state"];

/** Longest sentence kept; the record of a host allows no more. */
const MAX_DETAIL_CHARACTERS = 500;

export class HealthBoard {
  readonly #parts = new Map<HealthPart, PartHealth>();
  readonly #onTurn: (part: PartHealth) => void;
  readonly #now: () => number;

  /** `onTurn` is told when a part's state changes, not with each new sentence. */
  constructor(onTurn: (part: PartHealth) => void, now: () => number) {
    this.#onTurn = onTurn;
    this.#now = now;
  }

  set(part: HealthPart, state: PartState, detail: string): void {
    const known = this.#parts.get(part);
    const isTurn = known?.state !== state;
    const sinceMs = isTurn || known === undefined ? this.#now() : known.sinceMs;
    const health = { part, state, detail: detail.slice(0, MAX_DETAIL_CHARACTERS), sinceMs };
    this.#parts.set(part, health);
    if (isTurn) this.#onTurn(health);
  }

  /** All parts told so far, in the order of the vocabulary. */
  get parts(): PartHealth[] {
    return healthParts.map((part) => this.#parts.get(part)).filter((part) => part !== undefined);
  }

  /** The state of the worst part; `off` is by choice and counts as ok. */
  get overall(): "ok" | "degraded" | "failed" {
    const states = new Set(this.parts.map((part) => part.state));
    if (states.has("failed")) return "failed";
    return states.has("degraded") ? "degraded" : "ok";
  }
}
