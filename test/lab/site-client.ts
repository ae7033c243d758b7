/** One address of the world that asks every host, and notices which of them answer it. */
import { Endpoint } from "./attacks.ts";
import { type Host, type Site, worldAddress } from "./site.ts";
import { pause } from "./until.ts";

/** An answer that does not come within this does not come. */
const SILENCE_MS = 250;
/** Long enough for a busy machine, where an answer must come. */
const ANSWER_WITHIN_MS = 3000;

export class SiteClient {
  readonly address: string;
  readonly #lines = new Map<Host, Endpoint>();
  #asked = 0;

  private constructor(address: string) {
    this.address = address;
  }

  /** Opens one UDP port for each host at the address of the world that ends with this number. */
  static async open(site: Site, last: number): Promise<SiteClient> {
    const client = new SiteClient(worldAddress(last));
    for (const [index, host] of site.hosts.entries()) {
      const where = { address: client.address, port: 5070 + index, listens: false };
      client.#lines.set(host, await Endpoint.open(site.world, where));
    }
    return client;
  }

  /** True when the host lets a harmless request through and its answer back. */
  async isAnswered(host: Host): Promise<boolean> {
    const line = this.#lines.get(host);
    if (line === undefined) return false;
    const before = (await line.kept()).datagramCount;
    await line.datagram(this.#request("OPTIONS", "Lab Phone 1.0", "UDP"), { address: host.address, port: 5060 });
    const endMs = Date.now() + SILENCE_MS;
    while (Date.now() < endMs) {
      if ((await line.kept()).datagramCount > before) return true;
      await pause(5);
    }
    return false;
  }

  /** Waits until all these hosts answer, or none; returns after how many milliseconds each was first seen so. */
  async measure(hosts: readonly Host[], isAnswered: boolean, sinceMs: number): Promise<number[]> {
    const look = async (host: Host) => {
      for (;;) {
        const askedMs = Date.now();
        if ((await this.isAnswered(host)) === isAnswered) return askedMs - sinceMs;
        if (Date.now() - sinceMs > 10_000) throw new Error(`${host.name}: no change of mind within 10 s`);
        await pause(10);
      }
    };
    return Promise.all(hosts.map(look));
  }

  /** Sends what a scanner sends over UDP, and looks for no answer. */
  async scan(host: Host): Promise<void> {
    const to = { address: host.address, port: 5060 };
    await this.#lines.get(host)?.datagram(this.#request("OPTIONS", "friendly-scanner", "UDP"), to);
  }

  /** How many datagrams have come back from a host. */
  async heardFrom(host: Host): Promise<number> {
    return (await this.#lines.get(host)?.kept())?.datagramCount ?? 0;
  }

  /** Opens a connection, asks over it, and gives its number; undefined when there is no answer. */
  async connect(host: Host): Promise<number | undefined> {
    const line = this.#lines.get(host);
    const { stream = 0 } = (await line?.connect({ address: host.address, port: 5060 }, this.address)) ?? {};
    await line?.write(stream, this.#request("OPTIONS", "Lab Phone 1.0", "TCP"));
    const endMs = Date.now() + ANSWER_WITHIN_MS;
    while (Date.now() < endMs) {
      const found = (await line?.kept())?.streams.find((one) => one.stream === stream);
      if (found !== undefined && found.base64 !== "") return stream;
      await pause(20);
    }
    return undefined;
  }

  /** True while the other end has not closed or reset the connection. */
  async isOpen(host: Host, stream: number): Promise<boolean> {
    const streams = (await this.#lines.get(host)?.kept())?.streams ?? [];
    return streams.some((one) => one.stream === stream && one.isOpen);
  }

  /** Sends what only a scanner sends over a TCP connection, which proves where it comes from. */
  async attack(host: Host): Promise<void> {
    const line = this.#lines.get(host);
    const { stream = 0 } = (await line?.connect({ address: host.address, port: 5060 }, this.address)) ?? {};
    await line?.write(stream, this.#request("REGISTER", "friendly-scanner", "TCP"));
  }

  async close(): Promise<void> {
    await Promise.all([...this.#lines.values()].map((line) => line.stop()));
  }

  #request(method: string, agent: string, transport: string): Buffer {
    this.#asked += 1;
    const lines = [
      `${method} sip:203.0.113.10 SIP/2.0`,
      `Via: SIP/2.0/${transport} ${this.address}:5070;rport;branch=z9hG4bK-site-${this.#asked}`,
      "Max-Forwards: 70",
      `From: <sip:1001@203.0.113.10>;tag=${this.#asked}`,
      "To: <sip:1001@203.0.113.10>",
      `Call-ID: ${this.#asked}@${this.address}`,
      `CSeq: ${this.#asked} ${method}`,
      `User-Agent: ${agent}`,
      "Content-Length: 0",
      "",
      "",
    ];
    return Buffer.from(lines.join("\r\n"), "latin1");
  }
}
