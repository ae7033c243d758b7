/** The last offending messages of each source, masked, in bounded memory over all sources. */
import { type Evidence, MAX_EVIDENCE_BYTES, MAX_EVIDENCE_MESSAGES } from "@sipprot/shared/block";
import { maskCredentials } from "../sip/mask.ts";
import type { Arrival } from "./arrival.ts";
import type { Source } from "./source.ts";

/** All evidence together; the oldest goes first. */
export const MAX_EVIDENCE_STORE_BYTES = 4_194_304;
/** One message of a source in this time is enough to show what it does. */
const EVIDENCE_EVERY_MS = 200;
/** Messages masked in a second, over all sources: masking costs more than deciding. */
const MAX_EVIDENCE_PER_SECOND = 200;
/** What an entry costs beside its text. */
const ENTRY_BYTES = 160;

export class EvidenceStore {
  #queue: { readonly source: Source; readonly evidence: Evidence }[] = [];
  #head = 0;
  #bytes = 0;
  #second = 0;
  #inSecond = 0;

  get bytes(): number {
    return this.#bytes;
  }

  /** Keeps the message as evidence against the source, unless one was kept just now. */
  keep(source: Source, arrival: Arrival): void {
    if (source.evidence !== undefined && arrival.atMs - source.evidenceMs < EVIDENCE_EVERY_MS) return;
    const second = Math.floor(arrival.atMs / 1000);
    if (second !== this.#second) {
      this.#second = second;
      this.#inSecond = 0;
    }
    if (this.#inSecond >= MAX_EVIDENCE_PER_SECOND) return;
    this.#inSecond += 1;
    source.evidenceMs = arrival.atMs;
    const { message } = arrival;
    const evidence: Evidence = {
      atMs: arrival.atMs,
      from: arrival.address.includes(":")
        ? `[${arrival.address}]:${arrival.port}`
        : `${arrival.address}:${arrival.port}`,
      transport: arrival.transport,
      text: maskCredentials(message.bytes.subarray(0, message.end), MAX_EVIDENCE_BYTES).slice(0, MAX_EVIDENCE_BYTES),
    };
    source.evidence ??= [];
    source.evidence.push(evidence);
    if (source.evidence.length > MAX_EVIDENCE_MESSAGES) source.evidence.shift();
    this.#queue.push({ source, evidence });
    this.#bytes += evidence.text.length + ENTRY_BYTES;
    while (this.#bytes > MAX_EVIDENCE_STORE_BYTES) this.#dropOldest();
  }

  #dropOldest(): void {
    const oldest = this.#queue[this.#head];
    this.#head += 1;
    if (oldest !== undefined) {
      this.#bytes -= oldest.evidence.text.length + ENTRY_BYTES;
      const rest = oldest.source.evidence?.filter((evidence) => evidence !== oldest.evidence);
      oldest.source.evidence = rest === undefined || rest.length === 0 ? undefined : rest;
    }
    if (this.#head * 2 > this.#queue.length) {
      this.#queue = this.#queue.slice(this.#head);
      this.#head = 0;
    }
  }
}
