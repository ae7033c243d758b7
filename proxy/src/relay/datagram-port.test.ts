/** What every kind of UDP socket keeps to, on loopback with real sockets at the other end. */
import { createSocket, type Socket } from "node:dgram";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { chooseDatagramIo } from "./datagram-io.ts";
import type { DatagramHandler, DatagramPort } from "./datagram-port.ts";
import { Tally } from "./tally.ts";

const kinds = process.platform === "linux" ? (["batch", "dgram"] as const) : (["dgram"] as const);
const families = [
  ["udp4", "127.0.0.1"],
  ["udp6", "::1"],
] as const;

/** The other end: keeps what it gets. */
class Peer {
  readonly socket: Socket;
  readonly got: string[] = [];
  #wake = () => {};

  constructor(family: "udp4" | "udp6") {
    this.socket = createSocket({ type: family, recvBufferSize: 4 << 20, sendBufferSize: 4 << 20 });
    this.socket.on("message", (bytes) => {
      this.got.push(bytes.toString("latin1"));
      this.#wake();
    });
  }

  async bind(address: string): Promise<this> {
    await new Promise<void>((resolve) => this.socket.bind(0, address, resolve));
    return this;
  }

  get port(): number {
    return this.socket.address().port;
  }

  async gets(count: number): Promise<readonly string[]> {
    while (this.got.length < count) {
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
    return this.got;
  }
}

describe.each(kinds.flatMap((kind) => families.map(([family, address]) => ({ kind, family, address }))))(
  "a datagram port by $kind over $family",
  ({ kind, family, address }) => {
    let tally: Tally;
    let peer: Peer;
    const open: DatagramPort[] = [];
    const peers: Peer[] = [];

    beforeEach(async () => {
      tally = new Tally();
      peer = await newPeer();
    });
    afterEach(async () => {
      await Promise.all(open.splice(0).map((port) => port.close()));
      for (const { socket } of peers.splice(0)) socket.close();
    });

    async function newPeer(): Promise<Peer> {
      const made = await new Peer(family).bind(address);
      peers.push(made);
      return made;
    }

    async function openPort(handle: DatagramHandler, port = 0): Promise<DatagramPort> {
      const { io, whyNotBatch } = await chooseDatagramIo(kind);
      expect(whyNotBatch).toBe("");
      expect(io.kind).toBe(kind);
      const opened = await io.open({ address, port }, handle, tally);
      open.push(opened);
      return opened;
    }

    /** Sends all before the port can take the first. */
    function burst(port: DatagramPort, words: readonly (string | Buffer)[]): void {
      for (const word of words) peer.socket.send(word, port.local.port, address);
    }

    it("hands over each datagram whole, with its sender: empty, of one byte, the largest", async () => {
      const seen: { size: number; isWhole: boolean; from: string; fromPort: number }[] = [];
      const port = await openPort((bytes, from, fromPort) => {
        seen.push({ size: bytes.length, isWhole: bytes.every((byte) => byte === 0x41), from, fromPort });
        port.send(Buffer.from("seen"), fromPort, from);
      });
      const sizes = [0, 1, 700, family === "udp4" ? 65_507 : 65_487, 0];
      burst(
        port,
        sizes.map((size) => Buffer.alloc(size, "A")),
      );
      await peer.gets(sizes.length);
      expect(seen).toEqual(sizes.map((size) => ({ size, isWhole: true, from: address, fromPort: peer.port })));
    });

    it("answers a burst larger than any batch, in order, each with its own bytes", async () => {
      const port = await openPort((bytes, from, fromPort) => port.send(bytes, fromPort, from));
      const words = Array.from({ length: 1_000 }, (_, index) => `message ${index} ${"x".repeat(index)}`);
      burst(port, words);
      expect(await peer.gets(words.length)).toEqual(words);
      expect(tally.sums.sendErrors).toBe(0);
    });

    it("sends bytes of its own, other bytes than arrived, and to others than the sender", async () => {
      const other = await newPeer();
      const port = await openPort((bytes, from, fromPort) => {
        port.send(bytes, other.port, address);
        port.send(Buffer.concat([Buffer.from("again "), bytes]), fromPort, from);
        bytes.write("0", 0, "latin1");
      });
      const words = Array.from({ length: 200 }, (_, index) => `1 of ${index}`);
      burst(port, words);
      expect(await peer.gets(200)).toEqual(words.map((word) => `again ${word}`));
      expect((await other.gets(200)).map((word) => word.slice(1))).toEqual(words.map((word) => word.slice(1)));
    });

    it("sends at once what is sent outside a handler", async () => {
      const port = await openPort(() => {});
      for (const word of ["one", "two", ""]) port.send(Buffer.from(word), peer.port, address);
      expect(await peer.gets(3)).toEqual(["one", "two", ""]);
    });

    it("passes between two ports, as a gate does", async () => {
      const inside = await newPeer();
      let up: DatagramPort | undefined;
      const down = await openPort((bytes) => up?.send(bytes, inside.port, address));
      up = await openPort((bytes) => down.send(bytes, peer.port, address));
      inside.socket.on("message", (bytes, { port }) => inside.socket.send(`re ${bytes}`, port, address));
      const words = Array.from({ length: 300 }, (_, index) => `request ${index}`);
      burst(down, words);
      expect(await peer.gets(300)).toEqual(words.map((word) => `re ${word}`));
    });

    it("counts what cannot be sent, and sends what stands before and behind it", async () => {
      // From loopback there is no way out, and from an IPv6 socket none to IPv4.
      const nowhere = family === "udp4" ? "192.0.2.1" : "::ffff:192.0.2.1";
      const port = await openPort((bytes, from, fromPort) => {
        port.send(bytes, fromPort, from);
        port.send(bytes, fromPort, nowhere);
        port.send(bytes, 0, from);
        port.send(bytes, 70_000, from);
        port.send(bytes, fromPort, "no address");
        port.send(bytes, fromPort, family === "udp4" ? "::1" : "127.0.0.1");
        port.send(Buffer.alloc(70_000), fromPort, from);
        port.send(Buffer.from("end"), fromPort, from);
      });
      const words = Array.from({ length: 50 }, (_, index) => `m${index}`);
      burst(port, words);
      expect(await peer.gets(100)).toEqual(words.flatMap((word) => [word, "end"]));
      await expect.poll(() => tally.sums.sendErrors).toBe(50 * 6);
    });

    it("counts no beat that the system refuses, and sends those that it takes", async () => {
      const nowhere = family === "udp4" ? "192.0.2.1" : "::ffff:192.0.2.1";
      const port = await openPort(() => {});
      for (let beat = 0; beat < 20; beat += 1) port.beat(Buffer.from([0]), peer.port, nowhere);
      port.beat(Buffer.from("taken"), peer.port, address);
      expect(await peer.gets(1)).toEqual(["taken"]);
      port.send(Buffer.from("x"), peer.port, nowhere);
      await expect.poll(() => tally.sums.sendErrors).toBe(1);
    });

    it("is not disturbed by a port where nobody listens", async () => {
      const closed = await newPeer();
      const { port: closedPort } = closed;
      closed.socket.close();
      peers.splice(peers.indexOf(closed), 1);
      const port = await openPort((bytes, from, fromPort) => {
        port.send(bytes, closedPort, address);
        port.send(bytes, fromPort, from);
      });
      const words = Array.from({ length: 100 }, (_, index) => `m${index}`);
      burst(port, words);
      expect(await peer.gets(100)).toEqual(words);
      burst(port, words);
      await peer.gets(200);
      expect(tally.sums.sendErrors).toBe(0);
    });

    it("hands over what waits in the middle of a turn, where sockets can be asked, and everything once", async () => {
      const { io } = await chooseDatagramIo(kind);
      const seen: string[] = [];
      const ports: DatagramPort[] = [];
      for (const name of ["one", "two"]) {
        ports.push(await io.open({ address, port: 0 }, (bytes) => seen.push(`${name}: ${bytes}`), tally));
      }
      open.push(...ports);
      const [one, two] = ports;
      if (one === undefined || two === undefined) throw new Error("no ports");
      const sender = await openPort(() => {});
      for (const number of [1, 2])
        for (const port of ports) sender.send(Buffer.from([48 + number]), port.local.port, address);
      // All in one turn of the event loop, in which nobody else can hand them over; a busy kernel may need a moment.
      const endMs = performance.now() + (kind === "batch" ? 2_000 : 20);
      while (seen.length < 4 && performance.now() < endMs) io.takeWaiting();
      expect(seen.toSorted()).toEqual(kind === "batch" ? ["one: 1", "one: 2", "two: 1", "two: 2"] : []);
      await expect.poll(() => seen.toSorted()).toEqual(["one: 1", "one: 2", "two: 1", "two: 2"]);
      await two.close();
      open.splice(open.indexOf(two), 1);
      io.takeWaiting();
      expect(seen).toHaveLength(4);
    });

    it("hands over nothing more while a handler is at work", async () => {
      const { io } = await chooseDatagramIo(kind);
      let depth = 0;
      const depths: number[] = [];
      const port = await io.open(
        { address, port: 0 },
        (bytes, from, fromPort) => {
          depth += 1;
          io.takeWaiting();
          depths.push(depth);
          port.send(bytes, fromPort, from);
          depth -= 1;
        },
        tally,
      );
      open.push(port);
      const words = Array.from({ length: 200 }, (_, index) => `m${index}`);
      burst(port, words);
      expect(await peer.gets(200)).toEqual(words);
      expect(new Set(depths)).toEqual(new Set([1]));
    });

    it("leaves timers and other ports their turn while datagrams never end", async () => {
      // Each datagram makes another one.
      const endless = await openPort((bytes) => endless.send(bytes, endless.local.port, address));
      const polite = await openPort((bytes, from, fromPort) => polite.send(bytes, fromPort, from));
      for (let count = 0; count < 500; count += 1) endless.send(Buffer.from("on"), endless.local.port, address);
      for (let turn = 0; turn < 20; turn += 1) {
        burst(polite, [`turn ${turn}`]);
        await peer.gets(turn + 1);
        await new Promise((resolve) => setTimeout(resolve, 1));
      }
      expect(peer.got).toHaveLength(20);
    });

    it("may be closed by its own handler in the middle of a burst", async () => {
      let handled = 0;
      const port = await openPort((bytes, from, fromPort) => {
        handled += 1;
        port.send(bytes, fromPort, from);
        if (handled < 3) return;
        open.splice(open.indexOf(port), 1);
        void port.close();
        port.send(bytes, fromPort, from);
      });
      const { port: number } = port.local;
      burst(
        port,
        Array.from({ length: 300 }, (_, index) => `m${index}`),
      );
      expect(await peer.gets(3)).toEqual(["m0", "m1", "m2"]);
      expect(tally.sums.sendErrors).toBe(1);
      const again = await openPort((bytes, from, fromPort) => again.send(bytes, fromPort, from), number);
      burst(again, ["after"]);
      expect((await peer.gets(4)).slice(3)).toEqual(["after"]);
      expect(handled).toBe(3);
    });

    it("counts what is sent after it was closed", async () => {
      const port = await openPort(() => {});
      open.pop();
      await port.close();
      port.send(Buffer.from("x"), peer.port, address);
      expect(tally.sums.sendErrors).toBe(1);
    });

    it("says that a port is taken, as the system does", async () => {
      await expect(openPort(() => {}, peer.port)).rejects.toMatchObject({ code: "EADDRINUSE" });
    });

    it("shares its port with nobody", async () => {
      const port = await openPort(() => {});
      const thief = createSocket({ type: family, reuseAddr: true });
      const outcome = await new Promise((resolve) => {
        thief.once("error", (error: NodeJS.ErrnoException) => resolve(error.code));
        thief.bind(port.local.port, address, () => resolve("bound"));
      });
      thief.close();
      expect(outcome).toBe("EADDRINUSE");
    });

    it("tells where it is and what buffer it got", async () => {
      const port = await openPort(() => {});
      expect(port.local).toEqual({ address, port: expect.any(Number) });
      expect(port.receiveBufferBytes).toBeGreaterThan(100_000);
    });
  },
);
