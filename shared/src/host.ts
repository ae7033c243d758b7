/** A host that runs the proxy, as it tells of itself: its endpoints, its health part by part. */
import { z } from "zod";

/** A host that said nothing for this long is a problem. */
export const HOST_SILENT_AFTER_MS = 15_000;

/** The parts whose health is told by name. */
export const healthParts = ["data-path", "redis", "snapshot", "kernel-steering", "kernel-bans", "pbx", "geo"] as const;
export type HealthPart = (typeof healthParts)[number];

export const partHealthSchema = z.strictObject({
  part: z.enum(healthParts),
  /** `off` is by choice, `degraded` still protects, `failed` does not. */
  state: z.enum(["ok", "off", "degraded", "failed"]),
  /** One sentence: what is wrong and what follows from it. */
  detail: z.string().max(500),
  sinceMs: z.number(),
});
export type PartHealth = z.infer<typeof partHealthSchema>;

export const hostSchema = z.strictObject({
  name: z.string().min(1).max(253),
  version: z.string(),
  path: z.enum(["transparent", "relay"]),
  endpoints: z.array(z.string()),
  workers: z.number().int().positive(),
  startedAtMs: z.number(),
  seenAtMs: z.number(),
  /** Id of the last change this host has applied. */
  lastChangeId: z.string(),
  health: z.array(partHealthSchema),
  /** When the last message came and when the PBX last answered one, since the start; 0 for not yet. */
  seen: z.strictObject({ messageAtMs: z.number(), answerAtMs: z.number() }).optional(),
});
export type Host = z.infer<typeof hostSchema>;

/** True when no part has failed and the host was heard of lately. */
export function isProtected(host: Host, nowMs: number): boolean {
  return nowMs - host.seenAtMs <= HOST_SILENT_AFTER_MS && host.health.every((part) => part.state !== "failed");
}

/** A host as it stands now: its own word, and whether it keeps up. */
export const hostStatusSchema = hostSchema.extend({
  isProtected: z.boolean(),
  /** True when nothing was heard for HOST_SILENT_AFTER_MS. */
  isSilent: z.boolean(),
  /** True when the host has applied the newest change. */
  isInStep: z.boolean(),
});
export type HostStatus = z.infer<typeof hostStatusSchema>;
