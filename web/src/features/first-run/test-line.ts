/** The command line that sends one harmless SIP request to the gate, for an administrator to copy. Pure. */
import type { SipPlace } from "@sipprot/shared/first-run";

/** `pageHost` is the host these pages were reached at: it stands in where the gate listens on every address. */
export function writeTestLine(places: readonly SipPlace[], pageHost: string): string | undefined {
  // The tool speaks IPv4 alone.
  const place = places.find(({ address }) => !address.includes(":"));
  if (place === undefined) return undefined;
  const host = place.address === "0.0.0.0" ? pageHost : place.address;
  return host.includes(":") ? undefined : `sipsak -vv -s sip:test@${host}:${place.port}`;
}
