/** What a change changed: the values before and after, path by path. The texts are JSON, cut where they were long. Pure. */

export interface Difference {
  /** `smtp.host`; empty when the whole is one value. */
  readonly path: string;
  /** JSON; undefined where there was, or is, nothing. */
  readonly before: string | undefined;
  readonly after: string | undefined;
}

/** As many lines as a reader takes in; the whole texts are below. */
const MAX_DIFFERENCES = 200;

/** The differences; undefined when a text was cut, so that it cannot be read. */
export function findDifferences(
  before: string | undefined,
  after: string | undefined,
): readonly Difference[] | undefined {
  const one = readJson(before);
  const other = readJson(after);
  if (one === unreadable || other === unreadable) return undefined;
  const found: Difference[] = [];
  compare("", one, other, found);
  return found.slice(0, MAX_DIFFERENCES);
}

const unreadable = Symbol("cut");

function readJson(text: string | undefined): unknown {
  if (text === undefined) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return unreadable;
  }
}

function compare(path: string, before: unknown, after: unknown, found: Difference[]): void {
  if (isRecord(before) || isRecord(after)) {
    const [one, other] = [isRecord(before) ? before : {}, isRecord(after) ? after : {}];
    // Where a thing came or went whole, each of its values did.
    const names = [...new Set([...Object.keys(one), ...Object.keys(other)])];
    for (const name of names) compare(path === "" ? name : `${path}.${name}`, one[name], other[name], found);
    return;
  }
  const [one, other] = [writeValue(before), writeValue(after)];
  if (one !== other) found.push({ path, before: one, after: other });
}

function writeValue(value: unknown): string | undefined {
  if (value === undefined) return undefined;
  return typeof value === "string" ? value : JSON.stringify(value);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
