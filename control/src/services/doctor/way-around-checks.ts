/** Doctor: can the PBX be reached around the proxy. */
import { networkInterfaces } from "node:os";
import { isIPv6, parseAddress } from "@sipprot/shared/address";
import type { BootSettings } from "@sipprot/shared/boot-settings";
import type { ProxyHealth } from "../proxy-health.ts";
import { type Diagnosis, ok, problem, skipped, warning } from "./diagnosis.ts";
import type { ListeningSocket } from "./listening-sockets.ts";

/** Ports where PBXs take SIP that is not watched: TLS, and WebSocket in clear and encrypted. */
const unwatchedPorts: ReadonlyMap<number, string> = new Map([
  [5061, "SIP over TLS"],
  [8088, "SIP over WebSocket"],
  [8089, "SIP over secure WebSocket"],
]);

/** Judges the ways around the proxy from the sockets that listen and the addresses this host has. */
export function judgeWaysAround(
  boot: BootSettings,
  health: ProxyHealth | undefined,
  sockets: readonly ListeningSocket[],
  localAddresses: readonly string[] = listOuterAddresses(),
): Diagnosis[] {
  if (health === undefined) return [skipped("ways around", "the proxy does not run")];
  const ways =
    health.path === "relay"
      ? judgeRelay(boot, sockets, localAddresses)
      : judgeTransparent(health.endpoints, sockets, localAddresses);
  return [ways, ...judgeUnwatched(sockets)];
}

function judgeTransparent(
  endpoints: readonly string[],
  sockets: readonly ListeningSocket[],
  localAddresses: readonly string[],
): Diagnosis {
  const name = "ways around";
  const guarded = new Set(endpoints);
  const ports = new Set(endpoints.map((endpoint) => Number(endpoint.slice(endpoint.lastIndexOf(":") + 1))));
  const open = new Set<string>();
  for (const socket of sockets) {
    if (!ports.has(socket.port)) continue;
    for (const address of localAddresses) {
      if (!listensOn(socket, address)) continue;
      const endpoint = formatEndpoint(address, socket.port);
      if (!guarded.has(endpoint)) open.add(endpoint);
    }
  }
  if (open.size === 0) return ok(name, "no other address of this host takes SIP on a protected port");
  return warning(
    name,
    `these take SIP without protection: ${[...open].join(", ")}`,
    "add them to SIPPROT_PROTECT in conf/sipprot.conf and run npm start, or let the PBX listen on the protected address only",
  );
}

function judgeRelay(
  { pbx }: BootSettings,
  sockets: readonly ListeningSocket[],
  localAddresses: readonly string[],
): Diagnosis {
  const name = "ways around";
  const open = sockets.filter(
    (socket) => socket.port === pbx.port && localAddresses.some((address) => listensOn(socket, address)),
  );
  if (open.length === 0) return ok(name, `the PBX's port ${pbx.port} listens on no outer address of this host`);
  return problem(
    name,
    `the PBX's port ${pbx.port} can be reached from outside, past the proxy`,
    "bind the PBX to 127.0.0.1, or refuse that port in the firewall for everyone but this host",
  );
}

function judgeUnwatched(sockets: readonly ListeningSocket[]): Diagnosis[] {
  const found: Diagnosis[] = [];
  for (const [port, what] of unwatchedPorts) {
    const isOpen = sockets.some((socket) => socket.port === port && !isLoopback(socket.address));
    if (!isOpen) continue;
    found.push(
      warning(
        `port ${port}`,
        `${what} is open and cannot be read by the proxy`,
        "close it in the firewall if no phone needs it",
      ),
    );
  }
  return found;
}

function listensOn(socket: ListeningSocket, address: string): boolean {
  if (socket.address === "::") return true;
  if (socket.address === "0.0.0.0") return !isIPv6(address);
  return socket.address === address;
}

function isLoopback(address: string): boolean {
  return address === "::1" || address.startsWith("127.");
}

function formatEndpoint(address: string, port: number): string {
  return isIPv6(address) ? `[${address}]:${port}` : `${address}:${port}`;
}

/** The addresses others can reach this host by: neither loopback nor link-local. */
function listOuterAddresses(): string[] {
  const outer: string[] = [];
  for (const list of Object.values(networkInterfaces())) {
    for (const { address, internal } of list ?? []) {
      const canonical = parseAddress(address);
      if (canonical !== undefined && !internal && !canonical.startsWith("fe80:")) outer.push(canonical);
    }
  }
  return outer;
}
