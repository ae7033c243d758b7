import { SipprotError } from "@sipprot/shared/errors";
import type { Role } from "@sipprot/shared/role";
import { type AnyTRPCProcedure, TRPCError } from "@trpc/server";
import type { Redis } from "ioredis";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startTestRedis, type TestRedis } from "../../../test/system/redis-server.ts";
import { readConfig } from "../config.ts";
import { assembleServices } from "../services/assemble.ts";
import { ProcessManager } from "../services/process-manager.ts";
import { createProxyService } from "../services/proxy-service.ts";
import type { Caller, Context, Services } from "./context.ts";
import type { Right } from "./right.ts";
import { appRouter, createCaller } from "./root.ts";

/** Who may call what. A procedure that is not here fails the test: its right was not thought about. */
const rights: Record<string, Right> = {
  "audit.page": "administrator",
  "audit.export": "administrator",
  "auth.signIn": "anyone",
  "auth.signOut": "self",
  "auth.me": "self",
  "auth.changePassword": "self",
  "auth.setPreferences": "settled self",
  "auth.sessions": "settled self",
  "auth.revokeSession": "settled self",
  "auth.revokeOtherSessions": "settled self",
  "auth.renewRecoveryCodes": "settled self",
  "auth.allSessions": "administrator",
  "auth.revokeAnySession": "administrator",
  "feeds.list": "viewer",
  "feeds.add": "administrator",
  "feeds.put": "administrator",
  "feeds.remove": "administrator",
  "feeds.fetchNow": "operator",
  "auth.offerSecondFactor": "settled self",
  "auth.confirmSecondFactor": "settled self",
  "auth.removeSecondFactor": "settled self",
  "blocks.page": "viewer",
  "blocks.evidence": "viewer",
  "blocks.find": "viewer",
  "blocks.lift": "operator",
  "blocks.liftMatching": "operator",
  "blocks.liftAndAllow": "operator",
  "branding.get": "anyone",
  "branding.logo": "anyone",
  "branding.change": "administrator",
  "explain.address": "viewer",
  "events.latest": "viewer",
  "events.live": "viewer",
  "events.page": "viewer",
  "events.export": "viewer",
  "events.offerRule": "operator",
  "hosts.list": "viewer",
  "hosts.remove": "administrator",
  "notifications.get": "administrator",
  "notifications.health": "viewer",
  "notifications.change": "administrator",
  "notifications.sendTest": "administrator",
  "notifications.testDialogue": "administrator",
  "notifications.history": "administrator",
  "reports.daily": "viewer",
  "reports.formatted": "viewer",
  "reports.mail": "operator",
  "lists.page": "viewer",
  "lists.counts": "viewer",
  "lists.find": "viewer",
  "lists.consider": "operator",
  "lists.add": "operator",
  "lists.edit": "operator",
  "lists.remove": "operator",
  "lists.restore": "operator",
  "lists.offerRemoveAll": "operator",
  "lists.removeAll": "operator",
  "lists.template": "viewer",
  "lists.export": "viewer",
  "lists.fileBegin": "operator",
  "lists.filePush": "operator",
  "lists.fileEnd": "operator",
  "services.list": "viewer",
  "services.act": "administrator",
  "settings.get": "viewer",
  "settings.change": "administrator",
  "settings.save": "administrator",
  "settings.pending": "viewer",
  "settings.confirm": "administrator",
  "settings.undo": "administrator",
  "settings.preview": "administrator",
  "settings.boot": "viewer",
  "setup.progress": "self",
  "setup.completeStep": "administrator",
  "setup.end": "administrator",
  "setup.standing": "viewer",
  "setup.caller": "viewer",
  "setup.pbx": "administrator",
  "setup.probePbx": "administrator",
  "setup.choosePbx": "administrator",
  "stats.read": "viewer",
  "stats.window": "viewer",
  "tokens.list": "administrator",
  "tokens.create": "administrator",
  "tokens.revoke": "administrator",
  "users.list": "administrator",
  "users.add": "administrator",
  "users.setRole": "administrator",
  "users.reset": "administrator",
  "users.setDisabled": "administrator",
  "users.remove": "administrator",
};

