/** Accounts and tokens of the control server, and the trail they leave. */
import { redisKeys } from "@sipprot/shared/redis-keys";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { assembleServices } from "../../control/src/services/assemble.ts";
import { from, PASSWORD, startControl, type TestControl } from "./control-in-process.ts";

let control: TestControl;
beforeAll(async () => {
  control = await startControl();
});
afterAll(() => control.close());
beforeEach(() => control.reset());

describe("a token", () => {
  it("opens by the header alone, never by the address, until it is revoked or expires", async () => {
    const { cookie } = await control.signInAsAdministrator();
    const given = { name: "pbxware", role: "viewer", expiresAtMs: control.nowMs + 1000 };
    const { data } = await control.mutate("tokens.create", given, { cookie });
    expect(data.secret).toMatch(/^sp_[\w-]{43}$/);
    expect(JSON.stringify(await control.redis.hgetall(redisKeys.tokens))).not.toContain(data.secret);
    const header = { authorization: `Bearer ${data.secret}` };
    expect((await control.query("settings.get", header)).status).toBe(200);
    expect((await control.query("users.list", header)).code).toBe("not-permitted");
    expect((await control.query("users.list", { ...header, cookie })).code).toBe("not-permitted");
    for (const place of [`settings.get?token=${data.secret}`, `settings.get?authorization=Bearer%20${data.secret}`]) {
      expect((await control.query(place)).code).toBe("bad-input");
    }
    const [listed] = (await control.query("tokens.list", { cookie })).data;
    expect(listed).toMatchObject({ name: "pbxware", createdBy: "user:admin", lastUsedAtMs: control.nowMs });
    control.nowMs += 1000;
    expect((await control.query("settings.get", header)).code).toBe("not-signed-in");
    const lasting = (await control.mutate("tokens.create", { name: "b", role: "operator" }, { cookie })).data;
    const other = { authorization: `Bearer ${lasting.secret}` };
    expect((await control.query("settings.get", other)).status).toBe(200);
    await control.mutate("tokens.revoke", { id: lasting.token.id }, { cookie });
    expect((await control.query("settings.get", other)).code).toBe("not-signed-in");
  });
});

