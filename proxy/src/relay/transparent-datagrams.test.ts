/** What the kernel's steering would carry on to the PBX, the client's own socket sees here: bytes that come from `up`. */
import { createSocket, type Socket } from "node:dgram";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { MessageReader } from "../sip/reader.ts";
import type { TransparentEndpoint } from "../worker-messages.ts";
import { chooseDatagramIo } from "./datagram-io.ts";
import type { Gatekeeper, Peer } from "./gatekeeper.ts";
import type { RelayPath } from "./relay-path.ts";
import { Tally } from "./tally.ts";
import { openTransparentDatagrams } from "./transparent-datagrams.ts";

interface Received {
  readonly bytes: Buffer;
  readonly fromPort: number;
}

class Phone {
  readonly socket: Socket;
  readonly #inbox: Received[] = [];
  readonly #waiting: ((received: Received) => void)[] = [];

  constructor(family: "udp4" | "udp6") {
    this.socket = createSocket(family);
    this.socket.on("message", (bytes, remote) => {
      const received = { bytes, fromPort: remote.port };
      const next = this.#waiting.shift();
      if (next === undefined) this.#inbox.push(received);
      else next(received);
    });
  }

  async bind(address: string): Promise<this> {
    await new Promise<void>((resolve) => this.socket.bind(0, address, resolve));
    return this;
  }

  next(): Promise<Received> {
    const first = this.#inbox.shift();
    return first === undefined ? new Promise((resolve) => this.#waiting.push(resolve)) : Promise.resolve(first);
  }
}

const seen: Peer[] = [];
const gatekeeper: Gatekeeper = {
  message: new MessageReader(),
  seeRead: () => 0,
  judge: (bytes) => ({
    verdict: bytes.includes("guess") ? "drop" : "pass",
    gate: bytes.includes("guess") ? "guessing" : "none",
    retryAtMs: 0,
  }),
  see: (bytes, peer) => {
    seen.push({ ...peer });
    return Number(/^SIP\/2.0 (\d{3})/.exec(bytes.toString("latin1"))?.[1] ?? 0);
  },
  isKnown: () => false,
  isKeepalive: (bytes) => bytes.length <= 4,
  openFramer: () => {
    throw new Error("no streams here");
  },
};

function counted(tally: Tally) {
  return tally.take(0, { connections: 0, receiveBufferBytes: 0, memoryBytes: 0, sources: 0 });
}

describe.each([
  ["batch", "udp4", "127.0.0.1"],
  ["batch", "udp6", "::1"],
  ["dgram", "udp4", "127.0.0.1"],
  ["dgram", "udp6", "::1"],
] as const)("transparent datagrams by %s over %s", (kind, family, address) => {
  let tally: Tally;
  let path: RelayPath;
  let phone: Phone;
  let downPort: number;
  let upPort: number;

  beforeEach(async () => {
    seen.length = 0;
    tally = new Tally();
    const endpoint: TransparentEndpoint = {
      path: "transparent",
      endpoint: "203.0.113.10:5060",
      transports: ["udp"],
      bindAddress: address,
      downPort: 0,
      upPort: 0,
      heartbeatsTo: [],
    };
    const { io } = await chooseDatagramIo(kind);
    path = await openTransparentDatagrams(io, endpoint, gatekeeper, tally, () => 1_000);
    [downPort, upPort] = path.datagramPorts.map((port) => port.local.port) as [number, number];
    phone = await new Phone(family).bind(address);
  });
  afterEach(async () => {
    await path.close();
    phone.socket.close();
  });

  it("passes the same bytes in and out, to the same client, and counts answers", async () => {
    const request = Buffer.from("REGISTER sip:example.com SIP/2.0\r\n\u0000\u00ff\r\n\r\n", "latin1");
    phone.socket.send(request, downPort, address);
    expect(await phone.next()).toEqual({ bytes: request, fromPort: upPort });

    const answer = Buffer.from("SIP/2.0 401 Unauthorized\r\n\r\n");
    phone.socket.send(answer, upPort, address);
    expect(await phone.next()).toEqual({ bytes: answer, fromPort: downPort });
    expect(seen).toEqual([
      { address, port: phone.socket.address().port, transport: "udp", endpoint: "203.0.113.10:5060" },
    ]);
    expect(counted(tally).answers).toEqual([{ endpoint: "203.0.113.10:5060", statusClass: 4, count: 1 }]);
  });

  it("says nothing to what is refused, and counts the gate", async () => {
    phone.socket.send("guess", downPort, address);
    phone.socket.send("honest", downPort, address);
    expect((await phone.next()).bytes.toString()).toBe("honest");
    expect(counted(tally).messages).toEqual([
      expect.objectContaining({ direction: "in", verdict: "pass", gate: "none", count: 1 }),
      expect.objectContaining({ direction: "in", verdict: "drop", gate: "guessing", count: 1 }),
    ]);
  });

  it("passes keepalives unjudged, the empty datagram too", async () => {
    phone.socket.send("", downPort, address);
    expect((await phone.next()).bytes).toHaveLength(0);
    phone.socket.send("\r\n\r\n", downPort, address);
    expect((await phone.next()).bytes.toString()).toBe("\r\n\r\n");
    expect(counted(tally).keepalives).toBe(2);
  });

  it("passes the largest datagram there is", async () => {
    const large = Buffer.alloc(family === "udp4" ? 65_507 : 65_487, "x");
    phone.socket.setSendBufferSize(1 << 20);
    phone.socket.send(large, downPort, address);
    expect((await phone.next()).bytes.equals(large)).toBe(true);
  });

  it("never throws for a destination that cannot be: it counts", () => {
    const [down] = path.datagramPorts;
    down?.send(Buffer.from("x"), 0, address);
    down?.send(Buffer.from("x"), 70_000, address);
    expect(counted(tally).sendErrors).toBe(2);
  });

  it("reports the receive buffer it got", () => {
    for (const port of path.datagramPorts) expect(port.receiveBufferBytes).toBeGreaterThan(0);
  });
});

it("feeds the dead man's switches from up, at once", async () => {
  const listener = await new Phone("udp4").bind("127.0.0.1");
  const second = await new Phone("udp4").bind("127.0.0.1");
  const endpoint: TransparentEndpoint = {
    path: "transparent",
    endpoint: "203.0.113.10:5060",
    transports: ["udp"],
    bindAddress: "127.0.0.1",
    downPort: 0,
    upPort: 0,
    heartbeatsTo: [listener, second].map(({ socket }) => ({ address: "127.0.0.1", port: socket.address().port })),
  };
  const { io } = await chooseDatagramIo("auto");
  const path = await openTransparentDatagrams(io, endpoint, gatekeeper, new Tally(), () => 0);
  const beat = await listener.next();
  expect(beat).toEqual({ bytes: Buffer.from([0]), fromPort: path.datagramPorts[1]?.local.port });
  expect((await second.next()).bytes).toEqual(beat.bytes);
  await path.close();
  listener.socket.close();
  second.socket.close();
});

it("says that a port is taken, and leaves nothing open", async () => {
  const other = await new Phone("udp4").bind("127.0.0.1");
  const endpoint: TransparentEndpoint = {
    path: "transparent",
    endpoint: "203.0.113.10:5060",
    transports: ["udp"],
    bindAddress: "127.0.0.1",
    downPort: 0,
    upPort: other.socket.address().port,
    heartbeatsTo: [],
  };
  const { io } = await chooseDatagramIo("auto");
  await expect(openTransparentDatagrams(io, endpoint, gatekeeper, new Tally(), () => 0)).rejects.toThrow("EADDRINUSE");
  other.socket.close();
});
