import { connect, createServer, type Server, type Socket } from "node:net";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { MessageReader } from "../sip/reader.ts";
import { ConnectPacer } from "./connect-pacer.ts";
import { ConnectionCensus } from "./connection-census.ts";
import type { Frame, Framer, Gatekeeper, Judgement } from "./gatekeeper.ts";
import { KeepaliveLimit } from "./keepalive-limit.ts";
import type { PairSetup } from "./pair-setup.ts";
import type { RelayPath } from "./relay-path.ts";
import { openStreamListener } from "./stream-listener.ts";
import type { StreamPair } from "./stream-pair.ts";
import { Tally } from "./tally.ts";

const endpoint = "203.0.113.10:5060";
const messageEnd = "\r\n\r\n";

/** Messages without bodies: enough to see whole messages pass one by one. */
class LineFramer implements Framer {
  isBroken = false;
  #held = "";
  get pendingBytes(): number {
    return this.#held.length;
  }
  push(chunk: Buffer): Frame[] {
    const frames: Frame[] = [];
    this.#held += chunk.toString("latin1");
    while (this.#held !== "") {
      if (this.#held.startsWith("\x16")) this.isBroken = true;
      if (this.isBroken) return frames;
      const isKeepalive = this.#held.startsWith("\r\n");
      const end = isKeepalive ? 2 : this.#held.indexOf(messageEnd) + messageEnd.length;
      if (end < messageEnd.length && !isKeepalive) break;
      frames.push({
        kind: isKeepalive ? "keepalive" : "message",
        bytes: Buffer.from(this.#held.slice(0, end), "latin1"),
      });
      this.#held = this.#held.slice(end);
    }
    return frames;
  }
}

const pass: Judgement = { verdict: "pass", gate: "none", retryAtMs: 0 };

describe("a TCP connection through the gate", () => {
  let pbx: Server;
  let pbxPort: number;
  let pbxSockets: Socket[];
  let pbxSays: (text: string, socket: Socket) => void;
  let judge: (text: string, atMs: number) => Judgement;
  let clock: number;
  let seen: string[];
  let census: ConnectionCensus;
  let tally: Tally;
  let looks: { between: number };
  let path: RelayPath & { readonly local: { readonly port: number } };
  let pairs: StreamPair[];
  const clients: Socket[] = [];

  beforeEach(async () => {
    pbxSockets = [];
    pbxSays = () => {};
    judge = () => pass;
    clock = 1_000_000;
    // A closed connection of the test before may still count, but not here.
    const own = { between: 0 };
    looks = own;
    seen = [];
    census = new ConnectionCensus();
    tally = new Tally();
    pbx = createServer({ allowHalfOpen: true }, (socket) => {
      pbxSockets.push(socket);
      socket.on("error", () => {});
      socket.on("data", (chunk: Buffer) => pbxSays(chunk.toString("latin1"), socket));
      socket.on("end", () => socket.end());
    });
    await new Promise<void>((resolve) => pbx.listen(0, "127.0.0.1", resolve));
    pbxPort = portOf(pbx);
    const gatekeeper: Gatekeeper = {
      message: new MessageReader(),
      seeRead: () => 0,
      judge: (bytes, _peer, atMs) => judge(bytes.toString("latin1"), atMs),
      see: (bytes) => {
        seen.push(bytes.toString("latin1"));
        return 0;
      },
      isKnown: () => false,
      isKeepalive: () => false,
      openFramer: () => new LineFramer(),
    };
    const setup: PairSetup = {
      gatekeeper,
      tally,
      census,
      lane: tally.lane(endpoint, "tcp"),
      keepalives: new KeepaliveLimit(tally),
      pacer: new ConnectPacer(),
      now: () => clock,
      datagramsBetween: () => {
        own.between += 1;
      },
      connectUp: () => connect({ host: "127.0.0.1", port: pbxPort, allowHalfOpen: true }),
    };
    pairs = [];
    path = await openStreamListener({ address: "127.0.0.1", port: 0 }, endpoint, setup, (pair) => pairs.push(pair));
  });
  afterEach(async () => {
    for (const client of clients.splice(0)) client.destroy();
    await path.close();
    for (const socket of pbxSockets) socket.destroy();
    await new Promise((resolve) => pbx.close(resolve));
  });

  async function call(): Promise<Socket> {
    const client = connect({ host: "127.0.0.1", port: path.local.port, allowHalfOpen: true });
    clients.push(client);
    client.on("error", () => {});
    await once(client, "connect");
    return client;
  }

  it("passes messages byte for byte, whatever way they are cut", async () => {
    const heard = collect((done) => {
      pbxSays = (text) => done(text);
    });
    const client = await call();
    const text = `REGISTER sip:a SIP/2.0\r\nX: \u00e9${messageEnd}`;
    for (const byte of Buffer.from(text, "latin1")) {
      client.write(Buffer.from([byte]));
      await new Promise(setImmediate);
    }
    await heard.until(text);
    expect(pbxSockets).toHaveLength(1);
  });

  it("brings the answer back as it came and shows it to the gatekeeper whole", async () => {
    pbxSays = (_text, socket) => {
      socket.write("SIP/2.0 401 ");
      setImmediate(() => socket.write(`No${messageEnd}`));
    };
    const client = await call();
    const heard = collect((done) => client.on("data", (chunk: Buffer) => done(chunk.toString("latin1"))));
    client.write(`REGISTER${messageEnd}`);
    await heard.until(`SIP/2.0 401 No${messageEnd}`);
    expect(seen).toEqual([`SIP/2.0 401 No${messageEnd}`]);
  });

  it("costs the PBX nothing before a message has passed", async () => {
    judge = (text) => (text.startsWith("bad") ? { verdict: "drop", gate: "malformed", retryAtMs: 0 } : pass);
    const heard = collect((done) => {
      pbxSays = (text) => done(text);
    });
    const client = await call();
    client.write(`\r\n\r\nbad one${messageEnd}good one${messageEnd}`);
    await heard.until(`good one${messageEnd}`);
    expect(pbxSockets).toHaveLength(1);
  });

  it("passes keepalives on once the PBX is there", async () => {
    const heard = collect((done) => {
      pbxSays = (text) => done(text);
    });
    const client = await call();
    client.write(`one${messageEnd}\r\n\r\n`);
    await heard.until(`one${messageEnd}\r\n\r\n`);
  });

  it("holds a message without credit, keeps the order, and goes on when there is some", async () => {
    let asked = 0;
    judge = (text, atMs) => {
      if (!text.startsWith("guess")) return pass;
      asked += 1;
      return asked < 3 ? { verdict: "hold", gate: "guessing", retryAtMs: atMs + 20 } : pass;
    };
    const heard = collect((done) => {
      pbxSays = (text) => done(text);
    });
    const client = await call();
    client.write(`first${messageEnd}guess${messageEnd}third${messageEnd}`);
    await heard.until(`first${messageEnd}`);
    expect(asked).toBe(1);
    await heard.until(`first${messageEnd}guess${messageEnd}third${messageEnd}`);
    expect(asked).toBe(3);
  });

  it("gives up a message that was held as long as its sender waits", async () => {
    judge = (text, atMs) => {
      if (!text.startsWith("guess")) return pass;
      clock += 20_000;
      return { verdict: "hold", gate: "guessing", retryAtMs: atMs };
    };
    const heard = collect((done) => {
      pbxSays = (text) => done(text);
    });
    const client = await call();
    client.write(`guess${messageEnd}later${messageEnd}`);
    await heard.until(`later${messageEnd}`);
  });

  it("resets a client whose PBX refuses the connection", async () => {
    pbxPort = 1;
    const client = await call();
    client.write(`one${messageEnd}`);
    await once(client, "close");
    expect(census.size).toBe(0);
  });

  it("resets what can never be SIP", async () => {
    const client = await call();
    client.write(Buffer.from([0x16, 0x03, 0x01, 0x02]));
    await once(client, "close");
    expect(pbxSockets).toHaveLength(0);
  });

  it("ends the connection of a denied source, and not that of an office with one account refused", async () => {
    judge = (text) => {
      if (text.startsWith("denied")) return { verdict: "drop", gate: "denied", retryAtMs: 0 };
      return text.startsWith("stuck") ? { verdict: "drop", gate: "blocked", retryAtMs: 0 } : pass;
    };
    const heard = collect((done) => {
      pbxSays = (text) => done(text);
    });
    const office = await call();
    office.write(`one${messageEnd}stuck${messageEnd}two${messageEnd}`);
    await heard.until(`one${messageEnd}two${messageEnd}`);
    const other = await call();
    other.write(`denied${messageEnd}`);
    await once(other, "close");
    expect(census.size).toBe(1);
  });

  it("hands a half-close on and lets the answer through", async () => {
    pbxSays = (_text, socket) => setImmediate(() => socket.write(`answer${messageEnd}`));
    const client = await call();
    const heard = collect((done) => client.on("data", (chunk: Buffer) => done(chunk.toString("latin1"))));
    client.end(`request${messageEnd}`);
    await heard.until(`answer${messageEnd}`);
    await once(client, "end");
  });

  it("stops reading a client when the PBX does not read, and loses nothing", async () => {
    const client = await call();
    const block = `${"x".repeat(60_000)}${messageEnd}`;
    let bytes = 0;
    pbxSays = (text) => {
      bytes += text.length;
    };
    client.write(`one${messageEnd}`);
    while (pbxSockets.length === 0) await new Promise(setImmediate);
    pbxSockets[0]?.pause();
    for (let count = 0; count < 200; count += 1) client.write(block);
    while (pairs.every((pair) => pair.stalledSinceMs === 0)) await new Promise(setImmediate);
    pbxSockets[0]?.resume();
    const all = `one${messageEnd}`.length + 200 * block.length;
    while (bytes < all || pairs[0]?.stalledSinceMs !== 0) await new Promise(setImmediate);
    expect(bytes).toBe(all);
  });

  it("serves 200 connections at once", async () => {
    pbxSays = (text, socket) => socket.write(text);
    const all = await Promise.all(Array.from({ length: 200 }, () => call()));
    const answers = all.map((client) => once(client, "data"));
    for (const [index, client] of all.entries()) client.write(`message ${index}${messageEnd}`);
    const texts = (await Promise.all(answers)).map(([chunk]) => String(chunk));
    expect(texts).toEqual(all.map((_client, index) => `message ${index}${messageEnd}`));
    expect(path.connections()).toBe(200);
  });

  it("ends a connection that never says anything, and one whose message never becomes whole", async () => {
    const silent = await call();
    const slow = await call();
    slow.write(`whole${messageEnd}REGISTER sip:slow`);
    while (pbxSockets.length === 0) await new Promise(setImmediate);
    clock += 29_000;
    path.sweep(clock);
    expect(census.size).toBe(2);
    clock += 1_000;
    path.sweep(clock);
    await once(silent, "close");
    expect(census.size).toBe(1);
    clock += 2_000;
    path.sweep(clock);
    await once(slow, "close");
    expect(census.size).toBe(0);
  });

  it("lets datagrams between whatever happens to connections", async () => {
    pbxSays = (text, socket) => socket.write(text);
    const client = await call();
    await expect.poll(() => looks.between).toBe(1);
    const answer = once(client, "data");
    client.write(`one${messageEnd}`);
    await answer;
    // The message, and what the PBX said to it.
    expect(looks.between).toBe(3);
    client.end();
    await once(client, "close");
    await expect.poll(() => census.size).toBe(0);
    expect(looks.between).toBeGreaterThan(3);
  });

  it("leaves a registered phone alone for hours", async () => {
    const client = await call();
    client.write(`one${messageEnd}`);
    while (pbxSockets.length === 0) await new Promise(setImmediate);
    clock += 12 * 3_600_000;
    path.sweep(clock);
    expect(census.size).toBe(1);
    expect(client.destroyed).toBe(false);
  });
});

function portOf(server: Server): number {
  const address = server.address();
  return typeof address === "object" && address !== null ? address.port : 0;
}

function once(socket: Socket, event: string): Promise<unknown[]> {
  return new Promise((resolve) => socket.once(event, (...values: unknown[]) => resolve(values)));
}

/** Gathers text until it is exactly what is waited for. */
function collect(start: (done: (text: string) => void) => void) {
  let text = "";
  let check = () => {};
  start((more) => {
    text += more;
    check();
  });
  return {
    until: (expected: string) =>
      new Promise<void>((resolve, reject) => {
        check = () => {
          if (text === expected) resolve();
          else if (text.length > expected.length) reject(new Error(`got ${JSON.stringify(text)}`));
        };
        check();
      }),
  };
}
