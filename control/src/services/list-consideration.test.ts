import { putBlocks } from "@sipprot/shared/store/block-store";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { CalledLists, codeOf } from "../../../test/system/called-lists.ts";

let lab: CalledLists;
beforeAll(async () => {
  lab = await CalledLists.start("list-consideration");
});
afterAll(() => lab?.close());
beforeEach(() => lab.reset());

const call = () => lab.callAs("user:alice");
const consider = async (list: "allow" | "deny", network: string) =>
  (await call().lists.consider({ list, networks: [network] }))[0];

describe("a network that is to be put on a list", () => {
  it("is told how large it is, and whether that is a lot", async () => {
    expect(await consider("deny", "192.0.2.7")).toMatchObject({ addresses: 1, isWide: false });
    expect(await consider("deny", "192.0.0.0/16")).toMatchObject({ addresses: 65_536, isWide: true });
    expect(await consider("allow", "2001:db8::/32")).toMatchObject({ addresses: 2 ** 96, isWide: true });
    expect(await consider("allow", "2001:db8::/64")).toMatchObject({ isWide: false });
  });

  it("is told what is on both lists around it", async () => {
    await call().lists.add({ list: "deny", networks: ["10.0.0.0/8", "10.1.0.0/16", "10.1.2.3"], note: "n" });
    await call().lists.add({ list: "allow", networks: ["10.2.0.0/16"] });
    expect(await consider("deny", "10.1.0.0/16")).toMatchObject({
      present: { network: "10.1.0.0/16", note: "n" },
      heldBy: { network: "10.0.0.0/8" },
      inside: 1,
      otherInside: 0,
    });
    expect(await consider("deny", "10.0.0.0/8")).toMatchObject({ inside: 2, otherInside: 1 });
    expect(await consider("allow", "10.1.2.0/24")).toMatchObject({ otherHolds: { network: "10.1.0.0/16" }, inside: 0 });
  });

  it("is told what forbids it, as the guards do", async () => {
    await call().lists.add({ list: "allow", networks: ["10.2.0.0/16"] });
    const guards = {
      "203.0.113.0/28": { kind: "pbx", network: "203.0.113.10" },
      "203.0.113.77": { kind: "caller", network: "203.0.113.77" },
      "127.0.0.5": { kind: "loopback", network: "127.0.0.0/8" },
      "0.0.0.0/0": { kind: "everything" },
      "10.2.3.4": { kind: "allowlist", network: "10.2.0.0/16" },
    };
    for (const [network, guard] of Object.entries(guards)) {
      expect([network, (await consider("deny", network))?.guard]).toEqual([network, guard]);
      const error = await call()
        .lists.add({ list: "deny", networks: [network] })
        .catch(({ cause }) => cause);
      expect([error.code, error.facts.guard]).toEqual(["guarded-network", guard]);
    }
    expect((await consider("allow", "::/0"))?.guard).toEqual({ kind: "everything" });
    expect((await consider("allow", "203.0.113.10"))?.guard).toBeUndefined();
  });

  it("is told how many blocks allowing it lifts", async () => {
    const block = {
      source: "198.51.100.7",
      gate: "scanner" as const,
      reason: { gate: "scanner" as const, agent: "evil", pattern: "evil" },
      sinceMs: Date.now(),
      untilMs: Date.now() + 60_000,
      proven: true,
      strikes: 1,
      refused: 1,
      inKernel: false,
      agent: "evil",
      endpoint: "203.0.113.10:5060",
      transport: "udp" as const,
      host: "h",
      evidence: [],
    };
    await putBlocks(lab.redis, [block, { ...block, account: "1001" }], { by: "x", nowMs: Date.now() });
    expect(await consider("allow", "198.51.100.0/24")).toMatchObject({ blocks: 2 });
    expect(await call().blocks.find({ blocks: ["198.51.100.7", "192.0.2.1"] })).toEqual(["198.51.100.7"]);
    const lifted = await call().blocks.liftMatching({ filter: { search: "EVIL" }, except: ["198.51.100.7"] });
    expect(lifted).toEqual({ lifted: 1, hosts: [] });
    expect((await call().blocks.page({})).rows.map(({ key }) => key)).toEqual(["198.51.100.7"]);
  });
});

describe("an entry that two people change", () => {
  it("is not written over what one of them did not see", async () => {
    await call().lists.add({ list: "allow", networks: ["192.0.2.7"], note: "one" });
    const seen = { note: "one", expiresAtSeconds: null };
    const edit = { list: "allow" as const, network: "192.0.2.7" };
    await lab.callAs("user:bob").lists.edit({ ...edit, note: "two", seen });
    expect(await codeOf(call().lists.edit({ ...edit, note: "three", seen }))).toBe("changed-meanwhile");
    const [now] = await call().lists.find({ list: "allow", networks: ["192.0.2.7", "192.0.2.8"] });
    expect(now?.note).toBe("two");
    const seenNow = { note: "two", expiresAtSeconds: null };
    expect(await codeOf(call().lists.edit({ ...edit, note: "three", seen: seenNow }))).toBe("done");
  });

  it("is added only once where it must be new", async () => {
    await call().lists.add({ list: "allow", networks: ["192.0.2.7"], note: "one" });
    const again = { list: "allow" as const, networks: ["192.0.2.6", "192.0.2.7"], note: "two" };
    expect(await codeOf(call().lists.add({ ...again, onlyNew: true }))).toBe("already-there");
    expect(await call().lists.counts()).toMatchObject({ allow: 1 });
    expect(await call().lists.add(again)).toMatchObject({ added: 1, updated: 1 });
  });
});

describe("a trial of a file", () => {
  const lines = ["IP_ADDRESS,NOTE", "192.0.2.1,new", "192.0.2.7,there", "192.0.2.1,twice", "nonsense", "203.0.113.10"];

  it("says what an import would do, and does none of it", async () => {
    await call().lists.add({ list: "deny", networks: ["192.0.2.7"], note: "old" });
    const recordsBefore = lab.audited.length;
    const trial = await lab.sendFile(lines.join("\n"), "deny", "import-trial");
    expect(await call().lists.counts()).toMatchObject({ deny: 1 });
    expect(lab.audited).toHaveLength(recordsBefore);
    expect(trial.sample?.[0]).toEqual({ line: 2, network: "192.0.2.1", note: "new" });
    const { sample: _, ...promised } = trial;
    expect(await lab.sendFile(lines.join("\n"), "deny", "import")).toEqual(promised);
  });

  it("says what a removal would take off, and takes nothing", async () => {
    await call().lists.add({ list: "deny", networks: ["192.0.2.7", "192.0.2.8"] });
    expect(await lab.sendFile(lines.join("\n"), "deny", "removal-trial")).toMatchObject({ removed: 1, badCount: 3 });
    expect(await call().lists.counts()).toMatchObject({ deny: 2 });
  });
});
