/** Relay mode on loopback with real sockets, the real reader and the real policy; the PBX is a socket of the test. */
import { createSocket, type Socket as Datagrams } from "node:dgram";
import { connect, createServer, type Server, type Socket } from "node:net";
import { defaultSettings } from "@sipprot/shared/settings";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createPolicy } from "../policy/view.ts";
import type { RelayEndpoint } from "../worker-messages.ts";
import { chooseDatagramIo } from "./datagram-io.ts";
import { FlowTokens } from "./flow-token.ts";
import { PolicyGatekeeper } from "./policy-gatekeeper.ts";
import { openRelayMode } from "./relay-mode.ts";
import type { RelayPath } from "./relay-path.ts";
import { Tally } from "./tally.ts";

const secret = Buffer.alloc(32, 3);
const tokens = new FlowTokens(secret);

/** A UDP socket that keeps what it gets in order. */
class Mailbox {
  readonly socket: Datagrams;
  readonly #inbox: string[] = [];
  #wake = () => {};

  constructor(family: "udp4" | "udp6" = "udp4") {
    this.socket = createSocket(family);
    this.socket.on("message", (bytes) => {
      this.#inbox.push(bytes.toString("latin1"));
      this.#wake();
    });
  }

  async bind(address: string, port = 0): Promise<this> {
    await new Promise<void>((resolve) => this.socket.bind(port, address, resolve));
    return this;
  }

  get port(): number {
    return this.socket.address().port;
  }

  async next(): Promise<string> {
    while (this.#inbox.length === 0) {
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
    return this.#inbox.shift() ?? "";
  }

  send(text: string, port: number, address = "127.0.0.1"): void {
    this.socket.send(Buffer.from(text, "latin1"), port, address);
  }
}

/** One TCP connection that keeps what it gets. */
class Line {
  readonly socket: Socket;
  #text = "";
  #wake = () => {};

  constructor(socket: Socket) {
    this.socket = socket;
    socket.on("error", () => {});
    socket.on("data", (chunk: Buffer) => {
      this.#text += chunk.toString("latin1");
      this.#wake();
    });
  }

