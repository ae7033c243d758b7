/** The audit trail of the server: each procedure that changes something leaves what was there before and after. */
import { redisKeys } from "@sipprot/shared/redis-keys";
import { putBlocks } from "@sipprot/shared/store/block-store";
import { afterAll, beforeAll, expect, it } from "vitest";
import { withoutSecrets } from "../../control/src/api/audit-mutation.ts";
import { appRouter } from "../../control/src/api/root.ts";
import { PASSWORD, startControl, type TestControl } from "./control-in-process.ts";
import { aBlock } from "./sync-samples.ts";

let control: TestControl;
beforeAll(async () => {
  control = await startControl();
  await control.reset();
});
afterAll(() => control.close());

/** What a change is called with, from what the calls before it answered; and what its record must have. */
interface Step {
  readonly path: string;
  readonly input: (answers: Readonly<Record<string, ReturnType<typeof JSON.parse>>>) => unknown;
  readonly before?: string;
  readonly after?: string;
}

const network = "203.0.113.7";
const feed = { id: "drop", name: "Drop", url: "https://lists.example/drop.txt" };
const hook = { webhook: { url: "http://127.0.0.1:1/" } };
const given = (value: unknown) => () => value;
const keyOf = (last: number) => `198.18.0.${last}`;

const steps: readonly Step[] = [
  { path: "lists.add", input: given({ list: "deny", networks: [network], note: "one" }), before: "[]", after: "one" },
  { path: "lists.add", input: given({ list: "deny", networks: [network], note: "two" }), before: "one", after: "two" },
  { path: "lists.edit", input: given({ list: "deny", network, note: "three" }), before: "two", after: "three" },
  { path: "lists.remove", input: given({ list: "deny", networks: [network] }), before: "three", after: "[]" },
  {
    path: "lists.restore",
    input: ({ "lists.remove": removed }) => ({ list: "deny", undo: removed.undo }),
    after: '"restored":1',
  },
  { path: "lists.fileBegin", input: given({ list: "deny", purpose: "import" }), after: '"file"' },
  {
    path: "lists.fileEnd",
    input: ({ "lists.fileBegin": begun }) => ({ file: begun.file }),
    after: '"added":0',
  },
  { path: "blocks.lift", input: given({ blocks: [keyOf(1)] }), before: keyOf(1), after: "[]" },
  { path: "blocks.liftAndAllow", input: given({ block: keyOf(2), hours: 1 }), before: keyOf(2), after: keyOf(2) },
  { path: "blocks.liftMatching", input: given({}), after: '"lifted":1' },
  { path: "settings.change", input: given({ blockThreshold: 5 }), before: ":3", after: ":5" },
  {
    path: "settings.save",
    input: given({ patch: { blockThreshold: 6 }, from: { blockThreshold: 5 } }),
    before: ":5",
    after: ":6",
  },
  { path: "branding.change", input: given({ productName: "Acme" }), before: "sipprot", after: "Acme" },
  { path: "tokens.create", input: given({ name: "crm", role: "viewer" }), after: "crm" },
  { path: "tokens.revoke", input: ({ "tokens.create": made }) => ({ id: made.token.id }), before: "crm" },
  { path: "users.add", input: given({ name: "ann", role: "viewer" }), after: "ann" },
  { path: "users.setRole", input: given({ name: "ann", role: "operator" }), before: "viewer", after: "operator" },
  { path: "users.reset", input: given({ name: "ann" }), before: "ann", after: '"mustChangePassword":true' },
  {
    path: "users.setDisabled",
    input: given({ name: "ann", isDisabled: true }),
    before: '"isDisabled":false',
    after: '"isDisabled":true',
  },
  { path: "users.remove", input: given({ name: "ann" }), before: "ann" },
  { path: "feeds.add", input: given(feed), after: "drop.txt" },
  { path: "feeds.put", input: given({ ...feed, name: "Other" }), before: "Drop", after: "Other" },
  { path: "feeds.fetchNow", input: given({ id: "drop" }), before: '"state"' },
  { path: "feeds.remove", input: given({ id: "drop" }), before: "Other" },
  { path: "notifications.change", input: given({ settings: hook }), before: '"webhook":null', after: "127.0.0.1:1" },
  { path: "notifications.sendTest", input: given({ channel: "webhook" }), after: '"isTaken":false' },
  { path: "hosts.remove", input: given({ name: "gone" }), before: "gone" },
  { path: "auth.setPreferences", input: given({ language: "fr" }), before: "{}", after: '"fr"' },
  { path: "auth.revokeOtherSessions", input: given(undefined), before: "[]" },
];

