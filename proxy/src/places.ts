/** Where the PBX of each protected address runs, found out from the machine. */
import { listOwnAddresses } from "./config.ts";
import type { Place } from "./kernel/steering-description.ts";

/** The place of each address; one that this host does not have is left out. */
export async function locatePlaces(addresses: readonly string[]): Promise<ReadonlyMap<string, Place>> {
  const own = new Set(listOwnAddresses());
  return new Map(addresses.filter((address) => own.has(address)).map((address) => [address, { kind: "host" }]));
}
