/** An OPTIONS request as a scanner or a telephone sends it, and some of them sent from an address of this machine. */
import { randomUUID } from "node:crypto";
import { createSocket } from "node:dgram";

/** What a source may send before it is a flood is more than this. */
const PAUSE_MS = 15;

export function writeOptions(from: string, to: string, agent: string): Buffer {
  const lines = [
    `OPTIONS sip:100@${to} SIP/2.0`,
    `Via: SIP/2.0/UDP ${from}:5070;branch=z9hG4bK-${randomUUID()};rport`,
    `From: <sip:100@${from}>;tag=${randomUUID()}`,
    `To: <sip:100@${to}>`,
    `Call-ID: ${randomUUID()}`,
    "CSeq: 1 OPTIONS",
    "Max-Forwards: 70",
    `User-Agent: ${agent}`,
    "Content-Length: 0",
    "",
    "",
  ];
  return Buffer.from(lines.join("\r\n"));
}

/** Sends so many to a gate on 127.0.0.1; `address` is another of the loopback, so that the gate judges it. */
export async function scanFrom(address: string, port: number, count: number, agent: string): Promise<void> {
  const socket = createSocket("udp4");
  await new Promise<void>((resolve) => socket.bind(0, address, resolve));
  for (let sent = 0; sent < count; sent += 1) {
    const message = writeOptions(address, "127.0.0.1", agent);
    await new Promise((resolve) => socket.send(message, port, "127.0.0.1", resolve));
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
  }
  socket.close();
}
