/** What the kernel threw away because a UDP socket's receive buffer was full, read from /proc/net/udp and udp6. */
import { readFile } from "node:fs/promises";
import { endianness } from "node:os";
import { addressFromBytes } from "@sipprot/shared/address";
import type { HostPort } from "@sipprot/shared/boot-settings";

/** One socket as the table shows it. */
export interface UdpTableRow extends HostPort {
  /** Datagrams dropped since the socket was made. */
  readonly drops: number;
}

/** Reads the text of /proc/net/udp or udp6 (kernel format: hex words in host byte order); lines it cannot read are left out. */
export function parseUdpTable(text: string, isLittleEndian: boolean): UdpTableRow[] {
  const rows: UdpTableRow[] = [];
  for (const line of text.split("\n").slice(1)) {
    const fields = line.trim().split(/\s+/);
    const [addressHex = "", portHex = ""] = (fields[1] ?? "").split(":");
    const drops = Number(fields.at(-1));
    if ((addressHex.length !== 8 && addressHex.length !== 32) || !Number.isInteger(drops)) continue;
    const bytes = Buffer.from(addressHex, "hex");
    if (isLittleEndian) bytes.swap32();
    rows.push({ address: addressFromBytes(bytes), port: Number.parseInt(portHex, 16), drops });
  }
  return rows;
}

/** Follows the drops of our own sockets. Where the system has no such table it counts nothing. */
export class ReceiveDrops {
  readonly #sockets: readonly HostPort[];
  readonly #last = new Map<string, number>();

  constructor(sockets: readonly HostPort[]) {
    this.#sockets = sockets;
  }

  /** Datagrams dropped since the last call, over all sockets. */
  async readNew(): Promise<number> {
    const tables = await Promise.all(
      ["/proc/net/udp", "/proc/net/udp6"].map((file) => readFile(file, "utf8").catch(() => "")),
    );
    const rows = tables.flatMap((table) => parseUdpTable(table, endianness() === "LE"));
    let fresh = 0;
    for (const socket of this.#sockets) {
      const row = rows.find((candidate) => candidate.address === socket.address && candidate.port === socket.port);
      if (row === undefined) continue;
      const key = `${socket.address} ${socket.port}`;
      fresh += Math.max(0, row.drops - (this.#last.get(key) ?? 0));
      this.#last.set(key, row.drops);
    }
    return fresh;
  }
}
