/** Where the PBX of each protected address runs: on this host, or in a guest behind it, as the system's own tables say. */
import { createSocket } from "node:dgram";
import { isIPv6, parseAddress } from "@sipprot/shared/address";
import { z } from "zod";
import { readProgram } from "./kernel/program.ts";
import type { Place } from "./kernel/steering-description.ts";

/** Time for the neighbour's hardware address to be asked and answered on a local wire. */
const NEIGHBOUR_WAIT_MS = 500;
/** The discard port (RFC 863): a datagram there only makes the kernel look for the neighbour. */
const DISCARD_PORT = 9;

const linkSchema = z.object({
  ifname: z.string(),
  address: z.string().optional(),
  linkinfo: z.object({ info_kind: z.string().optional() }).optional(),
  addr_info: z.array(z.object({ local: z.string().optional() })).default([]),
});
const routeSchema = z.object({ dev: z.string().optional() });
const neighbourSchema = z.object({ dst: z.string(), dev: z.string().optional(), lladdr: z.string().optional() });

/** What `ip -j` says, as far as it matters here. */
export interface Surroundings {
  /** `ip -j -d address show`. */
  readonly links: ReadonlyArray<z.infer<typeof linkSchema>>;
  /** Interfaces of the default routes: what is reached through these is not behind this host, unless it is a bridge. */
  readonly uplinks: readonly string[];
  /** The interface each asked address is reached through, by `ip -j route get`. */
  readonly reachedThrough: ReadonlyMap<string, string>;
  /** Hardware addresses of neighbours by address, by `ip -j neighbour`. */
  readonly neighbours: ReadonlyMap<string, string>;
}

/**
 * The place of an address; undefined when it is neither this host's own nor behind it.
 *
 * A bridge that is our own way out as well joins the guest to the outer wire: its frames pass by without being routed.
 */
export function classifyPlace(
  address: string,
  { links, uplinks, reachedThrough, neighbours }: Surroundings,
): Place | undefined {
  const isOwn = links.some((link) => link.addr_info.some(({ local }) => parseAddress(local ?? "") === address));
  if (isOwn) return { kind: "host" };
  const name = reachedThrough.get(address);
  const link = links.find(({ ifname }) => ifname === name);
  if (name === undefined || link === undefined) return undefined;
  if (!uplinks.includes(name)) return { kind: "routed-guest", interface: name };
  const guestMac = neighbours.get(address);
  const isBridge = link.linkinfo?.info_kind === "bridge";
  if (!isBridge || guestMac === undefined || link.address === undefined) return undefined;
  return { kind: "bridged-guest", bridge: name, bridgeMac: link.address, guestMac };
}

/** The place of each address; one that is neither ours nor behind us is left out. Rejects when `ip` cannot be run. */
export async function locatePlaces(addresses: readonly string[]): Promise<ReadonlyMap<string, Place>> {
  await Promise.all(addresses.map(wakeNeighbour));
  const surroundings = await readSurroundings(addresses);
  const isUnknown = addresses.some((address) => classifyPlace(address, surroundings) === undefined);
  if (isUnknown) await new Promise((resolve) => setTimeout(resolve, NEIGHBOUR_WAIT_MS));
  const found = isUnknown ? await readSurroundings(addresses) : surroundings;
  const places = new Map<string, Place>();
  for (const address of addresses) {
    const place = classifyPlace(address, found);
    if (place !== undefined) places.set(address, place);
  }
  return places;
}

async function readSurroundings(addresses: readonly string[]): Promise<Surroundings> {
  const [links, routes4, routes6, neighbours] = await Promise.all([
    readIp(linkSchema, "-d", "address", "show"),
    readIp(routeSchema, "-4", "route", "show", "default"),
    readIp(routeSchema, "-6", "route", "show", "default"),
    readIp(neighbourSchema, "neighbour", "show"),
  ]);
  const reachedThrough = new Map<string, string>();
  for (const address of addresses) {
    // An address without any route is an error of `ip`, and an answer to us.
    const routes = await readIp(routeSchema, "route", "get", address).catch(() => []);
    const dev = routes[0]?.dev;
    if (dev !== undefined) reachedThrough.set(address, dev);
  }
  const uplinks = [...routes4, ...routes6].map(({ dev }) => dev).filter((dev) => dev !== undefined);
  const known = neighbours.flatMap(({ dst, lladdr }): Array<[string, string]> => {
    const address = parseAddress(dst);
    return address === undefined || lladdr === undefined ? [] : [[address, lladdr]];
  });
  return { links, uplinks, reachedThrough, neighbours: new Map(known) };
}

/** Runs `ip -j` and keeps of its output what has the expected shape; an old `ip` pads arrays with empty objects. */
async function readIp<Shape>(shape: z.ZodType<Shape>, ...words: string[]): Promise<Shape[]> {
  const text = await readProgram([], ["ip", "-j", ...words]);
  const rows: unknown = JSON.parse(text.trim() === "" ? "[]" : text);
  if (!Array.isArray(rows)) return [];
  return rows.map((row) => shape.safeParse(row).data).filter((row) => row !== undefined);
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
