import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Block } from "@sipprot/shared/block";
import { defaultSettings } from "@sipprot/shared/settings";
import { StoreCopy } from "@sipprot/shared/store/store-copy";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { loadSnapshot, writeSnapshot } from "./snapshot.ts";
import { SnapshotKeeper } from "./snapshot-keeper.ts";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "sync-snapshot-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const file = () => join(folder, "snapshot.jsonl");
const block: Block = {
  source: "192.0.2.7",
  gate: "scanner",
  reason: { gate: "scanner", agent: "sipcli\n", pattern: "sipcli" },
  sinceMs: 1,
  untilMs: 2,
  proven: true,
  strikes: 2,
  refused: 1,
  inKernel: false,
  agent: "sipcli",
  endpoint: "203.0.113.10:5060",
  transport: "udp",
  host: "pbx1",
  evidence: [],
};

function aCopy(): StoreCopy {
  const copy = new StoreCopy();
  for (let index = 0; index < 2500; index += 1) {
    const network = `10.0.${index >> 8}.${index & 255}`;
    copy.lists.deny.set(network, { network, note: "é", addedAtSeconds: 1, addedBy: "test" });
  }
  copy.settings = { ...defaultSettings, blockThreshold: 9 };
  copy.apply({ kind: "block-put", block });
  copy.lastChangeId = "5-1";
  return copy;
}

describe("the snapshot", () => {
  it("gives back what was written", async () => {
    await writeSnapshot(folder, aCopy(), [{ worker: 0 }, { worker: 1 }], 77);
    const { read, troubles } = await loadSnapshot(folder);
    expect(troubles).toEqual([]);
    expect(read?.copy).toEqual(aCopy());
    expect(read?.standing).toEqual([{ worker: 0 }, { worker: 1 }]);
    expect(read?.writtenAtMs).toBe(77);
  });

  it("is none before the first was written, and that is no trouble", async () => {
    expect(await loadSnapshot(join(folder, "missing"))).toEqual({ read: undefined, troubles: [] });
  });

  it("damaged anywhere is set aside and said, and the one before serves", async () => {
    await writeSnapshot(folder, aCopy(), [], 1);
    await writeSnapshot(folder, aCopy(), [], 2);
    const whole = await readFile(file());
    await fc.assert(
      fc.asyncProperty(
        // The last byte is the line end behind the checksum: without it nothing is lost.
        fc.nat(whole.length - 2),
        fc.integer({ min: 1, max: 255 }),
        fc.boolean(),
        async (at, bits, cut) => {
          const damaged = Buffer.from(cut ? whole.subarray(0, at) : whole);
          if (!cut) damaged[at] = (damaged[at] ?? 0) ^ bits;
          await writeFile(file(), damaged);
          const { read, troubles } = await loadSnapshot(folder);
          expect(troubles).toHaveLength(1);
          expect(read?.writtenAtMs).toBe(1);
        },
      ),
      { numRuns: 60 },
    );
    expect(await readdir(folder)).toContain("snapshot.damaged.jsonl");
  });

  it("of a newer version is set aside", async () => {
    const { createHash } = await import("node:crypto");
    const body = `${JSON.stringify({ sipprotSnapshot: 2, writtenAtMs: 1, lastChangeId: "0-0" })}\n{"kind":"laser"}\n`;
    await writeFile(file(), `${body}${JSON.stringify({ sha256: createHash("sha256").update(body).digest("hex") })}\n`);
    const { read, troubles } = await loadSnapshot(folder);
    expect(read).toBeUndefined();
    expect(troubles[0]).toContain("newer version");
  });

  it("is written when its keeper is closed, and a folder that cannot be written is said", async () => {
    const keeper = new SnapshotKeeper(folder, aCopy());
    keeper.keepStanding(0, { worker: 0 });
    await keeper.close();
    expect((await loadSnapshot(folder)).read?.standing).toEqual([{ worker: 0 }]);
    await writeFile(join(folder, "file"), "");
    const stuck = new SnapshotKeeper(join(folder, "file"), aCopy());
    stuck.touch();
    await stuck.close();
    expect(stuck.trouble).not.toBe("");
  });
});
