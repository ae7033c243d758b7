import { appendFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Block } from "@sipprot/shared/block";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { EffectJournal, MAX_JOURNAL_ENTRIES } from "./effect-journal.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "sync-journal-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const block = (source: string, untilMs = 1000): Block => ({
  source,
  gate: "denied",
  reason: { gate: "denied", network: source },
  sinceMs: 1,
  untilMs,
  proven: true,
  strikes: 1,
  refused: 0,
  inKernel: false,
  agent: "",
  endpoint: "203.0.113.10:5060",
  transport: "udp",
  host: "pbx1",
  evidence: [],
});

describe("the journal of effects", () => {
  it("keeps what is not acknowledged, over a new start too", () => {
    const journal = new EffectJournal(folder);
    journal.add([
      { kind: "block", block: block("192.0.2.1") },
      { kind: "deny", block: block("192.0.2.1") },
      { kind: "block", block: block("192.0.2.2") },
    ]);
    journal.acknowledge(journal.pending(1));
    const again = new EffectJournal(folder);
    expect(again.pending(10)).toEqual([
      { kind: "deny", block: block("192.0.2.1") },
      { kind: "block", block: block("192.0.2.2") },
    ]);
    expect(again.hasBlock("192.0.2.2")).toBe(true);
    expect(again.hasBlock("192.0.2.1")).toBe(false);
  });

  it("keeps the later of two of the same key, even when the earlier is acknowledged meanwhile", () => {
    const journal = new EffectJournal(folder);
    journal.add([{ kind: "block", block: block("192.0.2.1", 5) }]);
    const sent = journal.pending(1);
    journal.add([{ kind: "block", block: block("192.0.2.1", 9) }]);
    journal.acknowledge(sent);
    expect(new EffectJournal(folder).pending(10).map((entry) => entry.block.untilMs)).toEqual([9]);
  });

  it("has everything on the disk again as soon as the disk takes it, the line that was cut included", () => {
    const journal = new EffectJournal(folder);
    journal.add([{ kind: "block", block: block("192.0.2.1") }]);
    const path = join(folder, "effects.journal");
    rmSync(path);
    mkdirSync(path);
    journal.add([{ kind: "block", block: block("192.0.2.2") }]);
    expect(journal.trouble).toContain("EISDIR");
    rmSync(path, { recursive: true });
    writeFileSync(path, "half a li");
    journal.add([{ kind: "block", block: block("192.0.2.3") }]);
    expect(journal.trouble).toBe("");
    const kept = new EffectJournal(folder).pending(10).map((entry) => entry.block.source);
    expect(kept).toEqual(["192.0.2.1", "192.0.2.2", "192.0.2.3"]);
  });

  it("loses only the line a crash or a bad disk damaged", () => {
    const journal = new EffectJournal(folder);
    for (const last of [1, 2, 3]) journal.add([{ kind: "block", block: block(`192.0.2.${last}`) }]);
    const path = join(folder, "effects.journal");
    const lines = readFileSync(path, "utf8").split("\n");
    writeFileSync(path, [lines[0], lines[1]?.replace("192.0.2.2", "192.0.2.9"), lines[2]].join("\n"));
    appendFileSync(path, "\nhalf a li");
    const sources = new EffectJournal(folder).pending(10).map((entry) => entry.block.source);
    expect(sources).toEqual(["192.0.2.1", "192.0.2.3"]);
  });

  it("is bounded: the block that ends first is given up and counted", () => {
    const journal = new EffectJournal(folder);
    const many = Array.from({ length: MAX_JOURNAL_ENTRIES }, (_, index) =>
      block(`10.1.${index >> 8}.${index & 255}`, index === 7 ? 1 : 1000),
    );
    journal.add(many.map((one) => ({ kind: "block" as const, block: one })));
    journal.add([{ kind: "block", block: block("192.0.2.1") }]);
    expect(journal.size).toBe(MAX_JOURNAL_ENTRIES);
    expect(journal.lost).toBe(1);
    expect(journal.hasBlock("10.1.0.7")).toBe(false);
  });

  it("does not grow with what was acknowledged", () => {
    const journal = new EffectJournal(folder);
    for (let round = 0; round < 1500; round += 1) {
      journal.add([{ kind: "block", block: block("192.0.2.1", round) }]);
      journal.acknowledge(journal.pending(1));
    }
    expect(readFileSync(join(folder, "effects.journal"), "utf8").split("\n").length).toBeLessThan(1100);
  });

  it("goes on in memory when the disk does not take it, and says so", () => {
    writeFileSync(join(folder, "file"), "");
    const journal = new EffectJournal(join(folder, "file"));
    journal.add([{ kind: "block", block: block("192.0.2.1") }]);
    expect(journal.size).toBe(1);
    expect(journal.trouble).not.toBe("");
  });
});