  /** The next message without a body. */
  async next(): Promise<string> {
    while (!this.#text.includes("\r\n\r\n")) {
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
    const end = this.#text.indexOf("\r\n\r\n") + 4;
    const message = this.#text.slice(0, end);
    this.#text = this.#text.slice(end);
    return message;
  }
}

function request(method: string, uri: string, via: string, ...more: string[]): string {
  return [
    `${method} ${uri} SIP/2.0`,
    `Via: ${via}`,
    "Max-Forwards: 70",
    "From: <sip:1001@example.com>;tag=a",
    `To: <${uri}>`,
    `Call-ID: ${method}-${via.slice(-6)}`,
    `CSeq: 1 ${method}`,
    ...more,
    "Content-Length: 0\r\n\r\n",
  ].join("\r\n");
}

function answer(message: string, status = "200 OK"): string {
  const kept = message.split("\r\n").filter((line) => /^(via|from|to|call-id|cseq):/i.test(line));
  return [`SIP/2.0 ${status}`, ...kept, "Content-Length: 0\r\n\r\n"].join("\r\n");
}

/** A port that is free for UDP and for TCP: other tests hold ports of both kinds. */
async function freePort(address: string): Promise<number> {
  for (;;) {
    const box = await new Mailbox(address.includes(":") ? "udp6" : "udp4").bind(address);
    const { port } = box;
    const server = createServer();
    const isFree = await new Promise<boolean>((resolve) => {
      server.once("error", () => resolve(false));
      server.listen(port, address, () => server.close(() => resolve(true)));
    });
    await new Promise<void>((resolve) => box.socket.close(resolve));
    if (isFree) return port;
  }
}

function portOf(server: Server): number {
  const address = server.address();
  return typeof address === "object" && address !== null ? address.port : 0;
}

describe.each(["batch", "dgram"] as const)("relay mode by %s", (kind) => {
  let pbx: Mailbox;
  let pbxStreams: Server;
  let pbxLines: Line[];
  let lineCame: () => void;
  let phone: Mailbox;
  let paths: readonly RelayPath[];
  let tally: Tally;
  let port4: number;
  let port6: number;
  let innerPort: number;
  const sockets: { destroy(): void }[] = [];

  beforeEach(async () => {
    pbx = await new Mailbox().bind("127.0.0.1", await freePort("127.0.0.1"));
    pbxLines = [];
    lineCame = () => {};
    pbxStreams = createServer((socket) => {
      sockets.push(socket);
      pbxLines.push(new Line(socket));
      lineCame();
    });
    await new Promise<void>((resolve) => pbxStreams.listen(pbx.port, "127.0.0.1", resolve));
    phone = await new Mailbox().bind("127.0.0.1");
    port4 = await freePort("127.0.0.1");
    port6 = await freePort("::1");
    innerPort = await freePort("127.0.0.1");
    tally = new Tally();
    const common = {
      path: "relay" as const,
      transports: ["udp", "tcp"] as const,
      inner: { address: "127.0.0.1", port: innerPort },
      pbx: { address: "127.0.0.1", port: portOf(pbxStreams) },
    };
    const endpoints: RelayEndpoint[] = [
      { ...common, endpoint: `127.0.0.1:${port4}`, listen: { address: "127.0.0.1", port: port4 } },
      { ...common, endpoint: `[::1]:${port6}`, listen: { address: "::1", port: port6 } },
    ];
    const policy = createPolicy({
      host: "test",
      secret,
      settings: defaultSettings,
      ownNetworks: [],
      country: () => undefined,
    });
    const { io } = await chooseDatagramIo(kind);
    paths = await openRelayMode({
      io,
      endpoints,
      secret,
      gatekeeper: new PolicyGatekeeper(policy),
      tally,
      now: () => 1_000_000,
      localAddresses: [{ address: "127.0.0.1", prefixBits: 8, isLoopback: true }],
    });
  });
  afterEach(async () => {
    for (const socket of sockets.splice(0)) socket.destroy();
    await Promise.all(paths.map((path) => path.close()));
    for (const box of [pbx, phone]) box.socket.close();
    await new Promise((resolve) => pbxStreams.close(resolve));
  });

  async function dial(address: string, port: number): Promise<Line> {
    const socket = connect({ host: address, port });
    sockets.push(socket);
    await new Promise<void>((resolve) => socket.once("connect", resolve));
    return new Line(socket);
  }

  async function pbxLine(): Promise<Line> {
    while (pbxLines.length === 0) {
      await new Promise<void>((resolve) => {
        lineCame = resolve;
      });
    }
    return pbxLines[0] as Line;
  }

  it("carries a registration there and back, and a request of the PBX to the registered phone", async () => {
    const via = `SIP/2.0/UDP 10.0.0.9:5060;rport;branch=z9hG4bKreg001`;
    phone.send(request("REGISTER", "sip:example.com", via, "Contact: <sip:1001@10.0.0.9>"), port4);
    const atPbx = await pbx.next();
    const path = /^Path: (<.*>)$/m.exec(atPbx)?.[1] ?? "";
    expect(path).toContain(`@127.0.0.1:${innerPort};lr>`);
    pbx.send(answer(atPbx), innerPort);
    expect(await phone.next()).toContain(`Via: SIP/2.0/UDP 10.0.0.9:5060;received=127.0.0.1;rport=${phone.port}`);

    const pbxVia = `SIP/2.0/UDP 127.0.0.1:${pbx.port};rport;branch=z9hG4bKcal001`;
    pbx.send(request("INVITE", "sip:1001@10.0.0.9", pbxVia, `Route: ${path}`), innerPort);
    const atPhone = await phone.next();
    expect(atPhone).toMatch(/^INVITE sip:1001@10.0.0.9 SIP\/2.0\r\n/);
    expect(atPhone).not.toContain("\r\nRoute:");
    phone.send(answer(atPhone, "180 Ringing"), port4);
    const ringing = await pbx.next();
    expect(ringing.split("\r\n").filter((line) => line.startsWith("Via"))).toEqual([
      `Via: SIP/2.0/UDP 127.0.0.1:${pbx.port};received=127.0.0.1;rport=${pbx.port};branch=z9hG4bKcal001`,
    ]);
  });

  it("serves IPv6 clients before an IPv4 PBX", async () => {
    const sixth = await new Mailbox("udp6").bind("::1");
    const via = `SIP/2.0/UDP [::1]:${sixth.port};rport;branch=z9hG4bKsix001`;
    sixth.send(request("OPTIONS", "sip:example.com", via), port6, "::1");
    const atPbx = await pbx.next();
    expect(atPbx).toContain(`received=::1;rport=${sixth.port}`);
    pbx.send(answer(atPbx), innerPort);
    expect(await sixth.next()).toMatch(/^SIP\/2.0 200 OK/);
    sixth.socket.close();
  });

  it("sends what comes from outside to the PBX, whatever it asks for: no open relay", async () => {
    const victim = await new Mailbox().bind("127.0.0.1");
    const via = `SIP/2.0/UDP 127.0.0.1:${victim.port};received=127.0.0.1;rport=${victim.port};branch=z9hG4bKrel001`;
    const route = `Route: <sip:127.0.0.1:${victim.port};lr>`;
    phone.send(request("OPTIONS", `sip:x@127.0.0.1:${victim.port}`, via, route), port4);
    const atPbx = await pbx.next();
    expect(atPbx).toContain(route);
    pbx.send(answer(atPbx), innerPort);
    expect(await phone.next()).toMatch(/^SIP\/2.0 200/);

    // Not the PBX: neither an answer of ours nor a sealed route opens the inner side to it.
    const stranger = await new Mailbox().bind("127.0.0.2");
    const token = tokens.seal({ transport: "udp", address: "127.0.0.1", port: victim.port, listener: 0 });
    const sealed = `Route: <sip:${token}@127.0.0.1:${innerPort};lr>`;
    stranger.send(request("OPTIONS", "sip:x@example.com", via, sealed), innerPort);
    stranger.send(answer(atPbx), innerPort);
    // A sealed route shown from outside leads to the PBX too.
    phone.send(request("OPTIONS", "sip:x@example.com", via.replace("rel001", "rel002"), sealed), port4);
    expect(await pbx.next()).toMatch(/^OPTIONS sip:x@example.com/);
    // Answers to nothing we asked go nowhere.
    phone.send(answer(atPbx.replaceAll("127.0.0.1", "127.0.0.3")), port4);
    victim.send("only this", victim.port);
    expect(await victim.next()).toBe("only this");
    stranger.socket.close();
    victim.socket.close();
  });

  it("lets the PBX call out: to the address its request names, and brings the answer back", async () => {
    const trunk = await new Mailbox().bind("127.0.0.1");
    const pbxVia = `SIP/2.0/UDP 127.0.0.1:${pbx.port};rport;branch=z9hG4bKout001`;
    const route = `Route: <sip:127.0.0.1:${innerPort};lr>`;
    pbx.send(request("REGISTER", `sip:127.0.0.1:${trunk.port}`, pbxVia, route), innerPort);
    const atTrunk = await trunk.next();
    expect(atTrunk).not.toContain("Route:");
    expect(atTrunk).toContain(`Via: SIP/2.0/UDP 127.0.0.1:${port4};branch=z9hG4bK00`);
    trunk.send(answer(atTrunk, "401 Unauthorized"), port4);
    expect(await pbx.next()).toMatch(/^SIP\/2.0 401/);
    trunk.socket.close();
  });

  it("carries TCP clients over TCP, and requests of the PBX to them by their token", async () => {
    const client = await dial("127.0.0.1", port4);
    const { localPort = 0 } = client.socket;
    const via = `SIP/2.0/TCP 10.0.0.9;rport;branch=z9hG4bKtcp001`;
    client.socket.write(request("REGISTER", "sip:example.com", via));
    const line = await pbxLine();
    const atPbx = await line.next();
    expect(atPbx).toContain(`Via: SIP/2.0/TCP 127.0.0.1:${innerPort};branch=`);
    line.socket.write(answer(atPbx));
    expect(await client.next()).toContain(`received=127.0.0.1;rport=${localPort}`);

    const path = /^Path: (<.*>)$/m.exec(atPbx)?.[1] ?? "";
    const pbxVia = `SIP/2.0/UDP 127.0.0.1:${pbx.port};rport;branch=z9hG4bKtcp002`;
    pbx.send(request("OPTIONS", "sip:1001@10.0.0.9;transport=tcp", pbxVia, `Route: ${path}`), innerPort);
    const asked = await client.next();
    expect(asked).toMatch(/\r\nVia: SIP\/2.0\/TCP /);
    client.socket.write(answer(asked));
    expect(await pbx.next()).toMatch(/^SIP\/2.0 200/);

    client.socket.write("\r\n\r\n");
    expect(await client.next()).toBe("\r\n\r\n");
  });

  it("carries 200 TCP clients at once, each message to its own", async () => {
    const clients = await Promise.all(Array.from({ length: 200 }, () => dial("127.0.0.1", port4)));
    const served = (async () => {
      let answered = 0;
      const known = new Set<Line>();
      while (answered < clients.length) {
        const line = pbxLines.find((one) => !known.has(one));
        if (line === undefined) {
          await new Promise<void>((resolve) => {
            lineCame = resolve;
          });
          continue;
        }
        known.add(line);
        answered += 1;
        void line.next().then((message) => line.socket.write(answer(message)));
      }
    })();
    const answers = clients.map(async (client, index) => {
      client.socket.write(request("OPTIONS", "sip:example.com", `SIP/2.0/TCP 10.0.0.9;rport;branch=z9hG4bK${index}m`));
      return client.next();
    });
    for (const [index, text] of (await Promise.all(answers)).entries()) expect(text).toContain(`z9hG4bK${index}m`);
    await served;
  });

  it("lives through garbage on every side", async () => {
    const box = await new Mailbox().bind("127.0.0.1");
    for (const junk of [
      "",
      "\0",
      "SIP/2.0",
      "SIP/2.0 200 OK\r\n\r\n",
      "INVITE\r\n\r\n",
      "x".repeat(65_000),
      "\xff".repeat(9),
    ]) {
      box.send(junk, port4);
      pbx.send(junk, innerPort);
    }
    const line = await dial("127.0.0.1", port4);
    line.socket.write("GET / HTTP/1.1\r\n\r\n");
    await new Promise((resolve) => line.socket.once("close", resolve));
    phone.send(request("OPTIONS", "sip:example.com", `SIP/2.0/UDP 10.0.0.9;rport;branch=z9hG4bKliv001`), port4);
    let heard = await pbx.next();
    while (!heard.includes("z9hG4bKliv001")) heard = await pbx.next();
    box.socket.close();
  });
});
