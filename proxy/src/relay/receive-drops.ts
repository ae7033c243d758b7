/** What waits in our UDP sockets, and what the kernel threw away because one's receive buffer was full: read from /proc/net/udp and udp6. */
import { readFile } from "node:fs/promises";
import { endianness } from "node:os";
import { addressBytes } from "@sipprot/shared/address";
import type { HostPort } from "@sipprot/shared/boot-settings";

const LINE_FEED = 10;

/** One socket as the table shows it. */
export interface UdpTableRow {
  /** Datagrams dropped since the socket was made. */
  readonly drops: number;
  /** Bytes of datagrams that were not read yet, with the kernel's own for each. */
  readonly waitingBytes: number;
}

/** How the tables show a local address: hex words in the host's byte order, behind the number of the row. */
export function udpTableMark({ address, port }: HostPort, isLittleEndian: boolean): string {
  const bytes = Buffer.from(addressBytes(address));
  if (isLittleEndian) bytes.swap32();
  const hex = `${bytes.toString("hex")}:${port.toString(16).padStart(4, "0")}`;
  return `: ${hex.toUpperCase()} `;
}

/**
 * The rows with this mark in the bytes of a table. The table of a busy PBX has thousands of others, for each call's sound: they
 * are passed over unread.
 */
export function findUdpRows(table: Buffer, mark: string): UdpTableRow[] {
  const rows: UdpTableRow[] = [];
  for (let at = table.indexOf(mark, 0, "latin1"); at >= 0; at = table.indexOf(mark, at + 1, "latin1")) {
    const end = table.indexOf(LINE_FEED, at);
    const line = table.toString("latin1", at + mark.length, end < 0 ? table.length : end);
    // Remote address, state, the queues, …, drops.
    const fields = line.trim().split(/\s+/);
    const drops = Number(fields.at(-1));
    if (!Number.isInteger(drops)) continue;
    rows.push({ drops, waitingBytes: Number.parseInt(fields[2]?.split(":")[1] ?? "", 16) || 0 });
  }
  return rows;
}

/** Follows the drops of our own sockets. Where the system has no such table it counts nothing. */
export class ReceiveDrops {
  readonly #marks: readonly string[];
  readonly #last = new Map<string, number>();

  constructor(sockets: readonly HostPort[]) {
    this.#marks = sockets.map((socket) => udpTableMark(socket, endianness() === "LE"));
  }

  /** Datagrams dropped since the last call, over all sockets. */
  async readNew(): Promise<number> {
    let fresh = 0;
    for (const { mark, drops } of await this.#readRows()) {
      fresh += Math.max(0, drops - (this.#last.get(mark) ?? 0));
      this.#last.set(mark, drops);
    }
    return fresh;
  }

  /** True when every datagram that came was read. */
  async areEmpty(): Promise<boolean> {
    return (await this.#readRows()).every(({ waitingBytes }) => waitingBytes === 0);
  }

  async #readRows(): Promise<(UdpTableRow & { readonly mark: string })[]> {
    if (this.#marks.length === 0) return [];
    const tables = await Promise.all(
      ["/proc/net/udp", "/proc/net/udp6"].map((file) => readFile(file).catch(() => Buffer.alloc(0))),
    );
    return tables.flatMap((table) =>
      this.#marks.flatMap((mark) => findUdpRows(table, mark).map((row) => ({ ...row, mark }))),
    );
  }
}
