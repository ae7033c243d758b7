/** The media of one call: RTP packets sent at their pace, counted when they come, or echoed. */
import { createSocket } from "node:dgram";
import { hostText } from "./sip-text.mjs";

const PACKET_EVERY_MS = 20;
/** 20 ms of µ-law at 8 kHz. */
const PAYLOAD_BYTES = 160;

export class Media {
  sent = 0;
  received = 0;
  /** @type {import("node:dgram").Socket} */
  #socket;
  /** @type {{ address: string, port: number } | undefined} */
  #remote;

  /** @param {import("node:dgram").Socket} socket @param {boolean} echoes */
  constructor(socket, echoes) {
    this.#socket = socket;
    socket.on("error", () => {});
    socket.on("message", (packet, from) => {
      if (packet.length < 12 || (packet[1] ?? 0) >= 200) return;
      this.received += 1;
      if (echoes) this.#socket.send(packet, from.port, from.address, () => {});
    });
  }

  /** @param {string} address @param {boolean} echoes @returns {Promise<Media>} */
  static open(address, echoes) {
    const socket = createSocket(address.includes(":") ? "udp6" : "udp4");
    return new Promise((resolve, reject) => {
      socket.once("error", reject);
      socket.bind(0, address, () => resolve(new Media(socket, echoes)));
    });
  }

  /** The session description that offers or answers this media. */
  description() {
    const { address, port, family } = this.#socket.address();
    const net = `IN ${family === "IPv6" ? "IP6" : "IP4"} ${address}`;
    return `v=0\r\no=- 1 1 ${net}\r\ns=-\r\nc=${net}\r\nt=0 0\r\nm=audio ${port} RTP/AVP 0\r\na=rtpmap:0 PCMU/8000\r\na=sendrecv\r\n`;
  }

  /** Takes the other side's address out of its session description. @param {string} body */
  aim(body) {
    const address = /^c=IN IP[46] (\S+)/m.exec(body)?.[1];
    const port = Number(/^m=audio (\d+)/m.exec(body)?.[1] ?? 0);
    if (address !== undefined && port > 0) this.#remote = { address, port };
  }

  /** Sends packets one each 20 ms and waits a moment for the last to come back. @param {number} packets */
  async talk(packets) {
    const before = { sent: this.sent, received: this.received };
    const source = Math.floor(Math.random() * 2 ** 32);
    for (let index = 0; index < packets; index += 1) {
      const packet = Buffer.alloc(12 + PAYLOAD_BYTES, 0xff);
      packet.writeUInt16BE(0x8000, 0);
      packet.writeUInt16BE((before.sent + index) & 0xffff, 2);
      packet.writeUInt32BE(((before.sent + index) * PAYLOAD_BYTES) >>> 0, 4);
      packet.writeUInt32BE(source, 8);
      if (this.#remote !== undefined) {
        this.#socket.send(packet, this.#remote.port, this.#remote.address, () => {});
        this.sent += 1;
      }
      await new Promise((resolve) => setTimeout(resolve, PACKET_EVERY_MS));
    }
    await new Promise((resolve) => setTimeout(resolve, 200));
    return { sent: this.sent - before.sent, received: this.received - before.received };
  }

  /** Where media goes, for people. */
  get remote() {
    return this.#remote === undefined ? "" : `${hostText(this.#remote.address)}:${this.#remote.port}`;
  }

  close() {
    this.#socket.close();
  }
}