/** Those that are shown elsewhere, or whose input says all there is to say. */
const elsewhere = [
  // control-sign-in.test.ts: what proves who somebody is.
  "auth.signIn",
  "auth.signOut",
  "auth.changePassword",
  "auth.revokeSession",
  "auth.revokeAnySession",
  "auth.offerSecondFactor",
  "auth.confirmSecondFactor",
  "auth.renewRecoveryCodes",
  "auth.removeSecondFactor",
  // list-desk.test.ts: the pieces of a file, which are part of its one record; removals that are offered first.
  "lists.filePush",
  "lists.removeAll",
  // provisional-settings.test.ts: what ends a change on trial; a preview changes nothing.
  "settings.confirm",
  "settings.undo",
  "settings.preview",
  // cli-audit.test.ts, by the same services: a real process manager, a real mail server.
  "services.act",
  "reports.mail",
  // first-run.test.ts: steps that are ticked off, a question to a PBX, and the file that names it.
  "setup.completeStep",
  "setup.end",
  "setup.probePbx",
  "setup.choosePbx",
];

it("is accounted for by every procedure that changes something", () => {
  const procedures = appRouter._def.procedures as object as Record<string, { _def: { type: string } }>;
  const mutations = Object.keys(procedures).filter((path) => procedures[path]?._def.type === "mutation");
  const known = new Set([...steps.map(({ path }) => path), ...elsewhere]);
  expect(mutations.filter((path) => !known.has(path))).toEqual([]);
  expect([...known].filter((path) => !mutations.includes(path))).toEqual([]);
});

it("has before and after what was there, of each of them", async () => {
  const administrator = await control.signInAsAdministrator();
  const atMs = control.nowMs;
  const blocks = [1, 2, 3].map((last) => aBlock(keyOf(last), atMs));
  await putBlocks(control.redis, blocks, { by: "pbx1", nowMs: atMs });
  const host = {
    name: "gone",
    version: "0.1.0",
    path: "relay",
    endpoints: [],
    workers: 1,
    startedAtMs: 1,
    seenAtMs: 1,
  };
  const told = JSON.stringify({ ...host, lastChangeId: "0-0", health: [] });
  await control.redis.hset(redisKeys.hosts, "gone", told);
  const answers: Record<string, unknown> = {};
  for (const { path, input, before, after } of steps) {
    const answer = await control.mutate(path, input(answers), administrator);
    expect([path, answer.code, answer.status]).toEqual([path, undefined, 200]);
    answers[path] = answer.data;
    const [newest] = await control.redis.xrevrange(redisKeys.audit, "+", "-", "COUNT", 1);
    const record = JSON.parse(newest?.[1][1] ?? "{}");
    expect(record).toMatchObject({ by: "user:admin", from: "127.0.0.1", action: path, outcome: "done" });
    if (before !== undefined) expect([path, record.before]).toEqual([path, expect.stringContaining(before)]);
    if (after !== undefined) expect([path, record.after]).toEqual([path, expect.stringContaining(after)]);
    expect(JSON.stringify(record)).not.toContain(PASSWORD);
  }
});

it("keeps to itself what may be a secret, whatever it was sent as, and tells times and yes or no", () => {
  const told = { password: 12_345_678, code: ["1"], token: "sp_x", passwordChangedAtMs: 5, mustChangePassword: true };
  expect(withoutSecrets({ told, plain: { note: "n" } })).toEqual({
    told: { password: "***", code: "***", token: "***", passwordChangedAtMs: 5, mustChangePassword: true },
    plain: { note: "n" },
  });
  // A file is told by its name, and not by what is in it.
  expect(withoutSecrets({ file: "/root/list.csv" })).toEqual({ file: "/root/list.csv" });
  expect(withoutSecrets({ file: "A".repeat(1000) })).toEqual({ file: "***" });
});
