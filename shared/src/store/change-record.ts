/** A change as it comes from the stream: read with care, because a newer version or a stranger may have written it. */
import { type Change, changeSchema } from "../change.ts";
import { acceptSettings } from "./settings-store.ts";

export interface ChangeRead {
  readonly change: Change;
  /** Settings in it that this version does not know or cannot accept. */
  readonly leftOut: readonly string[];
}

/** Reads the JSON of a change. Undefined when this version cannot make anything of it; never throws. */
export function readChange(text: string): ChangeRead | undefined {
  let raw: unknown;
  try {
    raw = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (isSettingsChange(raw)) {
    const { settings, unknown, refused } = acceptSettings(raw.settings);
    return { change: { kind: "settings", settings }, leftOut: [...unknown, ...refused] };
  }
  const change = changeSchema.safeParse(raw).data;
  return change === undefined ? undefined : { change, leftOut: [] };
}

function isSettingsChange(raw: unknown): raw is { settings: Record<string, unknown> } {
  if (typeof raw !== "object" || raw === null || !("kind" in raw) || raw.kind !== "settings") return false;
  return "settings" in raw && typeof raw.settings === "object" && raw.settings !== null;
}
