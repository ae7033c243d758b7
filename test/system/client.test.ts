/** The client against the real control server: what it does when the way there, the server or the certificate fails. */
import { execFileSync } from "node:child_process";
import { X509Certificate } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { request as httpRequest } from "node:http";
import { createServer as createHttpsServer } from "node:https";
import { type AddressInfo, createServer, type Server, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createSipprotClient, describeFailure, type Failure, type SipprotClient } from "@sipprot/client";
import { writeEvents } from "@sipprot/shared/store/event-store";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startTestControl, type TestControl } from "./control-server.ts";
import { until } from "./redis-server.ts";
import { anEvent } from "./sync-samples.ts";

let control: TestControl;
let token: string;
const servers: Server[] = [];
const folder = mkdtempSync(join(tmpdir(), "client-"));

beforeAll(async () => {
  control = await startTestControl("client");
  token = await control.token("operator");
});
afterAll(async () => {
  for (const server of servers) server.close();
  await control.close();
  rmSync(folder, { recursive: true, force: true });
});

/** Where a server listens that answers each connection as told. */
async function listenWith(answer: (socket: Socket) => void): Promise<string> {
  const server = createServer((socket) => {
    socket.on("error", () => undefined);
    answer(socket);
  });
  return await listen(server, "http");
}

