/**
 * kill -9 of control, Redis or the proxy at any point of an import, a lift, a block: afterwards the store, the proxy's
 * kernel and copy, and control's pages agree, and nothing that was acknowledged is lost.
 */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { redisKeys } from "@sipprot/shared/redis-keys";
import { findBlocks, putBlocks } from "@sipprot/shared/store/block-store";
import { readList } from "@sipprot/shared/store/list-store";
import type { Redis } from "ioredis";
import { afterAll, beforeAll, expect, it } from "vitest";
import { loadSnapshot } from "../../proxy/src/sync/snapshot.ts";
import { ControlProgram } from "../lab/control-program.ts";
import { readSets } from "../lab/kernel-sets.ts";
import { buildSite, type Host, type Site, worldAddress } from "../lab/site.ts";
import { SiteClient } from "../lab/site-client.ts";
import { pause, until } from "../lab/until.ts";
import { aBlock } from "./sync-samples.ts";

const environment: { readonly TEST_SEED?: string } = process.env;
/** Set TEST_SEED to the number printed to have the same points of time again. */
const seed = Number(environment.TEST_SEED ?? Date.now() % 1_000_000);
const ENTRIES = 50_000;
const PIECE_BYTES = 128 * 1024;
const AGREED_WITHIN_MS = 30_000;

type Victim = "control" | "redis" | "proxy";
const victims: readonly Victim[] = ["control", "redis", "proxy"];

let site: Site;
let host: Host;
let control: ControlProgram;
let redis: Redis;
let kills = 0;
let state = seed;

/** The next number below 1 of the seed's row (mulberry32). */
function chance(): number {
  state = (state + 0x6d2b79f5) | 0;
  let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
  mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
  return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
}

beforeAll(async () => {
  console.log(`seed ${seed}`);
  site = await buildSite(1);
  const [only] = site.hosts;
  if (only === undefined) throw new Error("no host");
  host = only;
  redis = await site.redis.open();
  control = await ControlProgram.open(site.redis);
});
afterAll(async () => {
  console.log(`seed ${seed}: ${kills} kills`);
  await control?.close();
  await site?.remove();
});

async function kill(victim: Victim): Promise<void> {
  kills += 1;
  if (victim === "control") await control.kill();
  else if (victim === "redis") await site.redis.kill();
  else await host.stop("SIGKILL");
}

async function revive(victim: Victim): Promise<void> {
  if (victim === "control") await control.start();
  else if (victim === "proxy") await host.start();
  else {
    await site.redis.start();
    redis = await site.redis.open();
  }
}

/** Does the work and kills after so many milliseconds, or right after the work is acknowledged; gives what was acknowledged. */
async function killDuring<Outcome>(
  victim: Victim,
  afterMs: number | "acknowledged",
  work: () => Promise<Outcome>,
): Promise<Outcome | undefined> {
  const working = work().catch(() => undefined);
  if (afterMs === "acknowledged") await working;
  else await pause(afterMs);
  await kill(victim);
  // Control waits for a proxy that was killed: it is there again in the meantime.
  await revive(victim);
  return working;
}

const networkOf = (index: number) => `10.${index >> 16}.${(index >> 8) & 255}.${index & 255}`;

/** Imports all entries with this note; tells after each piece how many of them were acknowledged. */
async function importAll(note: string, onAcknowledged: (count: number) => void): Promise<void> {
  const lines = Array.from({ length: ENTRIES }, (_, index) => `${networkOf(index)},${note}\r\n`);
  const file = Buffer.from(`IP_ADDRESS,NOTE\r\n${lines.join("")}`);
  const begun = await control.change<{ file: string }>("lists.fileBegin", { list: "deny", purpose: "import" });
  const count = (report: { added: number; updated: number }) => onAcknowledged(report.added + report.updated);
  for (let at = 0, number = 0; at < file.length; at += PIECE_BYTES, number += 1) {
    const data = file.subarray(at, at + PIECE_BYTES).toString("base64");
    count(await control.change("lists.filePush", { file: begun.file, number, data }));
  }
  count(await control.change("lists.fileEnd", { file: begun.file }));
}

async function storedNotes(): Promise<Map<string, string>> {
  const notes = new Map<string, string>();
  for await (const portion of readList(redis, "deny"))
    for (const { network, note } of portion) notes.set(network, note);
  return notes;
}

/** The whole list as control's pages have it. */
async function shownNotes(): Promise<Map<string, string>> {
  const notes = new Map<string, string>();
  let place: unknown;
  do {
    const input = place === undefined ? { list: "deny" } : { list: "deny", place };
    const piece = await control.query<{ csv: string; next?: unknown }>("lists.export", input);
    for (const line of piece.csv.split("\r\n")) {
      const [network = "", note = ""] = line.split(",");
      if (/^\d/.test(network)) notes.set(network, note);
    }
    place = piece.next;
  } while (place !== undefined);
  return notes;
}

const kernelHas = async (prefix: "deny" | "ban") =>
  new Set((await readSets(host.space)).filter(({ set }) => set.startsWith(prefix)).map(({ network }) => network));
const same = (one: Iterable<unknown>, other: Iterable<unknown>) =>
  [...one].map(String).sort().join() === [...other].map(String).sort().join();

/** True once it holds; what fails because somebody is not back yet is asked again. */
const holds = (ask: () => Promise<boolean>) => () => ask().catch(() => false);

