/** How a person wants the pages: language, light or dark, time zone. What is left out is as their browser says. */
import { z } from "zod";
import { languages } from "./language.ts";

export const preferencesSchema = z.strictObject({
  language: z.enum(languages).optional(),
  colorScheme: z.enum(["light", "dark", "auto"]).optional(),
  /** IANA name, such as `Europe/Paris`. */
  timeZone: z.string().max(64).refine(isTimeZone, "expected the name of a time zone such as Europe/Paris").optional(),
});
export type Preferences = z.infer<typeof preferencesSchema>;

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat("en", { timeZone: name });
    return true;
  } catch {
    return false;
  }
}
