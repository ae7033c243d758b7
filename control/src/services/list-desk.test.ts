import type { Block } from "@sipprot/shared/block";
import type { SipEvent } from "@sipprot/shared/event";
import type { ExportPlace } from "@sipprot/shared/list-desk";
import { putBlocks } from "@sipprot/shared/store/block-store";
import { writeEvents } from "@sipprot/shared/store/event-store";
import { putListEntries, readListEntry } from "@sipprot/shared/store/list-store";
import type { Redis } from "ioredis";
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { CalledLists, codeOf } from "../../../test/system/called-lists.ts";
import { readAuditRecords } from "../store/audit-store.ts";
import { exportList } from "./list-export.ts";

let lab: CalledLists;
let redis: Redis;
beforeAll(async () => {
  lab = await CalledLists.start("lists");
  ({ redis } = lab);
});
afterAll(() => lab?.close());
beforeEach(() => lab.reset());

const callAs: CalledLists["callAs"] = (...who) => lab.callAs(...who);
const sendFile: CalledLists["sendFile"] = (...file) => lab.sendFile(...file);

async function download(list: "allow" | "deny"): Promise<string> {
  const call = callAs("user:alice");
  let text = "";
  let place: ExportPlace | undefined;
  do {
    const piece = await call.lists.export(place === undefined ? { list } : { list, place });
    text += piece.csv;
    place = piece.next;
  } while (place !== undefined);
  return text;
}

async function downloadFromStore(list: "allow" | "deny"): Promise<string> {
  let text = "";
  for await (const piece of exportList(redis, list)) text += piece;
  return text;
}

describe("the lists", () => {
  it("show a change on the next page of whoever made it", async () => {
    const call = callAs("user:alice", 1_800_000_000_000);
    await call.lists.add({ list: "deny", networks: ["192.0.2.7"], note: "Siège", forSeconds: 7200 });
    const page = await call.lists.page({ list: "deny", filter: { note: "siege" } });
    const entry = { network: "192.0.2.7", note: "Siège", addedAtSeconds: 1_800_000_000, addedBy: "user:alice" };
    expect(page.rows).toMatchObject([{ ...entry, expiresAtSeconds: 1_800_007_200 }]);
    await call.lists.edit({ list: "deny", network: "192.0.2.7", note: "new", expiresAtSeconds: null });
    expect(await readListEntry(redis, "deny", "192.0.2.7")).toEqual({ ...entry, note: "new" });
    expect((await call.lists.page({ list: "deny" })).rows).toMatchObject([{ note: "new" }]);
    expect(lab.audited).toMatchObject([
      { action: "lists.add" },
      { action: "lists.edit", before: expect.stringContaining("Siège") },
    ]);
    expect(await call.lists.remove({ list: "deny", networks: ["192.0.2.7", "192.0.2.8"] })).toMatchObject({
      removed: 1,
    });
    expect(await call.lists.page({ list: "deny" })).toMatchObject({ rows: [], total: 0 });
    expect(await codeOf(call.lists.edit({ list: "deny", network: "192.0.2.7", note: "x" }))).toBe("not-found");
  });

  it("refuse to deny the PBX and the address of whoever asks", async () => {
    const call = callAs("user:alice");
    for (const network of ["203.0.113.10", "203.0.113.0/24", "203.0.113.77"]) {
      expect(await codeOf(call.lists.add({ list: "deny", networks: [network] }))).toBe("guarded-network");
    }
  });

  it("are removed whole only by who asked, within a minute, and as they were", async () => {
    const nowMs = Date.now();
    const call = callAs("user:alice", nowMs);
    await call.lists.add({ list: "deny", networks: ["192.0.2.7", "192.0.2.8"] });
    const { confirmation, count } = await call.lists.offerRemoveAll({ list: "deny" });
    expect(count).toBe(2);
    expect(await codeOf(callAs("user:bob", nowMs).lists.removeAll({ list: "deny", confirmation }))).toBe(
      "confirmation-needed",
    );
    expect(await codeOf(callAs("user:alice", nowMs + 61_000).lists.removeAll({ list: "deny", confirmation }))).toBe(
      "confirmation-needed",
    );
    expect(await codeOf(call.lists.removeAll({ list: "allow", confirmation }))).toBe("confirmation-needed");
    expect(await codeOf(call.lists.removeAll({ list: "deny", confirmation: "1.2.3" }))).toBe("confirmation-needed");
    await call.lists.add({ list: "deny", networks: ["192.0.2.9"] });
    expect(await codeOf(call.lists.removeAll({ list: "deny", confirmation }))).toBe("confirmation-needed");
    const again = await call.lists.offerRemoveAll({ list: "deny" });
    expect(await call.lists.removeAll({ list: "deny", confirmation: again.confirmation })).toMatchObject({
      removed: 3,
    });
    expect(await call.lists.counts()).toEqual({ allow: 0, deny: 0 });
    expect((await call.lists.page({ list: "deny" })).total).toBe(0);
  });

  it("take what has expired off, and tell it", async () => {
    const past = Math.floor(Date.now() / 1000) - 10;
    const entry = { network: "192.0.2.7", note: "", addedAtSeconds: past - 10, addedBy: "x", expiresAtSeconds: past };
    await putListEntries(redis, "deny", [entry], { by: "x", nowMs: 0 });
    const mirror = await lab.keeper.read(redis);
    await mirror.sweep();
    await mirror.catchUp(redis);
    expect((await callAs("user:alice").lists.page({ list: "deny" })).total).toBe(0);
    expect(await readListEntry(redis, "deny", "192.0.2.7")).toBeUndefined();
  });
});

