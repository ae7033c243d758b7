/** One thing that `doctor` looked at. */

export interface Diagnosis {
  /** What was looked at, in a few words. */
  readonly name: string;
  /** `warning` still protects; `skipped` could not be looked at, which is said in the detail. */
  readonly state: "ok" | "warning" | "problem" | "skipped";
  /** One sentence: what was found. */
  readonly detail: string;
  /** What to do; there for every warning and problem. */
  readonly remedy?: string;
}

export function ok(name: string, detail: string): Diagnosis {
  return { name, state: "ok", detail };
}

export function warning(name: string, detail: string, remedy: string): Diagnosis {
  return { name, state: "warning", detail, remedy };
}

export function problem(name: string, detail: string, remedy: string): Diagnosis {
  return { name, state: "problem", detail, remedy };
}

export function skipped(name: string, detail: string): Diagnosis {
  return { name, state: "skipped", detail };
}
