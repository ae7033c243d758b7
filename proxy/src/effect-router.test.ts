import type { Block } from "@sipprot/shared/block";
import type { Change } from "@sipprot/shared/change";
import { StoreCopy } from "@sipprot/shared/store/store-copy";
import { describe, expect, it } from "vitest";
import { type EffectTargets, routeEffects } from "./effect-router.ts";
import type { Effect } from "./policy/decision.ts";
import type { JournalEntry } from "./sync/effect-journal.ts";

const block = (source: string, more: Partial<Block> = {}): Block => ({
  source,
  gate: "denied",
  reason: { gate: "denied", network: source },
  sinceMs: 1,
  untilMs: 1000,
  proven: true,
  strikes: 1,
  refused: 0,
  inKernel: false,
  agent: "",
  endpoint: "203.0.113.10:5060",
  transport: "udp",
  host: "pbx1",
  evidence: [{ atMs: 1, from: source, transport: "udp", text: "REGISTER" }],
  ...more,
});

const route = (copy: StoreCopy, ...effects: Effect[]) => routeOn(copy, true, effects);

function routeOn(copy: StoreCopy, hasKernel: boolean, effects: readonly Effect[]) {
  const seen = {
    changes: [] as Change[],
    kept: [] as JournalEntry[],
    failures: [] as unknown[],
    banned: [] as string[],
  };
  const targets: EffectTargets = {
    copy,
    hasKernel,
    tell: (changes, except) => {
      expect(except).toBe(3);
      seen.changes.push(...changes);
    },
    tellAccountFailures: (failures) => seen.failures.push(...failures),
    keep: (entries) => seen.kept.push(...entries),
    tellHosts: () => undefined,
    writeEvents: () => undefined,
    banSource: (source) => seen.banned.push(source),
  };
  routeEffects(targets, 3, effects);
  return seen;
}

describe("an effect of the policy", () => {
  it("that blocks is told without the messages and kept with them", () => {
    const copy = new StoreCopy();
    const seen = route(copy, { kind: "block", block: block("192.0.2.7") });
    expect(seen.changes).toEqual([{ kind: "block-put", block: block("192.0.2.7", { evidence: [] }) }]);
    expect(seen.kept).toEqual([{ kind: "block", block: block("192.0.2.7") }]);
    expect(copy.blocks.has("192.0.2.7")).toBe(true);
  });

  it("that gives a source to the kernel marks its block, and extending keeps the mark", () => {
    const copy = new StoreCopy();
    copy.apply({ kind: "block-put", block: block("192.0.2.7") });
    const banned = route(copy, { kind: "kernel-ban", source: "192.0.2.7", untilMs: 5000 });
    expect(banned.kept[0]?.block).toMatchObject({ inKernel: true, untilMs: 5000 });
    const extended = route(copy, { kind: "block", block: block("192.0.2.7", { untilMs: 9000 }) });
    expect(extended.kept[0]?.block).toMatchObject({ inKernel: true, untilMs: 9000 });
  });

  it("that gives a source to the kernel without a block bans it alone; one that proved nothing is not banned", () => {
    const copy = new StoreCopy();
    expect(route(copy, { kind: "kernel-ban", source: "192.0.2.8", untilMs: 5 }).banned).toEqual(["192.0.2.8"]);
    copy.apply({ kind: "block-put", block: block("192.0.2.9", { proven: false }) });
    expect(route(copy, { kind: "kernel-ban", source: "192.0.2.9", untilMs: 5 })).toMatchObject({
      banned: [],
      kept: [],
    });
  });

  it("that lifts is told and kept, when there is something to lift", () => {
    const copy = new StoreCopy();
    copy.apply({ kind: "block-put", block: block("192.0.2.7", { account: "1001" }) });
    const lift: Effect = { kind: "lift", source: "192.0.2.7", account: "1001" };
    expect(route(copy, lift)).toMatchObject({
      changes: [{ kind: "block-lift", source: "192.0.2.7", account: "1001" }],
      kept: [{ kind: "lift" }],
    });
    expect(route(copy, lift).changes).toEqual([]);
  });

  it("that counts failures is added up by account", () => {
    const failure = (account: string, atMs: number): Effect => ({ kind: "account-failure", account, atMs });
    expect(route(new StoreCopy(), failure("1001", 1), failure("1002", 2), failure("1001", 3)).failures).toEqual([
      { account: "1001", count: 2, atMs: 3 },
      { account: "1002", count: 1, atMs: 2 },
    ]);
  });

  it("are not said to be in a kernel that has no part in it", () => {
    const copy = new StoreCopy();
    copy.apply({ kind: "block-put", block: block("192.0.2.7") });
    const seen = routeOn(copy, false, [{ kind: "kernel-ban", source: "192.0.2.7", untilMs: 5000 }]);
    expect(seen.changes).toEqual([]);
    expect(copy.blocks.get("192.0.2.7")?.inKernel).toBe(false);
  });
});
