import { writeFileSync } from "node:fs";
import type { Server } from "node:http";
import { type AddressInfo, connect } from "node:net";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import type { SipEvent } from "@sipprot/shared/event";
import { redisKeys } from "@sipprot/shared/redis-keys";
import { writeEvents } from "@sipprot/shared/store/event-store";
import { openLastingConnection } from "@sipprot/shared/store/redis-connection";
import type { Redis } from "ioredis";
import { Secret, TOTP } from "otpauth";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { startTestRedis, type TestRedis } from "../../test/system/redis-server.ts";
import { readConfig } from "./config.ts";
import { createControlServer, MAX_BODY_BYTES } from "./http.ts";
import { assembleServices } from "./services/assemble.ts";
import { identify } from "./services/identify.ts";
import { createFirstAdministrator } from "./services/users.ts";
import { SESSION_IDLE_MS, SESSION_MAX_MS } from "./store/session-store.ts";

const WEB_KEY = "77".repeat(32);
const PASSWORD = "four words apart: tea, moss, anvil";
let store: TestRedis;
let redis: Redis;
let server: Server;
let nowMs = Date.now();
const troubles: unknown[] = [];

beforeAll(async () => {
  store = await startTestRedis("http");
  redis = await store.open();
});

afterAll(async () => {
  await store.close();
});

beforeEach(async () => {
  await redis.flushall();
  troubles.length = 0;
  nowMs = Date.now();
  await startServer();
  return () => server.closeAllConnections();
});