describe("accounts", () => {
  it("always have an administrator left, also when two are taken away at once", async () => {
    const { cookie } = await control.signInAsAdministrator();
    expect((await control.mutate("users.remove", { name: "admin" }, { cookie })).code).toBe("last-administrator");
    expect((await control.mutate("users.setRole", { name: "admin", role: "viewer" }, { cookie })).code).toBe(
      "last-administrator",
    );
    expect((await control.mutate("users.add", { name: "ADMIN", role: "viewer" }, { cookie })).code).toBe(
      "already-there",
    );
    await control.mutate("users.add", { name: "ann", role: "administrator" }, { cookie });
    const services = assembleServices(control.redis, control.config, () => control.nowMs);
    const actor = { by: "test", nowMs: control.nowMs, address: "192.0.2.7", tell: () => {} };
    const removals = [services.users.remove("ann", actor), services.users.setRole("admin", "viewer", actor)];
    const outcomes = await Promise.allSettled<unknown>(removals);
    expect(outcomes.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
  });
  it("lose their sessions with a reset, and their rights with their role, at once", async () => {
    const { cookie } = await control.signInAsAdministrator();
    const { data } = await control.mutate("users.add", { name: "ann", role: "administrator" }, { cookie });
    const ann = await control.mutate("auth.signIn", { name: "ann", password: data.password });
    const change = { password: data.password, newPassword: PASSWORD };
    const headers = {
      cookie: (await control.mutate("auth.changePassword", change, { cookie: ann.cookie ?? "" })).cookie ?? "",
    };
    expect((await control.query("users.list", headers)).status).toBe(200);
    await control.mutate("users.setRole", { name: "ann", role: "viewer" }, { cookie });
    expect((await control.query("users.list", headers)).code).toBe("not-permitted");
    await control.mutate("users.reset", { name: "ann" }, { cookie });
    expect((await control.query("hosts.list", headers)).code).toBe("not-signed-in");
  });
});

describe("an account that is switched off", () => {
  it("cannot sign in, loses its sessions, and says so to its owner alone", async () => {
    const { cookie } = await control.signInAsAdministrator();
    const { data } = await control.mutate("users.add", { name: "ann", role: "operator" }, { cookie });
    const ann = await control.mutate("auth.signIn", { name: "ann", password: data.password });
    const off = await control.mutate("users.setDisabled", { name: "ann", isDisabled: true }, { cookie });
    expect(off.data).toMatchObject({ name: "ann", isDisabled: true });
    expect((await control.query("auth.me", { cookie: ann.cookie ?? "" })).code).toBe("not-signed-in");
    const signIn = (password: string) => control.mutate("auth.signIn", { name: "ann", password });
    expect((await signIn("not this one")).code).toBe("wrong-credentials");
    expect((await signIn(data.password)).code).toBe("account-disabled");
    await control.mutate("users.setDisabled", { name: "ann", isDisabled: false }, { cookie });
    expect((await signIn(data.password)).status).toBe(200);
  });
  it("is no administrator for the rule that one is left", async () => {
    const { cookie } = await control.signInAsAdministrator();
    const turnOff = (name: string) => control.mutate("users.setDisabled", { name, isDisabled: true }, { cookie });
    expect((await turnOff("admin")).code).toBe("last-administrator");
    await control.mutate("users.add", { name: "ann", role: "administrator" }, { cookie });
    expect((await turnOff("ann")).status).toBe(200);
    expect((await turnOff("admin")).code).toBe("last-administrator");
    expect((await control.mutate("users.remove", { name: "admin" }, { cookie })).code).toBe("last-administrator");
    expect((await control.mutate("users.remove", { name: "ann" }, { cookie })).status).toBe(200);
  });
});

describe("the sessions of an account", () => {
  it("end all but the present one", async () => {
    const { cookie } = await control.signInAsAdministrator();
    const other = await control.mutate("auth.signIn", { name: "admin", password: PASSWORD });
    expect((await control.query("auth.sessions", { cookie })).data).toHaveLength(2);
    expect((await control.mutate("auth.revokeOtherSessions", undefined, { cookie })).data).toEqual({ ended: 1 });
    expect((await control.query("auth.me", { cookie: other.cookie ?? "" })).code).toBe("not-signed-in");
    expect((await control.query("auth.sessions", { cookie })).data).toMatchObject([{ isCurrent: true }]);
  });
});

describe("the audit trail", () => {
  it("is narrowed by who, what, when, how it ended and what was in it, and leaves as a file piece by piece", async () => {
    const { cookie } = await control.signInAsAdministrator();
    const headers = { cookie, ...from("192.0.2.50") };
    await control.mutate("lists.add", { list: "deny", networks: ["203.0.113.7"], note: "=1+1" }, headers);
    control.nowMs += 60_000;
    await control.mutate("settings.change", { blockThreshold: 500 }, headers);
    const find = async (filter: object) =>
      (await control.query("audit.page", { cookie }, { filter, descending: true })).data.rows.map(
        ({ action }: { action: string }) => action,
      );
    expect(await find({ outcome: "failed" })).toEqual(["settings.change"]);
    expect(await find({ search: "203.0.113.7" })).toEqual(["lists.add"]);
    expect(await find({ search: "192.0.2.50", untilMs: control.nowMs })).toEqual(["lists.add"]);
    expect(await find({ sinceMs: control.nowMs })).toEqual(["settings.change"]);
    const csv = (await control.query("audit.export", { cookie }, { format: "csv", filter: { action: "lists." } })).data;
    expect(csv.text.split("\r\n")[0]).toBe("TIME,BY,FROM,ACTION,OUTCOME,INPUT,BEFORE,AFTER");
    expect(csv.text).toContain("user:admin,192.0.2.50,lists.add,done");
    expect(csv.next).toBeUndefined();
    for (let count = 0; count < 1001; count += 1) {
      await control.redis.xadd(
        redisKeys.audit,
        "*",
        "record",
        JSON.stringify({ atMs: 1, by: "b", from: "", action: "a", outcome: "done" }),
      );
    }
    const first = (await control.query("audit.export", { cookie }, { format: "jsonl" })).data;
    const second = (await control.query("audit.export", { cookie }, { format: "jsonl", after: first.next })).data;
    const lines = `${first.text}${second.text}`
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line));
    expect(lines.length).toBe(Number(await control.redis.xlen(redisKeys.audit)));
    expect(new Set(lines.map(({ id }) => id)).size).toBe(lines.length);
    expect(second.next).toBeUndefined();
  });

  it("says who did what, from where, before and after, without secrets", async () => {
    const { cookie } = await control.signInAsAdministrator();
    const headers = { cookie, ...from("192.0.2.50") };
    await control.mutate("settings.change", { blockThreshold: 5 }, headers);
    await control.mutate("settings.change", { blockThreshold: 500 }, headers);
    const { secret } = (await control.mutate("tokens.create", { name: "t", role: "viewer" }, headers)).data;
    await control.mutate("settings.change", { mode: "observe" }, { authorization: `Bearer ${secret}` });
    await control.mutate("auth.signIn", { name: "admin", password: "a wrong guess" });
    const { rows, total } = (await control.query("audit.page", { cookie }, { descending: true })).data;
    expect(total).toBe(6);
    expect(rows[3]).toMatchObject({
      by: "user:admin",
      from: "192.0.2.50",
      action: "settings.change",
      outcome: "done",
      input: '{"blockThreshold":5}',
      before: '{"blockThreshold":3}',
      after: '{"blockThreshold":5}',
      atMs: control.nowMs,
    });
    expect(rows[2]).toMatchObject({ outcome: "bad-input" });
    expect(rows[0]).toMatchObject({ by: "token:t", outcome: "not-permitted" });
    expect(rows[5]).toMatchObject({ by: "user:admin", action: "auth.signIn" });
    const text = JSON.stringify(await control.redis.xrange(redisKeys.audit, "-", "+"));
    for (const hidden of [PASSWORD, secret, "wrong guess"]) expect(text).not.toContain(hidden);
    const found = await control.query("audit.page", { cookie }, { filter: { action: "tokens" }, size: 1 });
    expect(found.data).toMatchObject({ total: 1, rows: [{ action: "tokens.create" }] });
    expect(control.troubles).toEqual([]);
  });
});

describe("how a person wants the pages", () => {
  it("is kept with the account, replaced whole, and refused when it is nothing a page can be", async () => {
    const { cookie } = await control.signInAsAdministrator();
    const kept = async () => (await control.query("auth.me", { cookie })).data.preferences;
    const set = (wanted: unknown) => control.mutate("auth.setPreferences", wanted, { cookie });
    expect(await kept()).toEqual({});
    const wanted = { language: "fr", colorScheme: "dark", timeZone: "Europe/Paris" };
    expect((await set(wanted)).data.preferences).toEqual(wanted);
    expect(await kept()).toEqual(wanted);
    for (const wrong of [{ language: "xx" }, { timeZone: "Mars/Olympus" }, { colorScheme: "pink" }, { other: 1 }]) {
      expect((await set(wrong)).code).toBe("bad-input");
    }
    expect((await set({ language: "en" })).data.preferences).toEqual({ language: "en" });
  });
});
