/** Where the PBX of each protected address runs, asked of the machine at this moment. */
import { createSocket } from "node:dgram";
import { isIPv6 } from "@sipprot/shared/address";
import { type Classification, classifyAddress, readMachineFacts } from "./kernel/place.ts";

/** Time for a neighbour's hardware address to be asked and answered on a local wire. */
const NEIGHBOUR_WAIT_MS = 500;
/** The discard port (RFC 863): a datagram there only makes the kernel look for the neighbour. */
const DISCARD_PORT = 9;

/** Where each address is, or why it cannot be protected from here. Rejects when `ip` cannot be run. */
export async function locatePlaces(addresses: readonly string[]): Promise<ReadonlyMap<string, Classification>> {
  const classify = async () => {
    const facts = await readMachineFacts();
    return new Map(addresses.map((address) => [address, classifyAddress(address, facts)]));
  };
  const places = await classify();
  const unknown = addresses.filter((address) => "problem" in (places.get(address) ?? {}));
  if (unknown.length === 0) return places;
  // A guest that was silent for a while is no neighbour yet.
  await Promise.all(unknown.map(wakeNeighbour));
  await new Promise((resolve) => setTimeout(resolve, NEIGHBOUR_WAIT_MS));
  return classify();
}

/** Makes the kernel ask for the hardware address of a neighbour. */
async function wakeNeighbour(address: string): Promise<void> {
  const socket = createSocket(isIPv6(address) ? "udp6" : "udp4");
  await new Promise<void>((resolve) => {
    socket.on("error", () => resolve());
    socket.send(Buffer.alloc(1), DISCARD_PORT, address, () => resolve());
  });
  socket.close();
}