/** Waits until the store, the kernel and control's pages have the same list, and gives it. */
async function agreedList(): Promise<Map<string, string>> {
  let notes = new Map<string, string>();
  await until(
    holds(async () => {
      notes = await storedNotes();
      if (!same(notes, await shownNotes())) return false;
      return same(notes.keys(), await kernelHas("deny"));
    }),
    AGREED_WITHIN_MS,
    "the same list in the store, in the kernel and on the pages",
  );
  return notes;
}

/** Waits until the store, the gate's kernel and control's pages have the same of these blocks, and gives them. */
async function agreedBlocks(keys: readonly string[], where: () => Promise<Set<string>>): Promise<Set<string>> {
  let stored = new Set<string>();
  await until(
    holds(async () => {
      const values = await redis.hmget(redisKeys.blocks, ...keys);
      stored = new Set(keys.filter((_, index) => values[index] !== null));
      const query = { page: 0, size: 200, sort: "address", descending: false };
      const shown = await control.query<{ rows: { key: string }[] }>("blocks.page", query);
      const places = [new Set(shown.rows.map(({ key }) => key)), await where()];
      return places.every((place) => keys.every((key) => place.has(key) === stored.has(key)));
    }),
    AGREED_WITHIN_MS,
    "the same blocks in the store, at the gate and on the pages",
  );
  return stored;
}

let imports = 0;
it.each(victims.flatMap((victim) => [0, 1, 2].map((round) => ({ victim, round }))))(
  "an import outlives the death of $victim as far as it was acknowledged ($round)",
  async ({ victim }) => {
    imports += 1;
    const note = `import-${imports}`;
    let acknowledged = 0;
    await killDuring(victim, Math.floor(chance() * 1500), () =>
      importAll(note, (count) => {
        acknowledged = count;
      }),
    );
    const notes = await agreedList();
    const written = Array.from({ length: ENTRIES }, (_, index) => notes.get(networkOf(index)) === note);
    const firstMissing = written.indexOf(false);
    const prefix = firstMissing < 0 ? ENTRIES : firstMissing;
    // What was acknowledged is there; what is there beyond it is whole steps, in order, nothing in between.
    expect(prefix).toBeGreaterThanOrEqual(acknowledged);
    expect(written.lastIndexOf(true)).toBe(prefix - 1);
    if (victim === "proxy") expect(acknowledged).toBe(ENTRIES);
  },
);

it("the copy the proxy leaves on its disk is that of the store, and removing all of it is seen everywhere", async () => {
  const notes = await agreedList();
  await host.stop();
  const { read, troubles } = await loadSnapshot(host.stateFolder);
  expect(troubles).toEqual([]);
  expect(read?.copy.lists.deny.size).toBe(ENTRIES);
  for (const { network, note } of read?.copy.lists.deny.values() ?? []) expect(notes.get(network)).toBe(note);
  await host.start();
  const offer = await control.query<{ confirmation: string }>("lists.offerRemoveAll", { list: "deny" });
  await control.change("lists.removeAll", { list: "deny", confirmation: offer.confirmation });
  expect((await agreedList()).size).toBe(0);
});

let lifts = 0;
it.each(victims.flatMap((victim) => (["meanwhile", "after"] as const).map((when) => ({ victim, when }))))(
  "a lift outlives the death of $victim $when",
  async ({ victim, when }) => {
    lifts += 1;
    const keys = [1, 2, 3].map((number) => `192.0.2.${10 * lifts + number}`);
    await putBlocks(
      redis,
      keys.map((key) => aBlock(key, Date.now(), { inKernel: true })),
      { by: "test", nowMs: Date.now() },
    );
    const banned = () => kernelHas("ban");
    expect(await agreedBlocks(keys, banned)).toEqual(new Set(keys));
    const done = await killDuring(victim, when === "after" ? "acknowledged" : Math.floor(chance() * 60), () =>
      control.change<{ lifted: string[] }>("blocks.lift", { blocks: keys }),
    );
    const left = await agreedBlocks(keys, banned);
    for (const key of done?.lifted ?? []) expect(left).not.toContain(key);
    if (when === "after") expect(done?.lifted).toEqual(keys);
  },
);

let attacks = 0;
it.each([
  { victim: "redis", when: "meanwhile" },
  { victim: "redis", when: "meanwhile" },
  { victim: "redis", when: "after" },
  { victim: "proxy", when: "meanwhile" },
  { victim: "proxy", when: "meanwhile" },
  { victim: "proxy", when: "after" },
  { victim: "control", when: "meanwhile" },
] as const)("a block outlives the death of $victim $when", async ({ victim, when }) => {
  attacks += 1;
  const address = worldAddress(100 + attacks);
  const client = await SiteClient.open(site, 100 + attacks);
  const isStored = async () => (await findBlocks(redis, address)).length > 0;
  await client.attack(host);
  if (when === "after") await until(isStored, 5000, "the block");
  else await pause(Math.floor(chance() * 200));
  await kill(victim);
  // From here on it is on the disk of this host, or in the store, or nobody was told of it.
  const journal = await readFile(join(host.stateFolder, "effects.journal"), "utf8").catch(() => "");
  const wasKept = journal.includes(address) || (victim !== "redis" && (await isStored())) || when === "after";
  await revive(victim);
  const refused = async () => new Set((await client.isAnswered(host)) ? [] : [address]);
  const left = await agreedBlocks([address], refused);
  if (wasKept || victim !== "proxy") expect(left).toContain(address);
  await client.close();
});

it("there were enough of them", () => {
  expect(kills).toBeGreaterThanOrEqual(20);
});
