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

/** What the host had to do in the last half minute, and what it has for it. */
export const hostLoadSchema = z.strictObject({
  /** Messages from clients, those refused included. */
  messagesPerSecond: z.number().nonnegative(),
  refusedPerSecond: z.number().nonnegative(),
  /** Time from reading a message to sending it on, in microseconds; upper bounds, absent without traffic. */
  medianLatencyMicroseconds: z.number().positive().optional(),
  slowestLatencyMicroseconds: z.number().positive().optional(),
  connections: z.number().int().nonnegative(),
  /** Sources the workers know now. */
  sources: z.number().int().nonnegative(),
  /** Resident memory of all processes of the proxy. */
  memoryBytes: z.number().int().nonnegative(),
  /** Processes that wanted to run, mean of the last minute, of the whole machine, and the processors there are. */
  machineLoad: z.number().nonnegative(),
  processors: z.number().int().positive(),
});
export type HostLoad = z.infer<typeof hostLoadSchema>;

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
  /** Absent until the workers have reported. */
  load: hostLoadSchema.optional(),
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
  /** True for the host this installation runs on: only its programs can be started and stopped from here. */
  isHere: z.boolean(),
});
export type HostStatus = z.infer<typeof hostStatusSchema>;
