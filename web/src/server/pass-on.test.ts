import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { connect as connectHttp2 } from "node:http2";
import { request } from "node:https";
import { type AddressInfo, connect } from "node:net";
import type { LogoFile } from "@sipprot/shared/branding";
import { afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type KeyPair, makeCertificate } from "./certificate.ts";
import { createFront } from "./front.ts";
import { createListener, type Listener } from "./listener.ts";

const branding = { productName: "sipprot", accent: "#0b6374", logo: null };
let logo: LogoFile | undefined;
/** Whatever the upstream is to do with a call. */
let answerCall: (asked: IncomingMessage, answer: ServerResponse) => void;
let pair: KeyPair;
let listener: Listener;
let port: number;
let close: () => void;
const troubles: string[] = [];

beforeAll(async () => {
  pair = await makeCertificate(["localhost"], Date.now());
});
beforeEach(async () => {
  const control = createServer((asked, answer) => answerCall(asked, answer));
  control.listen(0, "127.0.0.1");
  await once(control, "listening");
  const front = createFront({
    control: { host: "127.0.0.1", port: (control.address() as AddressInfo).port },
    pages: { socketPath: "/nonexistent" },
    askVisitor: async () => ({ state: "unknown" }),
    branding: { read: async () => branding, readLogo: async () => logo },
    webKey: "key",
    staticFiles: new Map(),
    isCertificateTrusted: () => true,
    onTrouble: (error) => troubles.push(error.message),
  });
  listener = createListener(pair, front);
  port = await freePort();
  await listener.listen({ address: "127.0.0.1", port });
  close = () => {
    control.close();
    control.closeAllConnections();
  };
});
afterEach(async () => {
  close();
  await listener.stop();
});

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port: free } = server.address() as AddressInfo;
  server.close();
  return free;
}

/** A look at a live stream, over the protocol of the name; `next` waits for the next piece. */
function openStream(protocol: "HTTP/1.1" | "HTTP/2") {
  const path = "/api/trpc/events.live";
  const url = `https://127.0.0.1:${port}`;
  if (protocol === "HTTP/2") {
    const session = connectHttp2(url, { rejectUnauthorized: false });
    const stream = session.request({ ":path": path });
    return { next: async () => String((await once(stream, "data"))[0]), end: () => session.destroy() };
  }
  const asked = request(`${url}${path}`, { rejectUnauthorized: false, agent: false });
  asked.on("error", () => {});
  asked.end();
  const answered = once(asked, "response").then(([answer]) => answer as IncomingMessage);
  return { next: async () => String((await once(await answered, "data"))[0]), end: () => asked.destroy() };
}

describe.each(["HTTP/1.1", "HTTP/2"] as const)("a live stream over %s", (protocol) => {
  it("comes piece by piece as it is sent, and ends at the other end when whoever looks goes away", async () => {
    let say: (text: string) => void = () => {};
    const gone = new Promise<void>((resolve) => {
      answerCall = (asked, answer) => {
        expect(asked.headers).toMatchObject({ "x-forwarded-for": "127.0.0.1", "x-sipprot-web": "key" });
        answer.writeHead(200, { "content-type": "text/event-stream" });
        say = (text) => void answer.write(text);
        say("data: 1\n\n");
        answer.on("close", resolve);
      };
    });
    const stream = openStream(protocol);
    expect(await stream.next()).toBe("data: 1\n\n");
    say("data: 2\n\n");
    expect(await stream.next()).toBe("data: 2\n\n");
    stream.end();
    await gone;
  });
});

describe("a call", () => {
  it("whose answer breaks off is cut off, never made to look whole", async () => {
    answerCall = (_asked, answer) => {
      answer.writeHead(200, { "content-length": 100 });
      answer.write("half");
      setImmediate(() => answer.destroy());
    };
    const asked = request(`https://127.0.0.1:${port}/api/trpc/a`, { rejectUnauthorized: false, agent: false }).end();
    const [answer] = (await once(asked, "response")) as [IncomingMessage];
    answer.resume();
    await expect(once(answer, "end")).rejects.toThrow("aborted");
  });
  it("is not passed on with headers that are nobody's business there", async () => {
    let headers: IncomingMessage["headers"] = {};
    answerCall = (asked, answer) => {
      headers = asked.headers;
      answer.writeHead(204, { "keep-alive": "timeout=5", "x-more": "1" }).end();
    };
    const own = {
      "x-middleware-subrequest": "1",
      "x-forwarded-proto": "http",
      te: "trailers",
      "accept-language": "fr",
    };
    const asked = request(`https://127.0.0.1:${port}/api/trpc/a`, {
      rejectUnauthorized: false,
      agent: false,
      headers: { ...own, authorization: "Bearer x", origin: "https://pbx.example" },
    }).end();
    const [answer] = (await once(asked, "response")) as [IncomingMessage];
    expect(headers).toMatchObject({ authorization: "Bearer x", origin: "https://pbx.example" });
    for (const name of Object.keys(own)) expect(headers).not.toHaveProperty(name);
    expect(answer.headers).toMatchObject({ "x-more": "1", "strict-transport-security": "max-age=31536000" });
  });
});

describe("the customer's logo", () => {
  const ask = async (path: string) => {
    const asked = request(`https://127.0.0.1:${port}${path}`, { rejectUnauthorized: false, agent: false }).end();
    const [answer] = (await once(asked, "response")) as [IncomingMessage];
    const pieces: Buffer[] = [];
    for await (const piece of answer) pieces.push(piece as Buffer);
    return { status: answer.statusCode, headers: answer.headers, body: Buffer.concat(pieces) };
  };
  it("is served as the picture it is, kept while its version is asked for, and allowed to do nothing", async () => {
    logo = { type: "image/png", version: "0123456789abcdef", file: Buffer.from("PNG").toString("base64") };
    const { status, headers, body } = await ask("/branding/logo?v=0123456789abcdef");
    expect([status, String(body)]).toEqual([200, "PNG"]);
    expect(headers).toMatchObject({
      "content-type": "image/png",
      "x-content-type-options": "nosniff",
      "content-security-policy": "default-src 'none'; frame-ancestors 'none'; sandbox",
    });
    expect(headers["cache-control"]).toContain("immutable");
    expect((await ask("/branding/logo?v=old")).headers["cache-control"]).toBe("no-cache");
  });
  it("is not there without one", async () => {
    logo = undefined;
    expect((await ask("/branding/logo")).status).toBe(404);
  });
});

describe("a connection", () => {
  it("that is not TLS and not HTTP either is closed", async () => {
    const socket = connect(port, "127.0.0.1", () => socket.write("\0\0\0\0\r\n\r\n"));
    socket.resume();
    await once(socket, "close");
  });
});
