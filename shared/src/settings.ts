/** The policy settings: every one with its unit, bounds, default, and a sentence on what it does. */
import { z } from "zod";
import { transportSchema } from "./block.ts";
import { SipprotError } from "./errors.ts";

/** Agents refused by default: attack tools by their own names (case-insensitive prefix of User-Agent). */
export const DEFAULT_BLOCKED_AGENTS = [
  "friendly-scanner",
  "sipvicious",
  "sipcli",
  "sip-cli",
  "VaxSIPUserAgent",
  "VaxIPUserAgent",
  "pplsip",
  "sundayddr",
  "iWar",
  "sip-scan",
  "SIPScan",
  "SIVuS",
  "smap",
  "SipArmyKnife",
];

const portRange = z
  .string()
  .regex(/^\d{1,5}(:\d{1,5})?$/, "expected a port such as 5060 or a range such as 5060:5062")
  .refine((text) => {
    const [first = 0, last = first] = text.split(":").map(Number);
    return first >= 1 && last <= 65535 && first <= last && last - first < 100;
  }, "expected ports from 1 to 65535, at most 100 in a range, the lower one first");

const whole = (min: number, max: number) => z.number().int().min(min).max(max);

export const settingsSchema = z.strictObject({
  mode: z
    .enum(["protect", "observe"])
    .default("protect")
    .describe("protect refuses; observe decides and shows everything, and drops nothing"),
  protocols: z
    .array(transportSchema.exclude(["tls"]))
    .min(1)
    .default(["udp", "tcp"])
    .describe("Transports that are watched"),
  sipPorts: z
    .array(portRange)
    .min(1)
    .max(20)
    .default(["5060"])
    .describe("SIP ports protected on every protected address that names none itself"),
  blockRuleFailuresPerMinute: whole(1, 1000)
    .default(10)
    .describe("Failed sign-ins a source may cause in a minute before it is blocked; never more reach the PBX"),
  accountFailuresPerMinute: whole(1, 10_000)
    .default(30)
    .describe("Failed sign-ins to one account in a minute, from all sources that never registered it together"),
  dynamicBlockSeconds: whole(60, 2_592_000)
    .default(3600)
    .describe("How long a block lasts; a new attack starts the time again"),
  blockThreshold: whole(1, 20).default(3).describe("Blocks of one source until it goes on the denylist for good"),
  floodMessagesPerSecond: whole(1, 100_000).default(100).describe("Messages a second one source may send, lasting"),
  floodBurstMessages: whole(1, 1_000_000).default(400).describe("Messages one source may send at once"),
  strangerMessagesPerSecond: whole(0, 1_000_000)
    .default(500)
    .describe(
      "Messages a second all unknown sources together may send over UDP; beyond, each has to be sent twice, as phones do. 0: no limit",
    ),
  enumerationAccountsPerMinute: whole(1, 10_000)
    .default(20)
    .describe("Different accounts a source may leave unanswered after a challenge, in a minute"),
  blockedAgents: z
    .array(z.string().trim().min(2).max(100))
    .max(500)
    .default(DEFAULT_BLOCKED_AGENTS)
    .describe("User agents refused (case-insensitive beginning of User-Agent)"),
  geoMode: z
    .enum(["off", "allow", "deny"])
    .default("off")
    .describe("deny refuses the countries listed; allow refuses all others"),
  geoCountries: z
    .array(z.string().regex(/^[A-Z]{2}$/, "expected a country code such as FR"))
    .max(260)
    .default([])
    .describe("Countries of the geo protection (ISO 3166-1 alpha-2)"),
  geoWholeHost: z
    .boolean()
    .default(false)
    .describe("Apply geo protection to all traffic of this host; can cut off mail and archive servers abroad"),
  geoDatabaseFile: z
    .string()
    .max(4096)
    .default("")
    .describe("A GeoLite2 or GeoIP2 country or city database to use instead of the built-in one; empty for built-in"),
  tftpLimitOn: z.boolean().default(true).describe("Limit TFTP read requests a source"),
  tftpRequestsPerMinute: whole(1, 100_000).default(10).describe("TFTP requests a source may send a minute, lasting"),
  tftpBurstRequests: whole(1, 100_000).default(100).describe("TFTP requests a source may send at once"),
  dnsProtectionOn: z
    .boolean()
    .default(true)
    .describe("Drop oversized DNS answers that overflow old glibc resolvers (CVE-2015-7547)"),
  failOpen: z
    .boolean()
    .default(true)
    .describe("When the proxy is down, give the port back to the PBX (true) or keep it closed (false)"),
  forbiddenCountsAsFailure: z
    .boolean()
    .default(false)
    .describe("Count a 403 answer to credentials as a failed sign-in, for registrars that answer so"),
});
export type Settings = z.infer<typeof settingsSchema>;
export type SettingName = keyof Settings;

/** Some settings to change. Without the defaults: what is left out stays as it is. */
export const settingsPatchSchema = z.strictObject(
  Object.fromEntries(
    Object.entries(settingsSchema.shape).map(([name, schema]) => [name, schema.unwrap().optional()]),
  ) as { [Name in SettingName]: z.ZodOptional<ReturnType<(typeof settingsSchema.shape)[Name]["unwrap"]>> },
);

/** All defaults. */
export const defaultSettings: Settings = settingsSchema.parse({});

export const settingNames = Object.keys(settingsSchema.shape) as SettingName[];

/**
 * Reads one setting from the text an operator typed: JSON, a bare word, or a comma-separated list where the setting is a list.
 *
 * Throws `bad-setting` naming the setting, the value and what was expected.
 */
export function parseSetting(name: string, text: string): Partial<Settings> {
  const known = settingNames.find((candidate) => candidate === name);
  if (known === undefined) {
    throw new SipprotError("bad-setting", `there is no setting ${JSON.stringify(name)}`, {
      field: name,
      remedy: "see all settings with: sipprot settings get",
    });
  }
  const parsed = settingsSchema.shape[known].safeParse(valueFromText(text, Array.isArray(defaultSettings[known])));
  if (!parsed.success) {
    throw new SipprotError("bad-setting", `${name} cannot be ${JSON.stringify(text.slice(0, 80))}`, {
      field: name,
      value: text.slice(0, 80),
      expected: parsed.error.issues.map((issue) => issue.message).join("; "),
    });
  }
  return { [known]: parsed.data } as Partial<Settings>;
}

function valueFromText(text: string, isList: boolean): unknown {
  const trimmed = text.trim();
  if (isList && !trimmed.startsWith("[")) return trimmed === "" ? [] : trimmed.split(",").map((part) => part.trim());
  try {
    return JSON.parse(trimmed);
  } catch {
    return trimmed;
  }
}
