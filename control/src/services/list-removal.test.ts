import type { ListAddition } from "@sipprot/shared/list-desk";
import { putListEntries, readListEntry } from "@sipprot/shared/store/list-store";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { CalledLists, codeOf } from "../../../test/system/called-lists.ts";

let lab: CalledLists;
beforeAll(async () => {
  lab = await CalledLists.start("list-removal");
});
afterAll(() => lab?.close());
beforeEach(() => lab.reset());

const call = () => lab.callAs("user:alice");
const add = (networks: string[], parts: Partial<ListAddition> = {}) =>
  call().lists.add({ list: "deny", networks, note: "kept", ...parts });
const networksOf = async (filter = {}) =>
  (await call().lists.page({ list: "deny", filter })).rows.map(({ network }) => network);

describe("a removal", () => {
  it("is taken back with notes, times and names as they were, once", async () => {
    await lab.callAs("user:bob", 1_700_000_000_000).lists.add({ list: "deny", networks: ["192.0.2.7"], note: "Siège" });
    const before = await readListEntry(lab.redis, "deny", "192.0.2.7");
    const { undo = "" } = await call().lists.remove({ list: "deny", networks: ["192.0.2.7"] });
    expect(await networksOf()).toEqual([]);
    expect(await call().lists.restore({ list: "deny", undo })).toEqual({ restored: 1, present: 0, refused: 0 });
    expect(await readListEntry(lab.redis, "deny", "192.0.2.7")).toEqual(before);
    expect(await networksOf()).toEqual(["192.0.2.7"]);
    expect(await codeOf(call().lists.restore({ list: "deny", undo }))).toBe("not-found");
  });

  it("that is taken back leaves what somebody put there since, and what is guarded now", async () => {
    await add(["192.0.2.7", "192.0.2.8", "192.0.2.9"]);
    const networks = ["192.0.2.7", "192.0.2.8", "192.0.2.9"];
    const { undo = "" } = await call().lists.remove({ list: "deny", networks });
    await add(["192.0.2.8"], { note: "new" });
    await call().lists.add({ list: "allow", networks: ["192.0.2.9"] });
    expect(await call().lists.restore({ list: "deny", undo })).toEqual({ restored: 1, present: 1, refused: 1 });
    expect(await readListEntry(lab.redis, "deny", "192.0.2.8")).toMatchObject({ note: "new" });
  });

  it("that found nothing has nothing to take back", async () => {
    expect(await call().lists.remove({ list: "deny", networks: ["192.0.2.7"] })).toEqual({ removed: 0 });
  });

  it("of a whole list is taken back whole, what has expired meanwhile left out", async () => {
    const networks = Array.from({ length: 2500 }, (_, at) => `192.0.${at >> 8}.${at & 255}`);
    const entries = networks.map((network) => ({ network, note: "x", addedAtSeconds: 1, addedBy: "y" }));
    const over = { ...entries[0], network: "198.51.100.1", note: "", addedAtSeconds: 1, addedBy: "y" };
    const nowSeconds = Math.floor(Date.now() / 1000);
    const author = { by: "x", nowMs: 0 };
    await putListEntries(lab.redis, "deny", [...entries, { ...over, expiresAtSeconds: nowSeconds + 60 }], author);
    const { confirmation } = await call().lists.offerRemoveAll({ list: "deny" });
    const { removed, undo = "" } = await call().lists.removeAll({ list: "deny", confirmation });
    expect(removed).toBe(2501);
    expect(await call().lists.counts()).toMatchObject({ deny: 0 });
    const later = lab.callAs("user:alice", Date.now() + 61_000);
    expect(await later.lists.restore({ list: "deny", undo })).toMatchObject({ restored: 2500 });
    expect((await call().lists.page({ list: "deny" })).total).toBe(2500);
  });

  it("by a file is taken back too", async () => {
    await add(["192.0.2.1", "192.0.2.2"]);
    const { removed, undo = "" } = await lab.sendFile("192.0.2.1\n192.0.2.2\n192.0.2.3\n", "deny", "removal");
    expect(removed).toBe(2);
    expect(await call().lists.restore({ list: "deny", undo })).toMatchObject({ restored: 2 });
    expect(await networksOf()).toEqual(["192.0.2.1", "192.0.2.2"]);
  });
});

describe("all that a filter shows", () => {
  it("is removed but for what was left out, and nothing else", async () => {
    await add(["192.0.2.1", "192.0.2.2", "192.0.2.3"], { note: "scanner" });
    await add(["198.51.100.1"], { note: "a customer" });
    const question = { list: "deny" as const, filter: { search: "SCAN" } };
    const { confirmation, count } = await call().lists.offerRemoveAll(question);
    expect(count).toBe(3);
    const outcome = await call().lists.removeAll({ ...question, except: ["192.0.2.2"], confirmation });
    expect(outcome.removed).toBe(2);
    expect(await networksOf()).toEqual(["192.0.2.2", "198.51.100.1"]);
    expect(await call().lists.restore({ list: "deny", undo: outcome.undo ?? "" })).toMatchObject({ restored: 2 });
  });

  it("is confirmed for that filter alone, and as it was", async () => {
    await add(["192.0.2.1", "192.0.2.2"], { note: "scanner" });
    const question = { list: "deny" as const, filter: { search: "scan" } };
    const { confirmation } = await call().lists.offerRemoveAll(question);
    expect(await codeOf(call().lists.removeAll({ list: "deny", confirmation }))).toBe("confirmation-needed");
    const other = { ...question, filter: { search: "other" }, confirmation };
    expect(await codeOf(call().lists.removeAll(other))).toBe("confirmation-needed");
    await add(["192.0.2.3"], { note: "scanner" });
    expect(await codeOf(call().lists.removeAll({ ...question, confirmation }))).toBe("confirmation-needed");
    expect(await networksOf()).toHaveLength(3);
  });

  it("is found by the beginning of an address, by the note, and by what an entry holds", async () => {
    await add(["10.0.0.0/8", "10.1.2.0/24", "10.1.20.7", "192.0.2.1"], { note: "x" });
    expect(await networksOf({ search: "10.1.2.3" })).toEqual(["10.0.0.0/8", "10.1.2.0/24"]);
    expect(await networksOf({ search: "10.1.2" })).toEqual(["10.1.2.0/24", "10.1.20.7"]);
    expect(await networksOf({ search: "X" })).toHaveLength(4);
  });
});
