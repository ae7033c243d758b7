/** Reads what `nft list` writes of sets, piece by piece as it comes, so that a large set never stops the process. Pure. */

/** One element of a set: its key as nft writes it (`192.0.2.1`, `2001:db8::`, `192.0.2.0/25`, `192.0.2.1-192.0.2.5`). */
export interface SetElement {
  readonly set: string;
  readonly key: string;
  /** Packets its counter has seen; 0 without a counter. */
  readonly packets: number;
  /** Time it has left; undefined when it has no end. */
  readonly expiresInMs: number | undefined;
}

const unitMs: Readonly<Record<string, number>> = { d: 86_400_000, h: 3_600_000, m: 60_000, s: 1000, ms: 1 };

const elementEnd = /[,}]/g;

export class ElementReader {
  private readonly onElement: (element: SetElement) => void;
  private rest = "";
  private set = "";
  private isInElements = false;

  constructor(onElement: (element: SetElement) => void) {
    this.onElement = onElement;
  }

  /** Takes the next piece of output; pieces may be cut anywhere. */
  push(text: string): void {
    this.rest += text;
    let from = 0;
    for (;;) {
      const end = this.isInElements ? this.nextInElements(from) : this.nextOutside(from);
      if (end < 0) break;
      from = end;
    }
    this.rest = this.rest.slice(from);
  }

  /** Outside of elements whole lines matter. Returns the offset behind what was taken, or -1. */
  private nextOutside(from: number): number {
    const opening = this.rest.indexOf("elements = {", from);
    const lineEnd = this.rest.indexOf("\n", from);
    if (opening >= 0 && (lineEnd < 0 || opening < lineEnd)) {
      this.isInElements = true;
      return opening + "elements = {".length;
    }
    if (lineEnd < 0) return -1;
    const heading = /^\s*(?:set|map) (\S+) \{/.exec(this.rest.slice(from, lineEnd));
    if (heading !== null) this.set = heading[1] ?? "";
    return lineEnd + 1;
  }

  /** Inside, elements end with a comma or the closing brace. */
  private nextInElements(from: number): number {
    elementEnd.lastIndex = from;
    const end = elementEnd.exec(this.rest)?.index;
    if (end === undefined) return -1;
    this.take(this.rest.slice(from, end).trim());
    if (this.rest[end] === "}") this.isInElements = false;
    return end + 1;
  }

  private take(text: string): void {
    if (text === "") return;
    const space = text.indexOf(" ");
    const packets = /counter packets (\d+)/.exec(text)?.[1];
    const expires = / expires (\S+)/.exec(text)?.[1];
    this.onElement({
      set: this.set,
      key: space < 0 ? text : text.slice(0, space),
      packets: packets === undefined ? 0 : Number(packets),
      expiresInMs: expires === undefined ? undefined : readDuration(expires),
    });
  }
}

/** Milliseconds of a duration as nft writes it, such as `1d2h3m4s5ms`. */
export function readDuration(text: string): number {
  let totalMs = 0;
  for (const [, count, unit] of text.matchAll(/(\d+)(ms|[dhms])/g))
    totalMs += Number(count) * (unitMs[unit ?? ""] ?? 0);
  return totalMs;
}
