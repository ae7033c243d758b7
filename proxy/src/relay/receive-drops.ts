/** What waits in our UDP sockets, and what the kernel threw away because one's receive buffer was full: read from /proc/net/udp and udp6. */
import { readFile } from "node:fs/promises";
import { endianness } from "node:os";
import { addressFromBytes } from "@sipprot/shared/address";
import type { HostPort } from "@sipprot/shared/boot-settings";

/** One socket as the table shows it. */
export interface UdpTableRow extends HostPort {
  /** Datagrams dropped since the socket was made. */
  readonly drops: number;
  /** Bytes of datagrams that were not read yet, with the kernel's own for each. */
  readonly waitingBytes: number;
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
    const waitingBytes = Number.parseInt(fields[4]?.split(":")[1] ?? "", 16) || 0;
    rows.push({ address: addressFromBytes(bytes), port: Number.parseInt(portHex, 16), drops, waitingBytes });
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
    let fresh = 0;
    for (const { address, port, drops } of await this.#readRows()) {
      const key = `${address} ${port}`;
      fresh += Math.max(0, drops - (this.#last.get(key) ?? 0));
      this.#last.set(key, drops);
    }
    return fresh;
  }

  /** True when every datagram that came was read. */
  async areEmpty(): Promise<boolean> {
    return (await this.#readRows()).every(({ waitingBytes }) => waitingBytes === 0);
  }

  async #readRows(): Promise<UdpTableRow[]> {
    if (this.#sockets.length === 0) return [];
    const tables = await Promise.all(
      ["/proc/net/udp", "/proc/net/udp6"].map((file) => readFile(file, "utf8").catch(() => "")),
    );
    const rows = tables.flatMap((table) => parseUdpTable(table, endianness() === "LE"));
    return rows.filter(({ address, port }) =>
      this.#sockets.some((socket) => socket.address === address && socket.port === port),
    );
  }
}
