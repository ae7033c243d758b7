/** An address with its port as people write it: IPv6 in brackets. */
import type { SipPlace } from "@sipprot/shared/first-run";

export function formatPlace({ address, port }: SipPlace): string {
  return address.includes(":") ? `[${address}]:${port}` : `${address}:${port}`;
}
