/** The sockets that listen on this host, as `/proc/net` tells. */
import { readFileSync } from "node:fs";
import { addressFromBytes } from "@sipprot/shared/address";

export interface ListeningSocket {
  readonly protocol: "udp" | "tcp";
  /** Canonical; `0.0.0.0` and `::` mean every address. */
  readonly address: string;
  readonly port: number;
}

/** States of `/proc/net`: a UDP socket without a peer, and a listening TCP socket. */
const LISTENING = { udp: "07", tcp: "0A" } as const;

/** All listening sockets of this network namespace; none on systems without `/proc`. */
export function readListeningSockets(): ListeningSocket[] {
  const sockets: ListeningSocket[] = [];
  for (const protocol of ["udp", "tcp"] as const) {
    for (const family of ["", "6"]) {
      try {
        sockets.push(...parseSockets(readFileSync(`/proc/net/${protocol}${family}`, "latin1"), protocol));
      } catch {
        // No such family here, or not Linux.
      }
    }
  }
  return sockets;
}

/** Reads the text of one file of `/proc/net`. */
export function parseSockets(text: string, protocol: ListeningSocket["protocol"]): ListeningSocket[] {
  const sockets: ListeningSocket[] = [];
  for (const line of text.split("\n").slice(1)) {
    const [, local = "", , state] = line.trim().split(/\s+/);
    const [hex = "", portHex = ""] = local.split(":");
    if (state !== LISTENING[protocol] || (hex.length !== 8 && hex.length !== 32)) continue;
    sockets.push({ protocol, address: addressFromBytes(readWords(hex)), port: Number.parseInt(portHex, 16) });
  }
  return sockets;
}

/** The kernel prints each 32-bit word of an address in the host's order, which is little-endian wherever Node runs here. */
function readWords(hex: string): Uint8Array {
  const bytes = Buffer.from(hex, "hex");
  return bytes.swap32();
}
