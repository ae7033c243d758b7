/** The boot settings as pages show them: read only, without secrets. */
import { z } from "zod";

export const bootViewSchema = z.strictObject({
  /** Where they are changed. */
  configFile: z.string(),
  settings: z.array(
    z.strictObject({
      name: z.string(),
      /** As it is in force in the control server; secrets left out. Empty where the default is to decide at the start. */
      value: z.string(),
      from: z.enum(["default", "file", "environment"]),
      /** True when the file says another value by now: it holds after a restart. */
      isChanged: z.boolean(),
      /** The program that has to be restarted for it, beside the others that read it. */
      restart: z.enum(["proxy", "control", "web", "redis", "everything"]),
    }),
  ),
});
export type BootView = z.infer<typeof bootViewSchema>;