describe("CSV files", () => {
  it("are taken but for their bad lines, which are named by number", async () => {
    await callAs("user:alice").lists.add({ list: "allow", networks: ["198.51.100.0/24"] });
    const lines = [
      "\ufeffIP_ADDRESS;NOTE;TIME;ADDED_BY",
      "# a comment",
      "192.0.2.1;first;1700000000;carol",
      "192.0.2.300;;;",
      '192.0.2.2;"two\nlines";;',
      "203.0.113.10;the PBX;;",
      "198.51.100.7;allowed;;",
      '192.0.2.3;"not closed;;',
      "192.0.2.4;;yesterday;",
      `192.0.2.5;${"x".repeat(501)};;`,
      "2001:DB8::/32;six;2023-11-14T22:13:20Z;",
      "192.0.2.9/24;;;",
      "192.168.24.1;réseau privé interne;2023-11-14 22:13:20;Bicom France (support@bicomsystems.fr)",
    ];
    const report = await sendFile(lines.join("\r\n"), "deny", "import");
    expect(report).toMatchObject({ records: 11, added: 4, updated: 0, badCount: 7 });
    expect(report.bad.map(({ line, flaw }) => [line, flaw])).toEqual([
      [4, "bad-network"],
      [7, "guarded-network"],
      [8, "guarded-network"],
      [9, "quote-not-closed"],
      [10, "bad-time"],
      [11, "note-too-long"],
      [13, "bad-network"],
    ]);
    expect(await readListEntry(redis, "deny", "192.0.2.1")).toMatchObject({
      addedAtSeconds: 1_700_000_000,
      addedBy: "carol",
    });
    expect(await readListEntry(redis, "deny", "192.0.2.2")).toMatchObject({
      note: "two\nlines",
      addedBy: "user:alice",
    });
    expect(await readListEntry(redis, "deny", "2001:db8::/32")).toMatchObject({ addedAtSeconds: 1_700_000_000 });
    expect(await readListEntry(redis, "deny", "192.168.24.1")).toMatchObject({ addedAtSeconds: 1_700_000_000 });
  });

  it("come out as they went in, formulas made harmless on the way", async () => {
    const notes = ["=HYPERLINK(1)", 'a "quoted" one', "two\r\nlines", " spaces ", "été;-1", "'=", "", "#x"];
    const entries = notes.map((note, at) => ({ network: `192.0.2.${at}`, note, addedAtSeconds: at, addedBy: "@x" }));
    await putListEntries(
      redis,
      "allow",
      [
        ...entries,
        {
          ...entries[0],
          network: "2001:db8::1",
          note: "",
          addedAtSeconds: 1,
          addedBy: "y",
          expiresAtSeconds: 4_000_000_000,
        },
      ],
      { by: "x", nowMs: 0 },
    );
    const text = await download("allow");
    expect(text).toContain("192.0.2.0,'=HYPERLINK(1),0,'@x");
    expect(await downloadFromStore("allow")).toBe(text);
    await redis.flushall();
    await lab.keeper.close();
    expect(await sendFile(text, "allow", "import")).toMatchObject({ added: 9, badCount: 0 });
    expect(await downloadFromStore("allow")).toBe(text);
    expect(await readListEntry(redis, "allow", "192.0.2.2")).toMatchObject({ note: "two\r\nlines" });
  });

  it("take off what they name, and say what was not there", async () => {
    await callAs("user:alice").lists.add({ list: "deny", networks: ["192.0.2.1", "192.0.2.2", "192.0.2.3"] });
    const report = await sendFile("192.0.2.1,x\n192.0.2.9\nnonsense\n192.0.2.2\n", "deny", "removal", 7);
    expect(report).toMatchObject({ removed: 2, badCount: 2 });
    expect(report.bad.map(({ line, flaw }) => [line, flaw])).toEqual([
      [2, "not-on-the-list"],
      [3, "bad-network"],
    ]);
    expect((await callAs("user:alice").lists.counts()).deny).toBe(1);
  });

  it("belong to who began them, in order", async () => {
    const { file } = await callAs("user:alice").lists.fileBegin({ list: "deny", purpose: "import" });
    const piece = { file, number: 0, data: "MTky" };
    expect(await codeOf(callAs("user:bob").lists.filePush(piece))).toBe("not-found");
    expect(await codeOf(callAs("user:alice").lists.filePush({ ...piece, number: 3 }))).toBe("bad-input");
    expect(await codeOf(callAs("user:alice").lists.fileEnd({ file: "__proto__" }))).toBe("not-found");
  });

  it("leave one record of their begin and one of their end, however many pieces", async () => {
    await sendFile("192.0.2.1\n192.0.2.2\nnonsense\n", "deny", "import", 5);
    expect(lab.audited.map((record) => [record.action, record.outcome])).toEqual([
      ["lists.fileBegin", "done"],
      ["lists.fileEnd", "done"],
    ]);
    const [begin, end] = lab.audited;
    expect(JSON.parse(begin?.input ?? "")).toEqual({ list: "deny", purpose: "import" });
    expect(JSON.parse(end?.after ?? "")).toMatchObject({ records: 3, added: 2, badCount: 1, bytes: 29 });
    expect(JSON.parse(end?.input ?? "")).toEqual(JSON.parse(begin?.after ?? ""));
  });

  it("that end in a failing piece say so, with what was taken until then", async () => {
    const call = callAs("user:alice");
    const { file } = await call.lists.fileBegin({ list: "deny", purpose: "import" });
    const rows = Array.from({ length: 1000 }, (_, at) => `192.0.${at >> 8}.${at & 255}\n`).join("");
    await call.lists.filePush({ file, number: 0, data: Buffer.from(rows).toString("base64") });
    await redis.set("{sipprot}:list:deny", "not a hash");
    await call.lists.filePush({ file, number: 1, data: Buffer.from(rows).toString("base64") }).catch(() => undefined);
    expect(lab.audited.at(-1)).toMatchObject({ action: "lists.filePush", outcome: "unexpected" });
    expect(JSON.parse(lab.audited.at(-1)?.after ?? "")).toMatchObject({ added: 1000 });
    expect(await codeOf(call.lists.fileEnd({ file }))).toBe("not-found");
  });

  it("of which nothing comes any more are given up, which is recorded with what was taken", async () => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    try {
      const call = callAs("user:alice");
      const { file } = await call.lists.fileBegin({ list: "deny", purpose: "import" });
      const push = (number: number) =>
        call.lists.filePush({ file, number, data: Buffer.from("192.0.2.1\n".repeat(600)).toString("base64") });
      await push(0);
      vi.advanceTimersByTime(119_000);
      await push(1);
      vi.advanceTimersByTime(119_000);
      expect(await codeOf(push(2))).toBe("done");
      vi.advanceTimersByTime(121_000);
      expect(await codeOf(push(3))).toBe("not-found");
    } finally {
      vi.useRealTimers();
    }
    const [portion] = (await readAuditRecords(redis).next()).value ?? [];
    expect(portion).toMatchObject({
      by: "user:alice",
      from: "203.0.113.77",
      action: "lists.fileEnd",
      outcome: "given-up",
    });
    expect(JSON.parse(portion?.after ?? "")).toMatchObject({ records: 1800, added: 1, bytes: 18_000 });
  });

  it("of allowed networks lift the blocks inside", async () => {
    await putBlocks(redis, [blockOf("198.51.100.7")], { by: "x", nowMs: Date.now() });
    await sendFile("198.51.100.0/24\n0.0.0.0/0\n", "allow", "import");
    expect(await callAs("user:alice").blocks.page({})).toMatchObject({ total: 0 });
  });
});

