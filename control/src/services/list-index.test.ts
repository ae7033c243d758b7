import { type ListPageInput, listSorts } from "@sipprot/shared/list-page";
import type { ListEntry } from "@sipprot/shared/lists";
import { orderKey } from "@sipprot/shared/network-order";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ListIndex } from "./list-index.ts";

const entryArbitrary: fc.Arbitrary<ListEntry> = fc.record(
  {
    network: fc.oneof(
      fc.integer({ min: 1, max: 30 }).map((last) => `192.0.2.${last}`),
      fc.constantFrom("192.0.2.0/24", "198.51.100.0/24", "2001:db8::/32", "2001:db8::1"),
    ),
    note: fc.constantFrom("", "Siège", "siege 2", "a phone", "Zoo"),
    addedAtSeconds: fc.integer({ min: 0, max: 5 }),
    addedBy: fc.constantFrom("alice", "bob"),
    expiresAtSeconds: fc.integer({ min: 1, max: 5 }),
  },
  { requiredKeys: ["network", "note", "addedAtSeconds", "addedBy"] },
);
const countryOf = (network: string) => (network.startsWith("192") ? "FR" : "");

function anIndex() {
  const entries = new Map<string, ListEntry>();
  const index = new ListIndex("deny", entries, countryOf, () => 0);
  return {
    index,
    entries,
    put(given: readonly ListEntry[]) {
      for (const entry of given) entries.set(entry.network, entry);
      index.apply([{ kind: "list-put", list: "deny", entries: [...given] }]);
    },
    remove(networks: readonly string[]) {
      for (const network of networks) entries.delete(network);
      index.apply([{ kind: "list-remove", list: "deny", networks: [...networks] }]);
    },
  };
}

const query = (given: Partial<ListPageInput>): ListPageInput => ({
  list: "deny",
  page: 0,
  size: 200,
  sort: "address",
  descending: false,
  ...given,
});

describe("the index of a list", () => {
  it("has every entry once and in order, whatever was put and removed", async () => {
    const step = fc.oneof(
      fc.array(entryArbitrary, { maxLength: 8 }).map((put) => ({ put, remove: [] as string[] })),
      fc.array(entryArbitrary, { maxLength: 4 }).map((gone) => ({ put: [], remove: gone.map((one) => one.network) })),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 12 }), fc.constantFrom(...listSorts), async (steps, sort) => {
        const { index, entries, put, remove } = anIndex();
        for (const { put: given, remove: gone } of steps) {
          put(given);
          remove(gone);
        }
        await index.settled();
        const rows = index.page(query({ sort })).rows;
        expect(new Set(rows.map((row) => row.entry))).toEqual(new Set(entries.values()));
        expect(rows).toHaveLength(entries.size);
        const backwards = index.page(query({ sort, descending: true })).rows;
        expect(backwards).toEqual([...rows].reverse());
        const keys = rows.map(({ entry }) => (sort === "address" ? orderKey(entry.network) : entry.addedAtSeconds));
        if (sort === "address" || sort === "time") {
          for (let at = 1; at < keys.length; at += 1) expect((keys[at - 1] ?? 0) <= (keys[at] ?? 0)).toBe(true);
        }
      }),
    );
  });

  it("finds by a part of the note without case and accents, by address, by what contains it, by country", () => {
    const { index, put } = anIndex();
    const base = { addedAtSeconds: 1, addedBy: "alice" };
    put([
      { network: "192.0.2.7", note: "Siège", ...base },
      { network: "192.0.2.0/24", note: "cafe", ...base },
      { network: "2001:db8::/32", note: "SIEGE", ...base },
    ]);
    const find = (filter: ListPageInput["filter"]) =>
      index.page(query({ filter })).rows.map((row) => row.entry.network);
    expect(find({ note: "siege" })).toEqual(["192.0.2.7", "2001:db8::/32"]);
    expect(find({ search: "SIÈ" })).toEqual(["192.0.2.7", "2001:db8::/32"]);
    expect(find({ search: "192.0.2.0" })).toEqual(["192.0.2.0/24"]);
    expect(find({ prefix: "192." })).toEqual(["192.0.2.0/24", "192.0.2.7"]);
    expect(find({ containing: "192.0.2.7" })).toEqual(["192.0.2.0/24", "192.0.2.7"]);
    expect(find({ network: "192.0.2.7", note: "cafe" })).toEqual([]);
    expect(find({ countries: [""] })).toEqual(["2001:db8::/32"]);
    expect(find({})).toHaveLength(3);
  });

  it("takes tens of thousands in while it goes on answering, and what changes meanwhile", async () => {
    const { index, put, remove } = anIndex();
    const many = Array.from({ length: 30_000 }, (_, at) => ({
      network: `10.${at >> 16}.${(at >> 8) & 255}.${at & 255}`,
      note: `n${at % 7}`,
      addedAtSeconds: at % 100,
      addedBy: "feed",
    }));
    put(many);
    expect(index.page(query({})).total).toBe(0);
    remove(["10.0.0.1"]);
    put([{ network: "192.0.2.1", note: "late", addedAtSeconds: 1, addedBy: "alice" }]);
    await index.settled();
    expect(index.page(query({})).total).toBe(30_000);
    expect(index.page(query({})).asOfMs).toBe(0);
    expect(index.page(query({ filter: { network: "10.0.0.1" } })).rows).toEqual([]);
    expect(index.page(query({ filter: { note: "late" } })).total).toBe(1);
    const times = index.page(query({ sort: "time", page: 100 })).rows.map((row) => row.entry.addedAtSeconds);
    expect(times).toEqual([...times].sort((one, other) => one - other));
  });

  it("is exported in portions that are the whole", () => {
    const { index, put } = anIndex();
    put(
      ["192.0.2.9", "192.0.2.1", "2001:db8::/32"].map((network) => ({
        network,
        note: "",
        addedAtSeconds: 1,
        addedBy: "",
      })),
    );
    expect(index.after(undefined, 2).map((entry) => entry.network)).toEqual(["192.0.2.1", "192.0.2.9"]);
    expect(index.after("192.0.2.9", 2).map((entry) => entry.network)).toEqual(["2001:db8::/32"]);
  });
});
