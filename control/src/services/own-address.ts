/** Would new settings refuse whoever asks for them? By their address, its country and the allowlist. */
import { networkInterfaces } from "node:os";
import { SipprotError } from "@sipprot/shared/errors";
import type { Settings } from "@sipprot/shared/settings";
import { isCountryRefused } from "@sipprot/shared/settings-danger";
import { readSettings } from "@sipprot/shared/store/settings-store";
import type { Redis } from "ioredis";
import { findCallerPlace } from "./caller-place.ts";
import type { Countries } from "./country.ts";

/** Opens the database of countries in that file, "" for the one that comes with us. */
export type OpenCountries = (operatorsFile: string) => Promise<Countries>;

export interface OwnStanding {
  readonly address: string;
  /** "" when it is not known, or no country: then no geo rule refuses it. */
  readonly country: string;
  readonly isRefused: boolean;
}

/** How the caller at this canonical address would fare with these settings. */
export async function findOwnStanding(
  redis: Redis,
  open: OpenCountries,
  address: string,
  settings: Settings,
): Promise<OwnStanding> {
  const locals = Object.values(networkInterfaces()).flatMap((list) => list ?? []);
  const { standing } = await findCallerPlace(redis, address, locals);
  const country = (await open(settings.geoDatabaseFile)).findCode(address);
  return { address, country, isRefused: standing === "stranger" && isCountryRefused(settings, country) };
}

/**
 * Throws `lock-out` for settings that would cut off whoever asks for them: geo protection of the whole host refuses the
 * pages and SSH too. Where it refuses their telephone alone that is a warning, given back.
 */
export async function guardOwnAddress(
  redis: Redis,
  open: OpenCountries,
  address: string,
  patch: Partial<Settings>,
): Promise<string[]> {
  if (address === "" || !["geoMode", "geoCountries", "geoWholeHost"].some((name) => name in patch)) return [];
  const settings: Settings = { ...(await readSettings(redis)).settings, ...patch };
  if (settings.geoMode === "off") return [];
  const own = await findOwnStanding(redis, open, address, settings);
  if (!own.isRefused) return [];
  if (!settings.geoWholeHost) return [`SIP from your own address ${address} (${own.country}) is refused`];
  throw new SipprotError("lock-out", `this would cut off your own address ${address}, which is in ${own.country}`, {
    field: "geoWholeHost",
    value: `${address} (${own.country})`,
    expected: "countries that let your own address through, or the address on the allowlist",
    remedy: `first allow it: sipprot list allow add ${address}`,
  });
}
