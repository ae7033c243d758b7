/** Feeds: denylists kept by others, fetched from an address on a schedule. */
import { z } from "zod";

export const feedIdSchema = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]{0,39}$/, "expected letters, digits and -, such as spam-list");

export const feedSchema = z.strictObject({
  /** Entries on the denylist are marked `feed:ID`. */
  id: feedIdSchema,
  name: z.string().trim().min(1).max(100),
  url: z
    .url({ protocol: /^https?$/ })
    .max(2000)
    .refine((text) => !URL.canParse(text) || (new URL(text).username === "" && new URL(text).password === ""), {
      message: "expected an address without a name and password in it",
    }),
  /** Which column has the address, where a line has several; 1 is the first. */
  column: z.number().int().min(1).max(50).default(1),
  intervalMinutes: z.number().int().min(15).max(10_080).default(360),
  /** Off fetches nothing; what is on the denylist stays. */
  isOn: z.boolean().default(true),
});
export type Feed = z.infer<typeof feedSchema>;

export const feedStatusSchema = z.strictObject({
  /** `leaving` while the entries of a feed that was unsubscribed are taken off. */
  state: z.enum(["waiting", "ok", "failed", "leaving"]),
  /** One sentence; foreign text in it is at most 300 characters. */
  detail: z.string().max(500),
  /** Networks of the last good copy. */
  entries: z.number().int().nonnegative(),
  /** Networks not denied because the allowlist has them. */
  allowed: z.number().int().nonnegative(),
  /** Lines that are no network. */
  badLines: z.number().int().nonnegative(),
  triedAtMs: z.number().optional(),
  fetchedAtMs: z.number().optional(),
  nextTryAtMs: z.number().optional(),
});
export type FeedStatus = z.infer<typeof feedStatusSchema>;

export const feedViewSchema = z.strictObject({ feed: feedSchema, status: feedStatusSchema });
export type FeedView = z.infer<typeof feedViewSchema>;