async function listen(server: Server, protocol: string): Promise<string> {
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return `${protocol}://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

async function failureOf(call: Promise<unknown>): Promise<Failure | undefined> {
  return await call.then(
    () => undefined,
    (error: unknown) => describeFailure(error),
  );
}

/** Follows the events; what comes is in `sources`, why it ended in `ended`. */
function follow(client: SipprotClient) {
  const seen = { starts: 0, batches: 0, sources: [] as string[], troubles: [] as string[], ended: [] as unknown[] };
  const subscription = client.events.live.subscribe(undefined, {
    onStarted: () => {
      seen.starts += 1;
    },
    onData: ({ data }) => {
      seen.batches += 1;
      seen.sources.push(...data.map(({ source }) => source));
    },
    onConnectionStateChange: ({ error }) => {
      if (error) seen.troubles.push(error.message);
    },
    onError: (error) => seen.ended.push(describeFailure(error)),
  });
  return { seen, stop: () => subscription.unsubscribe() };
}

describe("calls", () => {
  it("travel together, and each gets its own answer or its own error", async () => {
    const client = createSipprotClient({ url: control.url, token });
    const [counts, refused, settings] = await Promise.all([
      client.lists.counts.query(),
      failureOf(client.users.list.query()),
      client.settings.get.query(),
    ]);
    expect(counts).toEqual({ allow: 0, deny: 0 });
    expect(refused).toMatchObject({ code: "not-permitted", field: "role", remedy: "ask an administrator" });
    expect(settings.settings.mode).toBe("protect");
  });
  it("beyond what one request may hold travel in several", async () => {
    const client = createSipprotClient({ url: control.url, token });
    const note = "long".repeat(100);
    const pages = Array.from({ length: 50 }, () => client.lists.page.query({ list: "deny", filter: { note } }));
    expect((await Promise.all(pages)).map(({ total }) => total)).toEqual(Array(50).fill(0));
  });
  it("with a bad input are told which field, with a bad token what to do", async () => {
    const client = createSipprotClient({ url: control.url, token });
    const bad = await failureOf(client.lists.add.mutate({ list: "deny", networks: ["nonsense"] }));
    expect(bad).toMatchObject({ code: "bad-input", fields: [{ field: "networks.0" }] });
    const guarded = await failureOf(client.lists.add.mutate({ list: "deny", networks: ["0.0.0.0/0"] }));
    expect(guarded).toMatchObject({ code: "guarded-network", value: "0.0.0.0/0", remedy: expect.any(String) });
    const stranger = createSipprotClient({ url: control.url, token: `sp_${"A".repeat(43)}` });
    const unknown = await failureOf(stranger.lists.counts.query());
    expect(unknown).toMatchObject({ code: "not-signed-in", remedy: expect.stringContaining("Authorization") });
  });
});

describe("a server that is not there, hangs, or is another one", () => {
  it("is told apart, with the address, and without the token", async () => {
    const gone = await listenWith(() => undefined);
    await new Promise((resolve) => servers.pop()?.close(resolve));
    const hanging = await listenWith(() => undefined);
    const trickling = await listenWith((socket) => {
      socket.write("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{");
    });
    const page = await listenWith((socket) => {
      socket.end("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 5\r\n\r\nhello");
    });
    const elsewhere = await listenWith((socket) => {
      socket.end(`HTTP/1.1 302 Found\r\nLocation: ${hanging}/x\r\nContent-Length: 0\r\n\r\n`);
    });
    const codes = [];
    for (const url of [gone, hanging, trickling, page, elsewhere]) {
      const failure = await failureOf(createSipprotClient({ url, token, timeoutMs: 500 }).lists.counts.query());
      expect(JSON.stringify(failure)).not.toContain(token);
      expect(failure?.message).toContain(url);
      codes.push(failure?.code);
    }
    expect(codes).toEqual(["server-unreachable", "timed-out", "timed-out", "not-sipprot", "not-sipprot"]);
  });
  it("is not waited for when the caller gives up", async () => {
    const client = createSipprotClient({ url: await listenWith(() => undefined), token });
    const giveUp = new AbortController();
    const call = client.lists.counts.query(undefined, { signal: giveUp.signal });
    setTimeout(() => giveUp.abort(), 50);
    await expect(call).rejects.toThrow(/abort/i);
  });
});

describe("HTTPS with a certificate of one's own", () => {
  it("is spoken with its certificate or its fingerprint, and with nothing less", async () => {
    const make = (name: string) => {
      const [key, cert] = [join(folder, `${name}.key`), join(folder, `${name}.pem`)];
      const subject = ["-subj", "/CN=pbx", "-addext", "subjectAltName=IP:127.0.0.1", "-days", "2"];
      const curve = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"];
      execFileSync("openssl", ["req", "-x509", ...curve, ...subject, "-keyout", key, "-out", cert], {
        stdio: "ignore",
      });
      return { key: readFileSync(key, "utf8"), cert: readFileSync(cert, "utf8") };
    };
    const [ours, other] = [make("ours"), make("other")];
    // As the web server does it: ends TLS, passes on what comes.
    const front = createHttpsServer(ours, (request, response) => {
      const { method = "", url = "", headers } = request;
      const inner = httpRequest({ port: control.port, method, path: url, headers }, (answer) => {
        response.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(response);
      });
      response.on("close", () => inner.destroy());
      inner.on("error", () => response.destroy());
      request.pipe(inner);
    });
    const url = await listen(front, "https");
    const fingerprint = new X509Certificate(ours.cert).fingerprint256;
    const wrong = new X509Certificate(other.cert).fingerprint256;
    for (const trust of [
      { ca: ours.cert },
      { fingerprint },
      { fingerprint: fingerprint.replaceAll(":", "").toLowerCase() },
    ]) {
      const client = createSipprotClient({ url, token, ...trust });
      expect(await client.lists.counts.query()).toEqual({ allow: 0, deny: 0 });
      expect(await client.lists.counts.query()).toEqual({ allow: 0, deny: 0 });
      const { seen, stop } = follow(client);
      await until("the stream stands", () => seen.batches > 0);
      stop();
    }
    for (const trust of [{}, { ca: other.cert }, { fingerprint: wrong }]) {
      const client = createSipprotClient({ url, token, ...trust });
      const failure = await failureOf(client.lists.counts.query());
      expect(failure).toMatchObject({ code: "certificate-not-trusted", remedy: expect.any(String) });
      const { seen } = follow(client);
      await until("the stream is given up", () => seen.ended.length > 0);
      expect(seen.ended).toMatchObject([{ code: "certificate-not-trusted" }]);
    }
    front.closeAllConnections();
  });
});

describe("following the events", () => {
  it("goes on after the server was killed, from the last event, and before the first one too", async () => {
    const { seen, stop } = follow(createSipprotClient({ url: control.url, token }));
    await until("the stream stands", () => seen.batches > 0);
    await writeEvents(control.redis, [anEvent("198.51.100.1")]);
    const early = follow(createSipprotClient({ url: control.url, token }));
    await until("both streams stand", () => early.seen.batches > 0 && seen.sources.length === 1);
    const restarted = control.restart();
    await until("the break is told", () => seen.troubles.length > 0);
    await writeEvents(control.redis, [anEvent("198.51.100.2")]);
    await restarted;
    await until("both go on", () => seen.starts > 1 && early.seen.sources.length > 0, 15_000);
    await writeEvents(control.redis, [anEvent("198.51.100.3")]);
    await until("the next event comes", () => early.seen.sources.length > 1);
    await until("the next event comes", () => seen.sources.length > 2);
    expect(seen.sources).toEqual(["198.51.100.1", "198.51.100.2", "198.51.100.3"]);
    expect(early.seen.sources).toEqual(["198.51.100.2", "198.51.100.3"]);
    expect([...seen.ended, ...early.seen.ended]).toEqual([]);
    stop();
    early.stop();
  });
  it("is a loop, too, which ends when it is left and throws when it is refused", async () => {
    const sources = [];
    const client = createSipprotClient({ url: control.url, token });
    for await (const { data } of client.events.live.subscribe(undefined)) {
      if (data.length === 0) await writeEvents(control.redis, [anEvent("198.51.100.9")]);
      sources.push(...data.map(({ source }) => source));
      if (sources.length > 0) break;
    }
    expect(sources).toEqual(["198.51.100.9"]);
    const stranger = createSipprotClient({ url: control.url, token: `sp_${"A".repeat(43)}` });
    const loop = stranger.events.live.subscribe(undefined)[Symbol.asyncIterator]();
    expect(await failureOf(loop.next())).toMatchObject({ code: "not-signed-in" });
  });
  it("ends with a reason for a token that is none, and for what is no control server", async () => {
    const stranger = follow(createSipprotClient({ url: control.url, token: `sp_${"A".repeat(43)}` }));
    const page = await listenWith((socket) => {
      socket.end("HTTP/1.1 404 Not Found\r\nContent-Type: text/html\r\nContent-Length: 5\r\n\r\nhello");
    });
    const lost = follow(createSipprotClient({ url: page, token }));
    await until("both ended", () => stranger.seen.ended.length > 0 && lost.seen.ended.length > 0);
    expect(stranger.seen.ended).toMatchObject([{ code: "not-signed-in" }]);
    expect(lost.seen.ended).toMatchObject([{ code: "not-sipprot" }]);
  });
  it("waits for a server that is busy or not there yet", async () => {
    const url = await listenWith((socket) => {
      socket.end("HTTP/1.1 503 Service Unavailable\r\nContent-Type: text/html\r\nContent-Length: 5\r\n\r\nhello");
    });
    const { seen, stop } = follow(createSipprotClient({ url, token }));
    await until("the trouble is told", () => seen.troubles.length > 0);
    expect(seen.ended).toEqual([]);
    expect(seen.troubles[0]).toContain("503");
    stop();
  });
});
