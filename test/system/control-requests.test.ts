/** Requests the control server must not take as they are: another site's, oversize, misnamed, too many; and what its errors tell. */
import { connect } from "node:net";
import { join } from "node:path";
import { redisKeys } from "@sipprot/shared/redis-keys";
import { openLastingConnection } from "@sipprot/shared/store/redis-connection";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { MAX_BODY_BYTES } from "../../control/src/http.ts";
import { from, startControl, type TestControl, WEB_KEY } from "./control-in-process.ts";

let control: TestControl;
beforeAll(async () => {
  control = await startControl();
});
afterAll(() => control.close());
beforeEach(() => control.reset());

describe("another site's page", () => {
  it("changes nothing, whatever it can send", async () => {
    const { cookie } = await control.signInAsAdministrator();
    const input = { mode: "observe" };
    const url = "/api/trpc/settings.change";
    const attempts: Array<Record<string, string>> = [
      { "content-type": "application/json" },
      { "content-type": "application/json", origin: "https://evil.example" },
      { "content-type": "application/json", origin: "null" },
      { "content-type": "application/json", "sec-fetch-site": "cross-site" },
      { "content-type": "application/json", "sec-fetch-site": "same-site", "x-sipprot-client": "x" },
      { "content-type": "application/json", "sec-fetch-site": "none" },
    ];
    for (const headers of attempts) {
      const answer = await control.send(url, {
        method: "POST",
        headers: { ...headers, cookie },
        body: JSON.stringify(input),
      });
      expect([answer.status, answer.code]).toEqual([403, "cross-site"]);
    }
    for (const kind of ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", ""]) {
      const headers = { "content-type": kind, cookie, "x-sipprot-client": "x" };
      const answer = await control.send(url, { method: "POST", headers, body: JSON.stringify(input) });
      expect([answer.status, answer.code]).toEqual([400, "bad-input"]);
    }
    expect((await control.query("users.list", { cookie, "sec-fetch-site": "cross-site" })).code).toBe("cross-site");
    expect(
      (await control.query(`settings.change?input=${encodeURIComponent('{"mode":"observe"}')}`, { cookie })).status,
    ).toBe(405);
    expect(await control.redis.hgetall(redisKeys.settings)).toEqual({});
  });
  it("is not our own, which may", async () => {
    const { cookie } = await control.signInAsAdministrator();
    const headers = { cookie, "content-type": "application/json", origin: "https://pbx.example:8443" };
    const told = { ...headers, "x-forwarded-host": "pbx.example:8443", "sec-fetch-site": "same-origin" };
    const ours = { ...told, "x-sipprot-web": WEB_KEY };
    const body = JSON.stringify({ mode: "observe" });
    // Anybody at this machine can say where a request was sent to; only the web server is believed.
    expect((await control.send("/api/trpc/settings.change", { method: "POST", headers: told, body })).code).toBe(
      "cross-site",
    );
    const answer = await control.send("/api/trpc/settings.change", { method: "POST", headers: ours, body });
    expect(answer.data).toMatchObject({
      settings: { mode: "observe" },
      warnings: [expect.stringContaining("observe")],
    });
  });
});

describe("what is sent", () => {
  it("is no larger than the limit, told or not", async () => {
    const headers = { "content-type": "application/json", "x-sipprot-client": "x" };
    const body = JSON.stringify({ name: "a".repeat(MAX_BODY_BYTES), password: "x" });
    expect((await control.send("/api/trpc/auth.signIn", { method: "POST", headers, body })).code).toBe("too-large");
    const stream = new ReadableStream({
      start: (controller) => {
        controller.enqueue(new TextEncoder().encode(body));
        controller.close();
      },
    });
    const chunked = { method: "POST", headers, body: stream, duplex: "half" } as RequestInit;
    expect((await control.send("/api/trpc/auth.signIn", chunked)).status).toBe(413);
  });
  it("is not read off the path, by another method, or with keys of the language's own", async () => {
    for (const path of ["/", "/api/trpc", "/etc/passwd", "/api/trpcx/auth.me"]) {
      expect((await control.send(path, {})).status).toBe(404);
    }
    expect((await control.send("/api/trpc/auth.me", { method: "DELETE" })).status).toBe(400);
    for (const name of ["__proto__", "constructor.prototype", "auth.__proto__", "auth.constructor", "toString", "%"]) {
      expect((await control.send(`/api/trpc/${name}`, {})).status).toBe(404);
    }
    const { cookie } = await control.signInAsAdministrator();
    for (const body of [
      '{"name":"eve","role":"viewer","__proto__":{"role":"administrator"}}',
      '{"name":"eve","role":"viewer","constructor":{"prototype":{"x":1}}}',
      '{"__proto__":{"name":"eve","role":"viewer"}}',
      '{"name":"__proto__","role":"viewer"}',
    ]) {
      const headers = { cookie, "content-type": "application/json", "x-sipprot-client": "x" };
      const answer = await control.send("/api/trpc/users.add", { method: "POST", headers, body });
      expect([body, answer.code]).toEqual([body, "bad-input"]);
    }
    expect("x" in {}).toBe(false);
  });
  it("in one request is a handful of calls, and no more a second than a page needs", async () => {
    const many = `${Array(21).fill("auth.me").join(",")}?batch=1&input=%7B%7D`;
    expect((await control.send(`/api/trpc/${many}`, {})).status).toBe(400);
    const twenty = `${Array(20).fill("auth.me").join(",")}?batch=1&input=%7B%7D`;
    const statuses = [];
    for (let count = 0; count < 11; count += 1) {
      statuses.push((await control.send(`/api/trpc/${twenty}`, { headers: from("198.51.100.7") })).status);
    }
    expect(statuses.at(0)).toBe(401);
    expect(statuses.at(-1)).toBe(429);
    expect((await control.query("auth.me", from("198.51.100.8"))).status).toBe(401);
  });
  it("that is no HTTP ends that connection alone", async () => {
    const socket = connect(control.port, "127.0.0.1");
    socket.end(`GET / HTTP/1.1\r\nX: ${"a".repeat(20_000)}\r\n\r\n`);
    const answer = await new Promise<string>((resolve) => socket.once("data", (data) => resolve(String(data))));
    expect(answer).toContain("431");
    expect((await control.query("auth.me")).status).toBe(401);
  });
});

describe("errors", () => {
  it("name the field, and never our insides", async () => {
    const { cookie } = await control.signInAsAdministrator();
    const answer = await control.mutate("settings.change", { blockThreshold: "x" }, { cookie });
    expect(JSON.parse(answer.text).error.data.fields).toMatchObject([{ field: "blockThreshold" }]);
    await control.redis.del(redisKeys.tokens);
    await control.redis.set(redisKeys.tokens, "not a hash");
    const broken = await control.query("tokens.list", { cookie });
    expect(broken.code).toBe("unexpected");
    expect(broken.text).not.toMatch(/WRONGTYPE|stack|node_modules/);
    expect(control.troubles).toHaveLength(1);
  });
  it("say so when the store is away, and the server stays", async () => {
    const { cookie } = await control.signInAsAdministrator();
    const nowhere = { redisUrl: undefined, stateFolder: join(control.stateFolder, "away") };
    const away = openLastingConnection(nowhere, () => {});
    const working = control.redis;
    control.redis = away;
    try {
      const answer = await control.query("users.list", { cookie });
      expect([answer.status, answer.code]).toEqual([503, "store-unreachable"]);
    } finally {
      control.redis = working;
      away.disconnect();
    }
    expect((await control.query("users.list", { cookie })).status).toBe(200);
  });
});
