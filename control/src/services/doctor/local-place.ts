/** Where this host reaches a server of its own that may listen on every address. */
import type { HostPort } from "@sipprot/shared/boot-settings";

export function localPlace({ address, port }: HostPort): HostPort {
  if (address === "0.0.0.0") return { address: "127.0.0.1", port };
  return { address: address === "::" ? "::1" : address, port };
}
