import { connect } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ask, type Stack, startStack } from "./stack.ts";

let stack: Stack;
beforeAll(async () => {
  stack = await startStack("web");
});
afterAll(() => stack?.close());

describe("the web server", () => {
  it("serves pages over HTTP/2 without a breach of their policy or a request to anybody else", async () => {
    const watched = await stack.browser.open();
    const answer = await watched.page.goto("/");
    expect(answer?.status()).toBe(200);
    await watched.page.waitForLoadState("networkidle");
    watched.expectQuiet();
    const protocol = "performance.getEntriesByType('navigation')[0].nextHopProtocol";
    expect(await watched.page.evaluate(protocol)).toBe("h2");
    await watched.close();
  });

  it("sends the same address by HTTPS to who asks in the clear, on the same port", async () => {
    const { host, port } = new URL(stack.origin);
    const answer = await sendBytes(Number(port), `GET /events?a=1 HTTP/1.1\r\nHost: ${host}\r\n\r\n`);
    expect(answer).toMatch(/^HTTP\/1\.1 308 /);
    expect(answer).toContain(`location: https://${host}/events?a=1\r\n`);
    const nowhere = await sendBytes(Number(port), "GET / HTTP/1.1\r\nHost: a b\r\n\r\n");
    expect(nowhere).toMatch(/^HTTP\/1\.1 400 /);
    expect(nowhere).not.toContain("location:");
  });

  it("tells browsers what pages may do, with a nonce of each answer's own", async () => {
    const [one, other] = [await ask(`${stack.origin}/sign-in`), await ask(`${stack.origin}/sign-in`)];
    const policy = String(one?.headers["content-security-policy"]);
    const nonce = /script-src 'self' 'nonce-([^']+)' 'strict-dynamic'/.exec(policy)?.[1] ?? "";
    expect(nonce).toMatch(/^[A-Za-z0-9+/]{22}==$/);
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).not.toMatch(/script-src[^;]*unsafe/);
    expect(String(other?.headers["content-security-policy"])).not.toContain(nonce);
    expect(one?.body).toContain(`nonce="${nonce}"`);
    expect(one?.headers).toMatchObject({
      "x-content-type-options": "nosniff",
      "referrer-policy": "same-origin",
      "cross-origin-opener-policy": "same-origin",
      "cross-origin-resource-policy": "same-origin",
    });
    expect(one?.headers).not.toHaveProperty("strict-transport-security");
    expect(one?.headers).not.toHaveProperty("x-powered-by");
  });

  it("serves built files compressed and for good, and nothing beside them", async () => {
    const { body } = await ask(`${stack.origin}/sign-in`);
    const script = /\/_next\/static\/[^"]+\.js/.exec(body)?.[0] ?? "";
    const answer = await ask(`${stack.origin}${script}`, { headers: { "accept-encoding": "gzip, br" } });
    expect(answer.status).toBe(200);
    expect(answer.headers).toMatchObject({
      "content-encoding": "br",
      "content-type": "text/javascript; charset=utf-8",
      "cache-control": "public, max-age=31536000, immutable",
    });
    // Who is not signed in is sent to the sign-in from any page, there or not.
    const headers = { cookie: `__Host-sipprot=${await stack.signIn()}` };
    for (const path of ["/_next/static/../../server/app/page.js", "/_next/static/..%2f..%2fpackage.json", "/.env"]) {
      expect([path, (await ask(`${stack.origin}${path}`, { headers })).status]).toEqual([path, 404]);
    }
  });

  it("passes calls on in the name of the browser, whatever a browser says of itself", async () => {
    const session = await stack.signIn();
    const forged = {
      "x-forwarded-for": "203.0.113.9",
      "x-sipprot-web": "00".repeat(32),
      "x-forwarded-host": "evil.example",
    };
    const headers = { cookie: `__Host-sipprot=${session}`, ...forged };
    const answer = await ask(`${stack.origin}/api/trpc/auth.sessions`, { headers });
    expect(answer.status).toBe(200);
    const sessions: unknown[] = JSON.parse(answer.body).result.data;
    expect(sessions).toContainEqual(expect.objectContaining({ isCurrent: true }));
    for (const each of sessions) expect(each).toMatchObject({ address: "127.0.0.1" });
    const foreign = { ...headers, origin: "https://evil.example", "content-type": "application/json" };
    const refused = await ask(`${stack.origin}/api/trpc/auth.signOut`, {
      method: "POST",
      headers: foreign,
      body: "{}",
    });
    expect(JSON.parse(refused.body).error.data.code).toBe("cross-site");
  });

  it("takes no body for a page, no server action, and none that is too long for a call", async () => {
    const action = { "next-action": "0", "content-type": "text/plain" };
    expect((await ask(`${stack.origin}/`, { method: "POST", headers: action, body: "[]" })).status).toBe(405);
    const headers = { "content-type": "application/json", origin: stack.origin };
    const long = { method: "POST", headers, body: JSON.stringify({ name: "a".repeat(1_100_000) }) };
    const answer = await ask(`${stack.origin}/api/trpc/auth.signIn`, long);
    expect(JSON.parse(answer.body).error.data).toMatchObject({ code: "too-large", httpStatus: 413 });
  });

  it("says in the shape of every other error that the control server is away, and goes on when it is back", async () => {
    await stack.control.stop("SIGKILL");
    const answer = await ask(`${stack.origin}/api/trpc/auth.me`);
    expect(answer.status).toBe(502);
    expect(JSON.parse(answer.body).error.data).toMatchObject({
      code: "control-away",
      facts: { remedy: expect.stringContaining("doctor") },
    });
    expect((await ask(`${stack.origin}/health`)).status).toBe(200);
    await stack.control.start();
    expect((await ask(`${stack.origin}/api/trpc/auth.me`)).status).toBe(401);
  });
});

/** What comes back for these bytes until the other side closes. */
function sendBytes(port: number, bytes: string): Promise<string> {
  return new Promise((resolve, reject) => {
    let came = "";
    const socket = connect(port, "127.0.0.1", () => socket.write(bytes));
    socket.on("data", (piece) => {
      came += piece.toString("latin1");
    });
    socket.on("close", () => resolve(came));
    socket.on("error", reject);
  });
}
