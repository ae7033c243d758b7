/** The programs of an installation as operators see them. */
import { z } from "zod";

export const serviceStatusSchema = z.strictObject({
  name: z.string(),
  /** 0 when it does not run. */
  pid: z.number().int().nonnegative(),
  /** The process manager's word: online, launching, stopped, errored, waiting restart. */
  status: z.string(),
  restarts: z.number().int().nonnegative(),
});
export type ServiceStatus = z.infer<typeof serviceStatusSchema>;

/** What can be done to the proxy; the store is not stopped from a page that lives in it. */
export const serviceActionSchema = z.enum(["start", "reload", "restart", "stop"]);
export type ServiceAction = z.infer<typeof serviceActionSchema>;