/** Starts the server, anew when it runs. */
async function startServer(): Promise<void> {
  server?.close();
  const config = readConfig(undefined, { SIPPROT_STATE: store.location.stateFolder });
  server = createControlServer({
    services: assembleServices(redis, config, () => nowMs),
    identify: (proof, atMs) => identify(redis, proof, atMs),
    webKey: WEB_KEY,
    nowMs: () => nowMs,
    onTrouble: (error) => troubles.push(error),
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", () => resolve()));
}

interface Answer {
  readonly status: number;
  readonly code: string | undefined;
  readonly data: ReturnType<typeof JSON.parse>;
  readonly cookie: string | undefined;
  readonly setCookie: string | null;
  readonly text: string;
}

async function send(path: string, init: RequestInit): Promise<Answer> {
  const response = await fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`, init);
  const text = await response.text();
  const body = text.startsWith("{") ? JSON.parse(text) : {};
  const setCookie = response.headers.get("set-cookie");
  return {
    status: response.status,
    code: body.error?.data?.code,
    data: body.result?.data,
    cookie: setCookie?.split(";")[0],
    setCookie,
    text,
  };
}

const mutate = (procedure: string, input: unknown, headers: Record<string, string> = {}) =>
  send(`/api/trpc/${procedure}`, {
    method: "POST",
    headers: { "content-type": "application/json", "x-sipprot-client": "test", ...headers },
    body: JSON.stringify(input),
  });
const query = (procedure: string, headers: Record<string, string> = {}, input?: unknown) =>
  send(`/api/trpc/${procedure}${input === undefined ? "" : `?input=${encodeURIComponent(JSON.stringify(input))}`}`, {
    headers,
  });
const from = (address: string) => ({ "x-sipprot-web": WEB_KEY, "x-forwarded-for": address });

/** The first administrator, signed in with a password of their own. Returns the Cookie header. */
async function signInAsAdministrator(): Promise<{ cookie: string }> {
  const first = await createFirstAdministrator(redis, nowMs);
  const given = { name: first?.name, password: first?.password };
  const { cookie = "" } = await mutate("auth.signIn", given);
  const changed = await mutate("auth.changePassword", { password: given.password, newPassword: PASSWORD }, { cookie });
  return { cookie: changed.cookie ?? "" };
}

describe("the first administrator", () => {
  it("may do nothing but change the one-time password, which is stored nowhere", async () => {
    const first = await createFirstAdministrator(redis, nowMs);
    expect(await createFirstAdministrator(redis, nowMs)).toBeUndefined();
    expect(JSON.stringify(await redis.hgetall(redisKeys.users))).not.toContain(first?.password);
    const { cookie = "", data } = await mutate("auth.signIn", first);
    expect(data).toMatchObject({ name: "admin", role: "administrator", mustChangePassword: true });
    expect((await query("users.list", { cookie })).code).toBe("password-change-needed");
    const weak = { password: first?.password, newPassword: "aaaaaaaaaaaaaaaa" };
    expect((await mutate("auth.changePassword", weak, { cookie })).code).toBe("weak-password");
    const changed = await mutate("auth.changePassword", { ...weak, newPassword: PASSWORD }, { cookie });
    expect(changed.data).toMatchObject({ mustChangePassword: false });
    expect((await query("users.list", { cookie })).code).toBe("not-signed-in");
    expect((await query("users.list", { cookie: changed.cookie ?? "" })).status).toBe(200);
    expect((await mutate("auth.signIn", first)).code).toBe("wrong-credentials");
  });
});

describe("how a person wants the pages", () => {
  it("is kept with the account, replaced whole, and refused when it is nothing a page can be", async () => {
    const { cookie } = await signInAsAdministrator();
    expect((await query("auth.me", { cookie })).data.preferences).toEqual({});
    const wanted = { language: "fr", colorScheme: "dark", timeZone: "Europe/Paris" };
    expect((await mutate("auth.setPreferences", wanted, { cookie })).data.preferences).toEqual(wanted);
    expect((await query("auth.me", { cookie })).data.preferences).toEqual(wanted);
    for (const wrong of [{ language: "xx" }, { timeZone: "Mars/Olympus" }, { colorScheme: "pink" }, { other: 1 }]) {
      expect((await mutate("auth.setPreferences", wrong, { cookie })).code).toBe("bad-input");
    }
    expect((await mutate("auth.setPreferences", { language: "en" }, { cookie })).data.preferences).toEqual({
      language: "en",
    });
  });
});

describe("a session", () => {
  it("is a cookie for this host alone, unreadable to scripts, stored as a hash", async () => {
    await signInAsAdministrator();
    const { setCookie, cookie = "" } = await mutate("auth.signIn", { name: "admin", password: PASSWORD });
    for (const part of ["__Host-sipprot=", "Secure", "HttpOnly", "SameSite=Strict", "Path=/"]) {
      expect(setCookie).toContain(part);
    }
    expect(setCookie).not.toContain("Domain");
    const stored = await redis.hgetall(redisKeys.sessions);
    expect(JSON.stringify(stored)).not.toContain(cookie.split("=")[1]);
    const id = Object.keys(stored)[0];
    expect((await query("users.list", { cookie: `__Host-sipprot=${id}` })).code).toBe("not-signed-in");
  });
  it("gets a new id at sign-in: one planted before is worth nothing", async () => {
    await signInAsAdministrator();
    const planted = `__Host-sipprot=${"A".repeat(43)}`;
    const { cookie } = await mutate("auth.signIn", { name: "admin", password: PASSWORD }, { cookie: planted });
    expect(cookie).not.toBe(planted);
    expect((await query("auth.me", { cookie: planted })).code).toBe("not-signed-in");
    expect((await query("auth.me", { cookie: `${planted}; ${cookie}` })).code).toBe("not-signed-in");
  });
  it("ends when nobody uses it, and after a day's work in any case", async () => {
    const { cookie } = await signInAsAdministrator();
    nowMs += SESSION_IDLE_MS - 1;
    expect((await query("auth.me", { cookie })).status).toBe(200);
    nowMs += SESSION_IDLE_MS;
    expect((await query("auth.me", { cookie })).code).toBe("not-signed-in");
    const other = await mutate("auth.signIn", { name: "admin", password: PASSWORD });
    const headers = { cookie: other.cookie ?? "" };
    for (let passed = 0; passed < SESSION_MAX_MS; passed += SESSION_IDLE_MS / 2) {
      expect((await query("auth.me", headers)).status).toBe(200);
      nowMs += SESSION_IDLE_MS / 2;
    }
    expect((await query("auth.me", headers)).code).toBe("not-signed-in");
  });
  it("is listed and revoked by its owner, and ends at once", async () => {
    const { cookie } = await signInAsAdministrator();
    const other = await mutate("auth.signIn", { name: "admin", password: PASSWORD }, { "user-agent": "telephone" });
    const { data } = await query("auth.sessions", { cookie });
    expect(data).toHaveLength(2);
    const stolen = data.find((one: { isCurrent: boolean }) => !one.isCurrent);
    expect(stolen.agent).toBe("telephone");
    expect((await mutate("auth.revokeSession", { id: stolen.id }, { cookie })).status).toBe(200);
    expect((await query("auth.me", { cookie: other.cookie ?? "" })).code).toBe("not-signed-in");
    expect((await mutate("auth.signOut", undefined, { cookie })).setCookie).toContain("Max-Age=0");
    expect((await query("auth.me", { cookie })).code).toBe("not-signed-in");
  });
  it("of somebody else is not one's own to revoke", async () => {
    const { cookie } = await signInAsAdministrator();
    const { data } = await mutate("users.add", { name: "eve", role: "viewer" }, { cookie });
    const first = await mutate("auth.signIn", { name: "eve", password: data.password });
    const change = { password: data.password, newPassword: PASSWORD };
    const eve = { cookie: (await mutate("auth.changePassword", change, { cookie: first.cookie ?? "" })).cookie ?? "" };
    const [mine] = (await query("auth.sessions", { cookie })).data;
    expect((await mutate("auth.revokeSession", { id: mine.id }, eve)).code).toBe("not-found");
    expect((await query("auth.sessions", eve)).data).toHaveLength(1);
  });
});

describe("another site's page", () => {
  it("changes nothing, whatever it can send", async () => {
    const { cookie } = await signInAsAdministrator();
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
      const answer = await send(url, { method: "POST", headers: { ...headers, cookie }, body: JSON.stringify(input) });
      expect([answer.status, answer.code]).toEqual([403, "cross-site"]);
    }
    for (const kind of ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", ""]) {
      const headers = { "content-type": kind, cookie, "x-sipprot-client": "x" };
      const answer = await send(url, { method: "POST", headers, body: JSON.stringify(input) });
      expect([answer.status, answer.code]).toEqual([400, "bad-input"]);
    }
    expect((await query("users.list", { cookie, "sec-fetch-site": "cross-site" })).code).toBe("cross-site");
    expect((await query(`settings.change?input=${encodeURIComponent('{"mode":"observe"}')}`, { cookie })).status).toBe(
      405,
    );
    expect(await redis.hgetall(redisKeys.settings)).toEqual({});
  });
  it("is not our own, which may", async () => {
    const { cookie } = await signInAsAdministrator();
    const headers = { cookie, "content-type": "application/json", origin: "https://pbx.example:8443" };
    const told = { ...headers, "x-forwarded-host": "pbx.example:8443", "sec-fetch-site": "same-origin" };
    const ours = { ...told, "x-sipprot-web": WEB_KEY };
    const body = JSON.stringify({ mode: "observe" });
    // Anybody at this machine can say where a request was sent to; only the web server is believed.
    expect((await send("/api/trpc/settings.change", { method: "POST", headers: told, body })).code).toBe("cross-site");
    const answer = await send("/api/trpc/settings.change", { method: "POST", headers: ours, body });
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
    expect((await send("/api/trpc/auth.signIn", { method: "POST", headers, body })).code).toBe("too-large");
    const stream = new ReadableStream({
      start: (controller) => {
        controller.enqueue(new TextEncoder().encode(body));
        controller.close();
      },
    });
    const chunked = { method: "POST", headers, body: stream, duplex: "half" } as RequestInit;
    expect((await send("/api/trpc/auth.signIn", chunked)).status).toBe(413);
  });
  it("is not read off the path, by another method, or with keys of the language's own", async () => {
    for (const path of ["/", "/api/trpc", "/etc/passwd", "/api/trpcx/auth.me"]) {
      expect((await send(path, {})).status).toBe(404);
    }
    expect((await send("/api/trpc/auth.me", { method: "DELETE" })).status).toBe(400);
    for (const name of ["__proto__", "constructor.prototype", "auth.__proto__", "auth.constructor", "toString", "%"]) {
      expect((await send(`/api/trpc/${name}`, {})).status).toBe(404);
    }
    const { cookie } = await signInAsAdministrator();
    for (const body of [
      '{"name":"eve","role":"viewer","__proto__":{"role":"administrator"}}',
      '{"name":"eve","role":"viewer","constructor":{"prototype":{"x":1}}}',
      '{"__proto__":{"name":"eve","role":"viewer"}}',
      '{"name":"__proto__","role":"viewer"}',
    ]) {
      const headers = { cookie, "content-type": "application/json", "x-sipprot-client": "x" };
      const answer = await send("/api/trpc/users.add", { method: "POST", headers, body });
      expect([body, answer.code]).toEqual([body, "bad-input"]);
    }
    expect("x" in {}).toBe(false);
  });
  it("in one request is a handful of calls, and no more a second than a page needs", async () => {
    const many = `${Array(21).fill("auth.me").join(",")}?batch=1&input=%7B%7D`;
    expect((await send(`/api/trpc/${many}`, {})).status).toBe(400);
    const twenty = `${Array(20).fill("auth.me").join(",")}?batch=1&input=%7B%7D`;
    const statuses = [];
    for (let count = 0; count < 11; count += 1) {
      statuses.push((await send(`/api/trpc/${twenty}`, { headers: from("198.51.100.7") })).status);
    }
    expect(statuses.at(0)).toBe(401);
    expect(statuses.at(-1)).toBe(429);
    expect((await query("auth.me", from("198.51.100.8"))).status).toBe(401);
  });
  it("that is no HTTP ends that connection alone", async () => {
    const socket = connect((server.address() as AddressInfo).port, "127.0.0.1");
    socket.end(`GET / HTTP/1.1\r\nX: ${"a".repeat(20_000)}\r\n\r\n`);
    const answer = await new Promise<string>((resolve) => socket.once("data", (data) => resolve(String(data))));
    expect(answer).toContain("431");
    expect((await query("auth.me")).status).toBe(401);
  });
});

describe("a token", () => {
  it("opens by the header alone, never by the address, until it is revoked or expires", async () => {
    const { cookie } = await signInAsAdministrator();
    const given = { name: "pbxware", role: "viewer", expiresAtMs: nowMs + 1000 };
    const { data } = await mutate("tokens.create", given, { cookie });
    expect(data.secret).toMatch(/^sp_[\w-]{43}$/);
    expect(JSON.stringify(await redis.hgetall(redisKeys.tokens))).not.toContain(data.secret);
    const header = { authorization: `Bearer ${data.secret}` };
    expect((await query("settings.get", header)).status).toBe(200);
    expect((await query("users.list", header)).code).toBe("not-permitted");
    expect((await query("users.list", { ...header, cookie })).code).toBe("not-permitted");
    for (const place of [`settings.get?token=${data.secret}`, `settings.get?authorization=Bearer%20${data.secret}`]) {
      expect((await query(place)).code).toBe("bad-input");
    }
    const [listed] = (await query("tokens.list", { cookie })).data;
    expect(listed).toMatchObject({ name: "pbxware", createdBy: "user:admin", lastUsedAtMs: nowMs });
    nowMs += 1000;
    expect((await query("settings.get", header)).code).toBe("not-signed-in");
    const lasting = (await mutate("tokens.create", { name: "b", role: "operator" }, { cookie })).data;
    const other = { authorization: `Bearer ${lasting.secret}` };
    expect((await query("settings.get", other)).status).toBe(200);
    await mutate("tokens.revoke", { id: lasting.token.id }, { cookie });
    expect((await query("settings.get", other)).code).toBe("not-signed-in");
  });
});

describe("guessing a password", () => {
  const guess = (address: string, name = "admin", password = "wrong") =>
    mutate("auth.signIn", { name, password }, from(address));

  it("is slowed where it is tried, and does not lock out the owner elsewhere", async () => {
    await signInAsAdministrator();
    await guess("192.0.2.10", "admin", PASSWORD);
    const codes = [];
    for (let count = 0; count < 8; count += 1) codes.push((await guess("198.51.100.7")).code);
    expect(codes.slice(0, 5)).toEqual(Array(5).fill("wrong-credentials"));
    expect(codes.slice(5)).toEqual(Array(3).fill("too-many-attempts"));
    // From everywhere at once: strangers wait, the office where the owner signed in before does not.
    for (let host = 1; host <= 20; host += 1) await guess(`203.0.113.${host}`);
    expect((await guess("203.0.113.200", "admin", PASSWORD)).code).toBe("too-many-attempts");
    expect((await guess("192.0.2.10", "admin", PASSWORD)).status).toBe(200);
    nowMs += 5001;
    expect((await guess("203.0.113.200", "admin", PASSWORD)).status).toBe(200);
  });
  it("at one address over many accounts is slowed too, and a colleague there still signs in", async () => {
    await signInAsAdministrator();
    await guess("192.0.2.10", "admin", PASSWORD);
    for (let count = 0; count < 20; count += 1) await guess("192.0.2.10", `name${count}`);
    expect((await guess("192.0.2.10", "another")).code).toBe("too-many-attempts");
    expect((await guess("192.0.2.10", "admin", PASSWORD)).status).toBe(200);
  });
  it("all at once is no way around", async () => {
    await signInAsAdministrator();
    const answers = await Promise.all(Array.from({ length: 20 }, () => guess("198.51.100.9")));
    expect(answers.filter(({ code }) => code === "wrong-credentials")).toHaveLength(5);
  });
  it("tells nothing about which accounts there are", async () => {
    await signInAsAdministrator();
    const known = JSON.parse((await guess("198.51.100.20")).text).error;
    const unknown = JSON.parse((await guess("198.51.100.21", "nobody")).text).error;
    expect(unknown).toEqual(known);
  });
});

describe("the second factor", () => {
  it("is asked for, takes each code once, and a recovery code once", async () => {
    const { cookie } = await signInAsAdministrator();
    const offer = (await mutate("auth.offerSecondFactor", { password: PASSWORD }, { cookie })).data;
    expect(offer.uri).toContain("otpauth://totp/sipPROT");
    const totp = new TOTP({ secret: Secret.fromBase32(offer.secret) });
    const code = () => totp.generate({ timestamp: nowMs });
    expect((await mutate("auth.confirmSecondFactor", { code: "000000" }, { cookie })).code).toBe("wrong-second-factor");
    const { recoveryCodes } = (await mutate("auth.confirmSecondFactor", { code: code() }, { cookie })).data;
    expect(recoveryCodes).toHaveLength(10);
    const signIn = (given: object) => mutate("auth.signIn", { name: "admin", password: PASSWORD, ...given });
    expect((await signIn({})).code).toBe("second-factor-needed");
    expect((await signIn({ code: code() })).code).toBe("wrong-second-factor");
    nowMs += 30_000;
    const both = await Promise.all([signIn({ code: code() }), signIn({ code: code() })]);
    expect(both.map(({ status }) => status).sort()).toEqual([200, 401]);
    expect((await signIn({ code: recoveryCodes[3] })).data.recoveryCodesLeft).toBe(9);
    expect((await signIn({ code: recoveryCodes[3] })).code).toBe("wrong-second-factor");
    const stored = JSON.stringify(await redis.hgetall(redisKeys.users));
    for (const hidden of [recoveryCodes[4], offer.secret]) expect(stored).not.toContain(hidden);
  });
  it("whose key is lost lets nobody in by the password alone, says why, and still takes a recovery code", async () => {
    const { cookie } = await signInAsAdministrator();
    const offer = (await mutate("auth.offerSecondFactor", { password: PASSWORD }, { cookie })).data;
    const code = new TOTP({ secret: Secret.fromBase32(offer.secret) }).generate({ timestamp: nowMs });
    const { recoveryCodes } = (await mutate("auth.confirmSecondFactor", { code }, { cookie })).data;
    writeFileSync(join(store.location.stateFolder, "secrets.key"), `${"0b".repeat(32)}\n`);
    await startServer();
    const signIn = (given: object) => mutate("auth.signIn", { name: "admin", password: PASSWORD, ...given });
    expect((await signIn({})).code).toBe("second-factor-needed");
    const answer = await signIn({ code });
    expect([answer.status, answer.code]).toEqual([503, "sealed-secret"]);
    expect((await signIn({ code: recoveryCodes[0] })).status).toBe(200);
  });
  it("cannot be guessed by asking with the right password between the guesses", async () => {
    const { cookie } = await signInAsAdministrator();
    const offer = (await mutate("auth.offerSecondFactor", { password: PASSWORD }, { cookie })).data;
    const totp = new TOTP({ secret: Secret.fromBase32(offer.secret) });
    await mutate("auth.confirmSecondFactor", { code: totp.generate({ timestamp: nowMs }) }, { cookie });
    const codes = [];
    for (let count = 0; count < 6; count += 1) {
      await mutate("auth.signIn", { name: "admin", password: PASSWORD }, from("198.51.100.7"));
      const guess = { name: "admin", password: PASSWORD, code: `00000${count}` };
      codes.push((await mutate("auth.signIn", guess, from("198.51.100.7"))).code);
    }
    expect(codes.at(-1)).toBe("too-many-attempts");
  });
});

describe("accounts", () => {
  it("always have an administrator left, also when two are taken away at once", async () => {
    const { cookie } = await signInAsAdministrator();
    expect((await mutate("users.remove", { name: "admin" }, { cookie })).code).toBe("last-administrator");
    expect((await mutate("users.setRole", { name: "admin", role: "viewer" }, { cookie })).code).toBe(
      "last-administrator",
    );
    expect((await mutate("users.add", { name: "ADMIN", role: "viewer" }, { cookie })).code).toBe("already-there");
    await mutate("users.add", { name: "ann", role: "administrator" }, { cookie });
    const config = readConfig(undefined, { SIPPROT_STATE: store.location.stateFolder });
    const services = assembleServices(redis, config, () => nowMs);
    const actor = { by: "test", nowMs, address: "192.0.2.7", tell: () => {} };
    const removals = [services.users.remove("ann", actor), services.users.setRole("admin", "viewer", actor)];
    const outcomes = await Promise.allSettled<unknown>(removals);
    expect(outcomes.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
  });
  it("lose their sessions with a reset, and their rights with their role, at once", async () => {
    const { cookie } = await signInAsAdministrator();
    const { data } = await mutate("users.add", { name: "ann", role: "administrator" }, { cookie });
    const ann = await mutate("auth.signIn", { name: "ann", password: data.password });
    const change = { password: data.password, newPassword: PASSWORD };
    const headers = {
      cookie: (await mutate("auth.changePassword", change, { cookie: ann.cookie ?? "" })).cookie ?? "",
    };
    expect((await query("users.list", headers)).status).toBe(200);
    await mutate("users.setRole", { name: "ann", role: "viewer" }, { cookie });
    expect((await query("users.list", headers)).code).toBe("not-permitted");
    await mutate("users.reset", { name: "ann" }, { cookie });
    expect((await query("hosts.list", headers)).code).toBe("not-signed-in");
  });
});

describe("the audit trail", () => {
  it("says who did what, from where, before and after, without secrets", async () => {
    const { cookie } = await signInAsAdministrator();
    const headers = { cookie, ...from("192.0.2.50") };
    await mutate("settings.change", { blockThreshold: 5 }, headers);
    await mutate("settings.change", { blockThreshold: 500 }, headers);
    const { secret } = (await mutate("tokens.create", { name: "t", role: "viewer" }, headers)).data;
    await mutate("settings.change", { mode: "observe" }, { authorization: `Bearer ${secret}` });
    await mutate("auth.signIn", { name: "admin", password: "a wrong guess" });
    const { rows, total } = (await query("audit.page", { cookie }, { descending: true })).data;
    expect(total).toBe(6);
    expect(rows[3]).toMatchObject({
      by: "user:admin",
      from: "192.0.2.50",
      action: "settings.change",
      outcome: "done",
      input: '{"blockThreshold":5}',
      before: '{"blockThreshold":3}',
      after: '{"blockThreshold":5}',
      atMs: nowMs,
    });
    expect(rows[2]).toMatchObject({ outcome: "bad-input" });
    expect(rows[0]).toMatchObject({ by: "token:t", outcome: "not-permitted" });
    expect(rows[5]).toMatchObject({ by: "user:admin", action: "auth.signIn" });
    const text = JSON.stringify(await redis.xrange(redisKeys.audit, "-", "+"));
    for (const hidden of [PASSWORD, secret, "wrong guess"]) expect(text).not.toContain(hidden);
    const found = await query("audit.page", { cookie }, { filter: { action: "tokens" }, size: 1 });
    expect(found.data).toMatchObject({ total: 1, rows: [{ action: "tokens.create" }] });
    expect(troubles).toEqual([]);
  });
});

describe("live events", () => {
  const event = (count: number): SipEvent => ({
    kind: "refused",
    atMs: nowMs,
    count,
    host: "pbx1",
    endpoint: "203.0.113.10:5060",
    transport: "udp",
    source: "198.51.100.7",
    gate: "scanner",
    reason: { gate: "scanner", agent: "sipcli", pattern: "sipcli" },
    proven: false,
    method: "REGISTER",
    agent: "sipcli",
  });
  async function* follow(headers: Record<string, string>, lastEventId?: string): AsyncGenerator<string> {
    const input = lastEventId === undefined ? "" : `?input=${encodeURIComponent(JSON.stringify({ lastEventId }))}`;
    const { port } = server.address() as AddressInfo;
    const response = await fetch(`http://127.0.0.1:${port}/api/trpc/events.live${input}`, { headers });
    let text = "";
    for await (const part of response.body ?? []) {
      text += Buffer.from(part).toString();
      for (let end = text.indexOf("\n\n"); end >= 0; end = text.indexOf("\n\n")) {
        yield text.slice(0, end);
        text = text.slice(end + 2);
      }
    }
  }
  const read = async (stream: AsyncGenerator<string>): Promise<string> => {
    for await (const message of stream) if (message.includes('"kind"')) return message;
    return "";
  };

  it("come as a stream, and a client that was away misses none", async () => {
    const { cookie } = await signInAsAdministrator();
    await writeEvents(redis, [event(1)]);
    const { data } = await query("events.latest", { cookie }, {});
    expect(data).toMatchObject([{ events: [{ count: 1, source: "198.51.100.7" }] }]);
    const stream = follow({ cookie });
    // The first message says that the stream stands.
    expect((await stream.next()).value).toContain("connected");
    const coming = read(stream);
    await pause(100);
    await writeEvents(redis, [event(2)]);
    expect(await coming).toContain('"count":2');
    await writeEvents(redis, [event(3)]);
    const away = follow({ cookie }, data[0].id);
    const first = await read(away);
    expect([first.includes('"count":2'), first.includes('"count":1')]).toEqual([true, false]);
  });
  it("are for those who may look", async () => {
    const answer = await query("events.live", { accept: "text/event-stream" });
    expect(answer.text).toContain("not-signed-in");
  });
});

describe("errors", () => {
  it("name the field, and never our insides", async () => {
    const { cookie } = await signInAsAdministrator();
    const answer = await mutate("settings.change", { blockThreshold: "x" }, { cookie });
    expect(JSON.parse(answer.text).error.data.fields).toMatchObject([{ field: "blockThreshold" }]);
    await redis.del(redisKeys.tokens);
    await redis.set(redisKeys.tokens, "not a hash");
    const broken = await query("tokens.list", { cookie });
    expect(broken.code).toBe("unexpected");
    expect(broken.text).not.toMatch(/WRONGTYPE|stack|node_modules/);
    expect(troubles).toHaveLength(1);
  });
  it("say so when the store is away, and the server stays", async () => {
    const { cookie } = await signInAsAdministrator();
    const nowhere = { redisUrl: undefined, stateFolder: join(store.location.stateFolder, "away") };
    const away = openLastingConnection(nowhere, () => {});
    const working = redis;
    redis = away;
    try {
      const answer = await query("users.list", { cookie });
      expect([answer.status, answer.code]).toEqual([503, "store-unreachable"]);
    } finally {
      redis = working;
      away.disconnect();
    }
    expect((await query("users.list", { cookie })).status).toBe(200);
  });
});
