/** The first run: what a new administrator is asked, in order; how far it has come; what is known beforehand. */
import { z } from "zod";
import { networkSchema } from "./address.ts";

export const firstRunSteps = ["language", "password", "addresses", "pbx", "mode", "mail"] as const;
export type FirstRunStep = (typeof firstRunSteps)[number];
export const firstRunStepSchema = z.enum(firstRunSteps);

export const stepOutcomeSchema = z.enum(["answered", "skipped"]);
export type StepOutcome = z.infer<typeof stepOutcomeSchema>;

export const firstRunSchema = z.strictObject({
  /** The steps that are behind, answered or skipped, in their order. */
  done: z.array(firstRunStepSchema),
  /** Those of them that were skipped. */
  skipped: z.array(firstRunStepSchema),
  /** `open` until somebody puts it off or comes to its end; put off, it is offered and no longer in the way. */
  state: z.enum(["open", "put-off", "finished"]),
});
export type FirstRun = z.infer<typeof firstRunSchema>;

/** What somebody does with the whole of it. */
export const firstRunEndSchema = z.enum(["put-off", "finished"]);
export type FirstRunEnd = z.infer<typeof firstRunEndSchema>;

export const callerPlaceSchema = z.strictObject({
  /** Canonical address the caller comes from. */
  address: z.string(),
  /** `local` is this host itself: nothing of it could ever be refused. */
  standing: z.enum(["local", "allowed", "stranger"]),
  /** Private networks this host stands in, the likely ones of the office and its telephones. */
  networks: z.array(networkSchema),
});
export type CallerPlace = z.infer<typeof callerPlaceSchema>;

export const sipPlaceSchema = z.strictObject({
  /** An IP address: the gate looks up no names. */
  address: z.string().max(45),
  port: z.number().int().min(1).max(65_535),
});
export type SipPlace = z.infer<typeof sipPlaceSchema>;

export const pbxPlaceSchema = z.strictObject({
  /** How the gate stands in the path; `unknown` while it does not run. */
  path: z.enum(["transparent", "relay", "unknown"]),
  /** Where the PBX is, as the gate was told or found out. */
  places: z.array(sipPlaceSchema),
  /** The boot setting that names it; in the environment it wins over the file, and is not for a page to change. */
  setting: z.enum(["SIPPROT_PBX", "SIPPROT_PROTECT"]),
  isSetByEnvironment: z.boolean(),
  configFile: z.string(),
});
export type PbxPlace = z.infer<typeof pbxPlaceSchema>;

/** What has happened since the installation, for who waits for the first message. */
export const standingSchema = z.strictObject({
  state: firstRunSchema.shape.state,
  isGateUp: z.boolean(),
  /** The PBX has answered a message through the gate, once. */
  hasAnswer: z.boolean(),
  /** A message has come to the gate, once. */
  hasTraffic: z.boolean(),
  /** Where the gates listen, the unspecified address where it is every one. */
  places: z.array(sipPlaceSchema),
});
export type Standing = z.infer<typeof standingSchema>;

export const probeSchema = z.strictObject({
  isAnswered: z.boolean(),
  /** The status of the answer, such as `200 OK`; text of the other side. */
  answer: z.string().max(100),
  tookMs: z.number().nonnegative(),
});
export type Probe = z.infer<typeof probeSchema>;
