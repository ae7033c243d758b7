/** What makes a change of the settings dangerous: it may refuse those who were let through until now. Pure. */
import { z } from "zod";
import type { Settings } from "./settings.ts";

export const dangers = [
  /** From looking on to refusing. */
  "protecting",
  /** Countries are refused that were let through. */
  "countries",
  /** Countries are refused for everything else on the host too. */
  "whole-host",
  /** When the proxy is down nobody can call. */
  "fail-closed",
  /** A transport is no longer carried. */
  "fewer-protocols",
] as const;
export const dangerSchema = z.enum(dangers);
export type Danger = z.infer<typeof dangerSchema>;

/** What the geo protection looks at. */
export type GeoRule = Pick<Settings, "geoMode" | "geoCountries">;

/** True when the geo rule refuses this country; a country that is not known passes. */
export function isCountryRefused({ geoMode, geoCountries }: GeoRule, country: string | undefined): boolean {
  if (geoMode === "off" || country === undefined || country === "") return false;
  return geoCountries.includes(country) === (geoMode === "deny");
}

/** The dangers of going from one state of the settings to another, in the order of `dangers`. */
export function listDangers(before: Settings, after: Settings): Danger[] {
  const isThere: Record<Danger, boolean> = {
    protecting: before.mode === "observe" && after.mode === "protect",
    countries: refusesMore(before, after),
    "whole-host": isHostRefusing(after) && (!isHostRefusing(before) || refusesMore(before, after)),
    "fail-closed": before.failOpen && !after.failOpen,
    "fewer-protocols": before.protocols.some((protocol) => !after.protocols.includes(protocol)),
  };
  return dangers.filter((danger) => isThere[danger]);
}

function isHostRefusing({ geoWholeHost, geoMode }: Settings): boolean {
  return geoWholeHost && geoMode !== "off";
}

/** True when a country passes by the one rule and not by the other. */
function refusesMore(before: GeoRule, after: GeoRule): boolean {
  if (after.geoMode === "off") return false;
  const named = new Set([...before.geoCountries, ...after.geoCountries]);
  if ([...named].some((country) => !isCountryRefused(before, country) && isCountryRefused(after, country))) return true;
  // Countries that neither rule names are refused by allow mode alone.
  return after.geoMode === "allow" && before.geoMode !== "allow";
}
