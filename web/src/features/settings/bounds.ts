/** The bounds of a setting's number, as its schema has them. */
import { type SettingName, settingsSchema } from "@sipprot/shared/settings";
import { z } from "zod";

export interface Bounds {
  readonly min: number;
  readonly max: number;
}

/** Undefined for what is no number. */
export function boundsOf(name: SettingName): Bounds | undefined {
  const schema = settingsSchema.shape[name].unwrap();
  if (!(schema instanceof z.ZodNumber)) return undefined;
  return { min: schema.minValue ?? 0, max: schema.maxValue ?? Number.MAX_SAFE_INTEGER };
}
