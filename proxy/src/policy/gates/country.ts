/** Gate 3: countries the operator refuses, or all but those the operator wants. */
import type { Reason } from "@sipprot/shared/reason";
import type { Arrival } from "../arrival.ts";
import { NetworkSet } from "../network-set.ts";
import type { Source } from "../source.ts";
import type { PolicyState } from "../state.ts";

/** Addresses that are in no country: private, carrier-grade NAT, link-local, loopback (RFC 1918, 6598, 3927, 4193, 4291). */
const NOWHERE = [
  "10.0.0.0/8",
  "172.16.0.0/12",
  "192.168.0.0/16",
  "100.64.0.0/10",
  "169.254.0.0/16",
  "127.0.0.0/8",
  "fc00::/7",
  "fe80::/10",
  "::1",
];
const nowhere = new NetworkSet();
for (const network of NOWHERE) nowhere.put(network);

/** The country of the source, asked for once; undefined for private and unknown addresses. */
export function countryOf(state: PolicyState, source: Source, address: string): string | undefined {
  if (source.countryVersion !== state.countryVersion) {
    source.countryVersion = state.countryVersion;
    source.country = nowhere.has(address) ? undefined : state.country(address)?.slice(0, 2);
  }
  return source.country;
}

/** The refusal, or undefined. An address in no known country passes in both modes: a gap in the database is no offence. */
export function refuseCountry(state: PolicyState, source: Source, arrival: Arrival): Reason | undefined {
  const mode = state.settings.geoMode;
  const country = countryOf(state, source, arrival.address);
  if (mode === "off" || country === undefined) return undefined;
  if (state.countries.has(country) === (mode === "allow")) return undefined;
  return { gate: "country", country, mode };
}