const session = { id: "0", user: "nobody" };
const person = (role: Role, mustChangePassword = false): Caller => ({
  name: `user:${role}`,
  role,
  mustChangePassword,
  session,
});
const callers: Record<string, Caller | undefined> = {
  nobody: undefined,
  "a viewer": person("viewer"),
  "an operator": person("operator"),
  "an administrator": person("administrator"),
  "an administrator with a one-time password": person("administrator", true),
  "an administrator's token": { name: "token:t", role: "administrator", mustChangePassword: false },
};

/** Written out instead of computed: the table is read by people. */
const mayCall: Record<Right, readonly string[]> = {
  anyone: Object.keys(callers),
  self: ["a viewer", "an operator", "an administrator", "an administrator with a one-time password"],
  "settled self": ["a viewer", "an operator", "an administrator"],
  viewer: ["a viewer", "an operator", "an administrator", "an administrator's token"],
  operator: ["an operator", "an administrator", "an administrator's token"],
  administrator: ["an administrator", "an administrator's token"],
};

let store: TestRedis;
let redis: Redis;
let services: Services;

beforeAll(async () => {
  store = await startTestRedis("rights");
  redis = await store.open();
  const { stateFolder } = store.location;
  const config = readConfig(undefined, { SIPPROT_STATE: stateFolder });
  // No process manager is started for a table of rights: it answers that it is missing, which is an answer.
  const nowhere = new ProcessManager({ installationFolder: stateFolder, configFile: "", stateFolder });
  services = {
    ...assembleServices(redis, config, Date.now),
    services: createProxyService(nowhere, async () => undefined),
  };
});

afterAll(async () => {
  await store.close();
});

function contextOf(caller: Caller | undefined): Context {
  return {
    caller,
    address: "192.0.2.7",
    agent: "test",
    cookies: { set: () => {}, clear: () => {} },
    services,
    nowMs: Date.now,
    onTrouble: () => {},
  };
}

/** Calls without input: what is allowed fails later, by another code, or succeeds. */
async function codeOf(path: string, caller: Caller | undefined): Promise<string> {
  const [noun = "", verb = ""] = path.split(".");
  const call = (createCaller(contextOf(caller)) as never as Record<string, Record<string, () => Promise<unknown>>>)[
    noun
  ]?.[verb];
  try {
    const answer = await call?.();
    // A subscription is opened and closed.
    const stream = answer as AsyncIterable<unknown> | null | undefined;
    if (typeof stream === "object" && stream !== null && Symbol.asyncIterator in stream) {
      await stream[Symbol.asyncIterator]().return?.();
    }
    return "done";
  } catch (error) {
    if (error instanceof TRPCError && error.cause instanceof SipprotError) return error.cause.code;
    if (error instanceof TRPCError) return error.code;
    throw error;
  }
}

describe("who may call what", () => {
  it("is thought about for every procedure", () => {
    expect(Object.keys(appRouter._def.procedures).sort()).toEqual(Object.keys(rights).sort());
  });
  it("is what each procedure says of itself", () => {
    const procedures = appRouter._def.procedures as object as Record<string, AnyTRPCProcedure>;
    const metas = Object.entries(procedures).map(([path, { _def }]) => [path, _def.meta]);
    const expected = Object.entries(rights).map(([path, right]) => [path, { right }]);
    expect(Object.fromEntries(metas)).toEqual(Object.fromEntries(expected));
  });
  for (const [path, right] of Object.entries(rights)) {
    it(`${path}: ${right}`, async () => {
      const allowed: string[] = [];
      for (const [who, caller] of Object.entries(callers)) {
        const code = await codeOf(path, caller);
        expect(code).not.toBe("INTERNAL_SERVER_ERROR");
        if (!["not-signed-in", "not-permitted", "password-change-needed"].includes(code)) allowed.push(who);
      }
      expect(allowed).toEqual(mayCall[right]);
    });
  }
  it("is told with the reason", async () => {
    expect(await codeOf("users.list", undefined)).toBe("not-signed-in");
    expect(await codeOf("users.list", callers["an operator"])).toBe("not-permitted");
    expect(await codeOf("users.list", person("administrator", true))).toBe("password-change-needed");
  });
});
