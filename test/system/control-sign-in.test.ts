/** Signing in at the control server: the first administrator, sessions, guessing, the second factor. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { redisKeys } from "@sipprot/shared/redis-keys";
import { Secret, TOTP } from "otpauth";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { createFirstAdministrator } from "../../control/src/services/users.ts";
import { SESSION_IDLE_MS, SESSION_MAX_MS } from "../../control/src/store/session-store.ts";
import { from, PASSWORD, startControl, type TestControl } from "./control-in-process.ts";

let control: TestControl;
beforeAll(async () => {
  control = await startControl();
});
afterAll(() => control.close());
beforeEach(() => control.reset());

describe("the first administrator", () => {
  it("may do nothing but change the one-time password, which is stored nowhere", async () => {
    const first = await createFirstAdministrator(control.redis, control.nowMs);
    expect(await createFirstAdministrator(control.redis, control.nowMs)).toBeUndefined();
    expect(JSON.stringify(await control.redis.hgetall(redisKeys.users))).not.toContain(first?.password);
    const { cookie = "", data } = await control.mutate("auth.signIn", first);
    expect(data).toMatchObject({ name: "admin", role: "administrator", mustChangePassword: true });
    expect((await control.query("users.list", { cookie })).code).toBe("password-change-needed");
    const weak = { password: first?.password, newPassword: "aaaaaaaaaaaaaaaa" };
    expect((await control.mutate("auth.changePassword", weak, { cookie })).code).toBe("weak-password");
    const changed = await control.mutate("auth.changePassword", { ...weak, newPassword: PASSWORD }, { cookie });
    expect(changed.data).toMatchObject({ mustChangePassword: false });
    expect((await control.query("users.list", { cookie })).code).toBe("not-signed-in");
    expect((await control.query("users.list", { cookie: changed.cookie ?? "" })).status).toBe(200);
    expect((await control.mutate("auth.signIn", first)).code).toBe("wrong-credentials");
  });
});

describe("a session", () => {
  it("is a cookie for this host alone, unreadable to scripts, stored as a hash", async () => {
    await control.signInAsAdministrator();
    const { setCookie, cookie = "" } = await control.mutate("auth.signIn", { name: "admin", password: PASSWORD });
    for (const part of ["__Host-sipprot=", "Secure", "HttpOnly", "SameSite=Strict", "Path=/"]) {
      expect(setCookie).toContain(part);
    }
    expect(setCookie).not.toContain("Domain");
    const stored = await control.redis.hgetall(redisKeys.sessions);
    expect(JSON.stringify(stored)).not.toContain(cookie.split("=")[1]);
    const id = Object.keys(stored)[0];
    expect((await control.query("users.list", { cookie: `__Host-sipprot=${id}` })).code).toBe("not-signed-in");
  });
  it("gets a new id at sign-in: one planted before is worth nothing", async () => {
    await control.signInAsAdministrator();
    const planted = `__Host-sipprot=${"A".repeat(43)}`;
    const { cookie } = await control.mutate("auth.signIn", { name: "admin", password: PASSWORD }, { cookie: planted });
    expect(cookie).not.toBe(planted);
    expect((await control.query("auth.me", { cookie: planted })).code).toBe("not-signed-in");
    expect((await control.query("auth.me", { cookie: `${planted}; ${cookie}` })).code).toBe("not-signed-in");
  });
  it("ends when nobody uses it, and after a day's work in any case", async () => {
    const { cookie } = await control.signInAsAdministrator();
    control.nowMs += SESSION_IDLE_MS - 1;
    expect((await control.query("auth.me", { cookie })).status).toBe(200);
    control.nowMs += SESSION_IDLE_MS;
    expect((await control.query("auth.me", { cookie })).code).toBe("not-signed-in");
    const other = await control.mutate("auth.signIn", { name: "admin", password: PASSWORD });
    const headers = { cookie: other.cookie ?? "" };
    for (let passed = 0; passed < SESSION_MAX_MS; passed += SESSION_IDLE_MS / 2) {
      expect((await control.query("auth.me", headers)).status).toBe(200);
      control.nowMs += SESSION_IDLE_MS / 2;
    }
    expect((await control.query("auth.me", headers)).code).toBe("not-signed-in");
  });
  it("is listed and revoked by its owner, and ends at once", async () => {
    const { cookie } = await control.signInAsAdministrator();
    const other = await control.mutate(
      "auth.signIn",
      { name: "admin", password: PASSWORD },
      { "user-agent": "telephone" },
    );
    const { data } = await control.query("auth.sessions", { cookie });
    expect(data).toHaveLength(2);
    const stolen = data.find((one: { isCurrent: boolean }) => !one.isCurrent);
    expect(stolen.agent).toBe("telephone");
    expect((await control.mutate("auth.revokeSession", { id: stolen.id }, { cookie })).status).toBe(200);
    expect((await control.query("auth.me", { cookie: other.cookie ?? "" })).code).toBe("not-signed-in");
    expect((await control.mutate("auth.signOut", undefined, { cookie })).setCookie).toContain("Max-Age=0");
    expect((await control.query("auth.me", { cookie })).code).toBe("not-signed-in");
  });
  it("of somebody else is not one's own to revoke", async () => {
    const { cookie } = await control.signInAsAdministrator();
    const { data } = await control.mutate("users.add", { name: "eve", role: "viewer" }, { cookie });
    const first = await control.mutate("auth.signIn", { name: "eve", password: data.password });
    const change = { password: data.password, newPassword: PASSWORD };
    const eve = {
      cookie: (await control.mutate("auth.changePassword", change, { cookie: first.cookie ?? "" })).cookie ?? "",
    };
    const [mine] = (await control.query("auth.sessions", { cookie })).data;
    expect((await control.mutate("auth.revokeSession", { id: mine.id }, eve)).code).toBe("not-found");
    expect((await control.query("auth.sessions", eve)).data).toHaveLength(1);
  });
});

describe("guessing a password", () => {
  const guess = (address: string, name = "admin", password = "wrong") =>
    control.mutate("auth.signIn", { name, password }, from(address));

  it("is slowed where it is tried, and does not lock out the owner elsewhere", async () => {
    await control.signInAsAdministrator();
    await guess("192.0.2.10", "admin", PASSWORD);
    const codes = [];
    for (let count = 0; count < 8; count += 1) codes.push((await guess("198.51.100.7")).code);
    expect(codes.slice(0, 5)).toEqual(Array(5).fill("wrong-credentials"));
    expect(codes.slice(5)).toEqual(Array(3).fill("too-many-attempts"));
    // From everywhere at once: strangers wait, the office where the owner signed in before does not.
    for (let host = 1; host <= 20; host += 1) await guess(`203.0.113.${host}`);
    expect((await guess("203.0.113.200", "admin", PASSWORD)).code).toBe("too-many-attempts");
    expect((await guess("192.0.2.10", "admin", PASSWORD)).status).toBe(200);
    control.nowMs += 5001;
    expect((await guess("203.0.113.200", "admin", PASSWORD)).status).toBe(200);
  });
  it("makes nobody wait a day because the clock was set back by one", async () => {
    await control.signInAsAdministrator();
    for (let count = 0; count < 6; count += 1) await guess("198.51.100.7");
    control.nowMs -= 86_400_000;
    expect((await guess("198.51.100.7", "admin", PASSWORD)).code).toBe("too-many-attempts");
    control.nowMs += 900_001;
    expect((await guess("198.51.100.7", "admin", PASSWORD)).status).toBe(200);
  });
  it("at one address over many accounts is slowed too, and a colleague there still signs in", async () => {
    await control.signInAsAdministrator();
    await guess("192.0.2.10", "admin", PASSWORD);
    for (let count = 0; count < 20; count += 1) await guess("192.0.2.10", `name${count}`);
    expect((await guess("192.0.2.10", "another")).code).toBe("too-many-attempts");
    expect((await guess("192.0.2.10", "admin", PASSWORD)).status).toBe(200);
  });
  it("all at once is no way around", async () => {
    await control.signInAsAdministrator();
    const answers = await Promise.all(Array.from({ length: 20 }, () => guess("198.51.100.9")));
    expect(answers.filter(({ code }) => code === "wrong-credentials")).toHaveLength(5);
  });
  it("tells nothing about which accounts there are", async () => {
    await control.signInAsAdministrator();
    const known = JSON.parse((await guess("198.51.100.20")).text).error;
    const unknown = JSON.parse((await guess("198.51.100.21", "nobody")).text).error;
    expect(unknown).toEqual(known);
  });
});

describe("the second factor", () => {
  it("is asked for, takes each code once, and a recovery code once", async () => {
    const { cookie } = await control.signInAsAdministrator();
    const offer = (await control.mutate("auth.offerSecondFactor", { password: PASSWORD }, { cookie })).data;
    expect(offer.uri).toContain("otpauth://totp/sipPROT");
    const totp = new TOTP({ secret: Secret.fromBase32(offer.secret) });
    const code = () => totp.generate({ timestamp: control.nowMs });
    expect((await control.mutate("auth.confirmSecondFactor", { code: "000000" }, { cookie })).code).toBe(
      "wrong-second-factor",
    );
    const { recoveryCodes } = (await control.mutate("auth.confirmSecondFactor", { code: code() }, { cookie })).data;
    expect(recoveryCodes).toHaveLength(10);
    const signIn = (given: object) => control.mutate("auth.signIn", { name: "admin", password: PASSWORD, ...given });
    expect((await signIn({})).code).toBe("second-factor-needed");
    expect((await signIn({ code: code() })).code).toBe("wrong-second-factor");
    control.nowMs += 30_000;
    const both = await Promise.all([signIn({ code: code() }), signIn({ code: code() })]);
    expect(both.map(({ status }) => status).sort()).toEqual([200, 401]);
    expect((await signIn({ code: recoveryCodes[3] })).data.recoveryCodesLeft).toBe(9);
    expect((await signIn({ code: recoveryCodes[3] })).code).toBe("wrong-second-factor");
    const stored = JSON.stringify(await control.redis.hgetall(redisKeys.users));
    for (const hidden of [recoveryCodes[4], offer.secret]) expect(stored).not.toContain(hidden);
    // The clock was a day ahead when the last code was used.
    control.nowMs -= 86_400_000;
    expect((await signIn({ code: code() })).status).toBe(200);
    expect((await signIn({ code: code() })).code).toBe("wrong-second-factor");
  });
  it("gets new recovery codes with a password and a code, and the old ones are void", async () => {
    const { cookie } = await control.signInAsAdministrator();
    const offer = (await control.mutate("auth.offerSecondFactor", { password: PASSWORD }, { cookie })).data;
    const totp = new TOTP({ secret: Secret.fromBase32(offer.secret) });
    const code = () => totp.generate({ timestamp: control.nowMs });
    const before = (await control.mutate("auth.confirmSecondFactor", { code: code() }, { cookie })).data.recoveryCodes;
    const renew = (given: object) =>
      control.mutate("auth.renewRecoveryCodes", { password: PASSWORD, ...given }, { cookie });
    expect((await renew({ code: "000000" })).code).toBe("wrong-second-factor");
    control.nowMs += 30_000;
    const { recoveryCodes } = (await renew({ code: code() })).data;
    expect(recoveryCodes).toHaveLength(10);
    const signIn = (recovery: string) =>
      control.mutate("auth.signIn", { name: "admin", password: PASSWORD, code: recovery });
    expect((await signIn(before[0])).code).toBe("wrong-second-factor");
    expect((await signIn(recoveryCodes[0])).status).toBe(200);
  });
  it("whose key is lost lets nobody in by the password alone, says why, and still takes a recovery code", async () => {
    const { cookie } = await control.signInAsAdministrator();
    const offer = (await control.mutate("auth.offerSecondFactor", { password: PASSWORD }, { cookie })).data;
    const code = new TOTP({ secret: Secret.fromBase32(offer.secret) }).generate({ timestamp: control.nowMs });
    const { recoveryCodes } = (await control.mutate("auth.confirmSecondFactor", { code }, { cookie })).data;
    writeFileSync(join(control.stateFolder, "secrets.key"), `${"0b".repeat(32)}\n`);
    await control.restart();
    const signIn = (given: object) => control.mutate("auth.signIn", { name: "admin", password: PASSWORD, ...given });
    expect((await signIn({})).code).toBe("second-factor-needed");
    const answer = await signIn({ code });
    expect([answer.status, answer.code]).toEqual([503, "sealed-secret"]);
    expect((await signIn({ code: recoveryCodes[0] })).status).toBe(200);
  });
  it("cannot be guessed by asking with the right password between the guesses", async () => {
    const { cookie } = await control.signInAsAdministrator();
    const offer = (await control.mutate("auth.offerSecondFactor", { password: PASSWORD }, { cookie })).data;
    const totp = new TOTP({ secret: Secret.fromBase32(offer.secret) });
    await control.mutate("auth.confirmSecondFactor", { code: totp.generate({ timestamp: control.nowMs }) }, { cookie });
    const codes = [];
    for (let count = 0; count < 6; count += 1) {
      await control.mutate("auth.signIn", { name: "admin", password: PASSWORD }, from("198.51.100.7"));
      const guess = { name: "admin", password: PASSWORD, code: `00000${count}` };
      codes.push((await control.mutate("auth.signIn", guess, from("198.51.100.7"))).code);
    }
    expect(codes.at(-1)).toBe("too-many-attempts");
  });
});