function blockOf(source: string, parts: Partial<Block> = {}): Block {
  return {
    source,
    gate: "scanner",
    reason: { gate: "scanner", agent: "evil", pattern: "evil" },
    sinceMs: Date.now() - 60_000,
    untilMs: Date.now() + 3_600_000,
    proven: true,
    strikes: 2,
    refused: 41,
    inKernel: false,
    agent: "evil",
    endpoint: "203.0.113.10:5060",
    transport: "udp",
    host: "pbx1",
    evidence: [{ atMs: 1, from: `${source}:5060`, transport: "udp", text: "REGISTER" }],
    ...parts,
  };
}

describe("the blocks", () => {
  const author = { by: "x", nowMs: Date.now() };

  it("are shown by page, sort and filter, with the messages that led to them", async () => {
    const others = { agent: "Other", refused: 7, country: "FR", account: "1001" };
    await putBlocks(redis, [blockOf("198.51.100.7"), blockOf("192.0.2.9", others)], author);
    const call = callAs("user:alice");
    const page = await call.blocks.page({ sort: "refused", size: 1 });
    expect(page).toMatchObject({ total: 2, rows: [{ key: "192.0.2.9 1001", place: { code: expect.any(String) } }] });
    expect(page.rows[0]?.secondsLeft).toBeGreaterThan(3500);
    expect(await call.blocks.page({ filter: { search: "OTHER" } })).toMatchObject({ total: 1 });
    expect(await call.blocks.page({ filter: { isAccountOnly: false } })).toMatchObject({
      rows: [{ source: "198.51.100.7" }],
    });
    expect(await call.blocks.page({ filter: { countries: ["FR"] } })).toMatchObject({ total: 1 });
    expect(await call.blocks.evidence({ block: "198.51.100.7" })).toMatchObject({ evidence: [{ text: "REGISTER" }] });
    expect(await codeOf(call.blocks.evidence({ block: "198.51.100.8" }))).toBe("not-found");
  });

  it("are lifted, and say what goes on refusing the source", async () => {
    const call = callAs("user:alice");
    await putBlocks(redis, [blockOf("198.51.100.7")], author);
    await call.lists.add({ list: "deny", networks: ["198.51.100.0/24"] });
    const lifted = await call.blocks.lift({ blocks: ["198.51.100.7"] });
    expect(lifted).toMatchObject({
      lifted: ["198.51.100.7"],
      stillDenied: [{ network: "198.51.100.0/24" }],
      hosts: [],
    });
    expect((await call.blocks.page({})).total).toBe(0);
    expect(await codeOf(call.blocks.lift({ blocks: ["nonsense!"] }))).toBe("bad-network");
  });

  it("are lifted with an allowance for some hours, never at the cost of a longer one", async () => {
    const call = callAs("user:alice");
    await putBlocks(redis, [blockOf("198.51.100.7"), blockOf("198.51.100.7", { account: "1001" })], author);
    const first = await call.blocks.liftAndAllow({ block: "198.51.100.7", hours: 2, note: "a customer" });
    expect(first.lifted.sort()).toEqual(["198.51.100.7", "198.51.100.7 1001"]);
    const entry = await readListEntry(redis, "allow", "198.51.100.7");
    expect(entry).toEqual(first.entry);
    expect((entry?.expiresAtSeconds ?? 0) - (entry?.addedAtSeconds ?? 0)).toBe(7200);
    expect((await call.blocks.page({})).total).toBe(0);
    expect(await call.explain.address({ address: "198.51.100.7" })).toMatchObject({ verdict: "allowed" });
    const second = await call.blocks.liftAndAllow({ block: "198.51.100.7", hours: 1 });
    expect(second.entry).toEqual(first.entry);
  });

  it("are explained with lists, strikes and what happened lately", async () => {
    const event: SipEvent = {
      kind: "block-began",
      atMs: 5,
      count: 1,
      host: "pbx1",
      endpoint: "203.0.113.10:5060",
      transport: "udp",
      source: "198.51.100.7",
      gate: "scanner",
      reason: { gate: "scanner", agent: "evil", pattern: "evil" },
      proven: true,
      method: "REGISTER",
      agent: "evil",
    };
    await writeEvents(redis, [event, { ...event, source: "192.0.2.1" }, { ...event, atMs: 6 }]);
    await putBlocks(redis, [blockOf("198.51.100.7")], author);
    const call = callAs("user:alice");
    const known = await call.explain.address({ address: " 198.51.100.7 " });
    expect(known).toMatchObject({ verdict: "blocked", strikes: 2, blocks: [{ evidence: [{ text: "REGISTER" }] }] });
    expect(known.events.map((one) => one.atMs)).toEqual([6, 5]);
    expect((await call.explain.address({ address: "198.51.100.0/24" })).events).toHaveLength(2);
    await call.lists.add({ list: "deny", networks: ["198.51.100.0/24"], note: "all of it" });
    expect(await call.explain.address({ address: "198.51.100.9" })).toMatchObject({ verdict: "denied", events: [] });
    expect(await codeOf(call.explain.address({ address: "nobody" }))).toBe("bad-network");
  });
});
