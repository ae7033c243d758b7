/** JSON from the store or from another program, which may be damaged or of another version. */
import type { z } from "zod";

/** What the text says when it is of that shape; undefined when it is not, or there is none. */
export function readStoredJson<Schema extends z.ZodType>(
  schema: Schema,
  text: string | null | undefined,
): z.output<Schema> | undefined {
  try {
    return schema.safeParse(JSON.parse(text ?? "null")).data;
  } catch {
    return undefined;
  }
}
