/** Whether the PBX answers, learnt from the traffic itself: messages that came, and when it last said something. */
import type { Counters } from "../worker-messages.ts";

/** A transaction of SIP is over after 64 × T1 (RFC 3261 17.1.1.2): no answer within this is none. */
export const SILENT_AFTER_MS = 32_000;
/** So many messages without an answer mean something; fewer may be stray. */
const MIN_UNANSWERED = 5;

interface Endpoint {
  lastAnswerAtMs: number;
  unanswered: number;
  firstUnansweredAtMs: number;
}

export class PbxWatch {
  readonly #endpoints = new Map<string, Endpoint>();
  #lastMessageAtMs = 0;

  /** When the last message came, whatever became of it, and when the PBX last answered one; 0 for not yet. */
  get seen(): { readonly messageAtMs: number; readonly answerAtMs: number } {
    const answers = [...this.#endpoints.values()].map((endpoint) => endpoint.lastAnswerAtMs);
    return { messageAtMs: this.#lastMessageAtMs, answerAtMs: Math.max(0, ...answers) };
  }

  /** Takes the counters of one worker. */
  note(counters: Counters): void {
    for (const [name, atMs] of Object.entries(counters.lastAnswerAtMs)) {
      const endpoint = this.#endpoint(name);
      if (atMs > endpoint.lastAnswerAtMs) Object.assign(endpoint, { lastAnswerAtMs: atMs, unanswered: 0 });
    }
    for (const { endpoint: name, direction, verdict, count } of counters.messages) {
      if (direction !== "in") continue;
      this.#lastMessageAtMs = Math.max(this.#lastMessageAtMs, counters.atMs);
      if (verdict !== "pass") continue;
      const endpoint = this.#endpoint(name);
      // Counted as unanswered only when nothing came back within the same second.
      if (endpoint.lastAnswerAtMs >= counters.atMs - 1000) continue;
      if (endpoint.unanswered === 0) endpoint.firstUnansweredAtMs = counters.atMs;
      endpoint.unanswered += count;
    }
  }

  /** What can be said now: endpoints whose PBX took messages and said nothing for longer than a transaction lasts. */
  judge(nowMs: number): { readonly state: "ok" | "degraded"; readonly detail: string } {
    const silent: string[] = [];
    let lastAnswerAtMs = 0;
    for (const [name, endpoint] of this.#endpoints) {
      lastAnswerAtMs = Math.max(lastAnswerAtMs, endpoint.lastAnswerAtMs);
      const isLong = nowMs - endpoint.firstUnansweredAtMs > SILENT_AFTER_MS;
      if (endpoint.unanswered >= MIN_UNANSWERED && isLong) silent.push(`${name} (${endpoint.unanswered} messages)`);
    }
    if (silent.length > 0) return { state: "degraded", detail: `the PBX does not answer at ${silent.join(", ")}` };
    if (lastAnswerAtMs === 0) return { state: "ok", detail: "no traffic yet by which to judge the PBX" };
    return { state: "ok", detail: `the PBX answered last at ${new Date(lastAnswerAtMs).toISOString()}` };
  }

  #endpoint(name: string): Endpoint {
    const known = this.#endpoints.get(name);
    if (known !== undefined) return known;
    const fresh = { lastAnswerAtMs: 0, unanswered: 0, firstUnansweredAtMs: 0 };
    this.#endpoints.set(name, fresh);
    return fresh;
  }
}
