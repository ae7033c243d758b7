import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { redisKeys } from "@sipprot/shared/redis-keys";
import type { Redis } from "ioredis";
import { Secret, TOTP } from "otpauth";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { startTestRedis, type TestRedis } from "../../../test/system/redis-server.ts";
import { readConfig } from "../config.ts";
import { changeUsers, readUser, type StoredUser } from "../store/user-store.ts";
import { checkSecrets } from "./doctor/secret-checks.ts";
import { readNotificationSecrets } from "./notifications/settings.ts";
import { factorPlace, useCode } from "./second-factor.ts";
import { renewSecrets } from "./secret-renewal.ts";
import { SecretSeal } from "./secret-seal.ts";

const FACTOR = new Secret({ size: 20 }).base32;
const WEBHOOK = "0123456789abcdef";
const first = Buffer.alloc(32, 1);
const second = Buffer.alloc(32, 2);
const nowMs = Date.UTC(2026, 10, 22, 12);
let store: TestRedis;
let redis: Redis;

beforeAll(async () => {
  store = await startTestRedis("renewal");
  redis = await store.open();
});

afterAll(async () => {
  await store.close();
});

/** As an earlier version left it: two accounts, one of them with a second factor, and a webhook's secret, in clear. */
beforeEach(async () => {
  await redis.flushall();
  const account = { role: "viewer", passwordHash: "x", mustChangePassword: false } as const;
  const times = { createdAtMs: 1, passwordChangedAtMs: 1 };
  const secondFactor = { secret: FACTOR, isConfirmed: true, lastStep: 0, recoveryHashes: [] };
  for (const user of [
    { name: "ann", ...account, ...times, secondFactor },
    { name: "bob", ...account, ...times },
  ] satisfies StoredUser[]) {
    await changeUsers(redis, () => ({ put: user, outcome: undefined }));
  }
  await redis.hset(redisKeys.notificationSecrets, "webhookSecret", WEBHOOK);
});

async function everything(): Promise<string> {
  return JSON.stringify([await redis.hgetall(redisKeys.users), await redis.hgetall(redisKeys.notificationSecrets)]);
}

async function expectAllGood(seal: SecretSeal): Promise<void> {
  expect((await readNotificationSecrets(redis, seal)).open("webhookSecret")).toBe(WEBHOOK);
  const factor = (await readUser(redis, "ann"))?.secondFactor;
  const code = new TOTP({ secret: Secret.fromBase32(FACTOR) }).generate({ timestamp: nowMs });
  const open = () => seal.open(factor?.secret ?? "", factorPlace("ann"));
  expect(factor && useCode(factor, code, open, nowMs)).toMatchObject({ lastStep: nowMs / 30_000 });
}

describe("secrets that an earlier version stored in clear", () => {
  it("work as they are, and are sealed at the next start, once", async () => {
    const seal = new SecretSeal([first]);
    await expectAllGood(seal);
    expect(await renewSecrets(redis, seal)).toEqual({ renewed: 2, unreadable: [] });
    for (const hidden of [FACTOR, WEBHOOK]) expect(await everything()).not.toContain(hidden);
    await expectAllGood(seal);
    const before = await everything();
    expect(await renewSecrets(redis, seal)).toEqual({ renewed: 0, unreadable: [] });
    expect(await everything()).toBe(before);
  });
});

describe("a new key", () => {
  it("takes over what the old one sealed, so that the old one may go", async () => {
    await renewSecrets(redis, new SecretSeal([first]));
    expect(await renewSecrets(redis, new SecretSeal([second, first]))).toEqual({ renewed: 2, unreadable: [] });
    await expectAllGood(new SecretSeal([second]));
  });
  it("without the old one changes nothing and says of each secret that it is lost here; the doctor too", async () => {
    await renewSecrets(redis, new SecretSeal([first]));
    const before = await everything();
    const { renewed, unreadable } = await renewSecrets(redis, new SecretSeal([second]));
    const lost = ["notifications webhookSecret", "second factor of ann"].map((place) => expect.stringContaining(place));
    expect([renewed, unreadable]).toEqual([0, lost]);
    expect(await everything()).toBe(before);

    const { boot } = readConfig(undefined, { SIPPROT_STATE: store.location.stateFolder });
    expect(await checkSecrets(boot)).toMatchObject({ state: "skipped" });
    const file = join(store.location.stateFolder, "secrets.key");
    writeFileSync(file, second.toString("hex"));
    expect(await checkSecrets(boot)).toMatchObject({ state: "problem", detail: expect.stringContaining("1 more") });
    writeFileSync(file, `${second.toString("hex")}\n${first.toString("hex")}\n`);
    expect(await checkSecrets(boot)).toMatchObject({ state: "ok" });
    writeFileSync(file, "nonsense");
    expect(await checkSecrets(boot)).toMatchObject({ state: "problem", remedy: expect.stringContaining("openssl") });
  });
});
