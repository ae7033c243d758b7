/**
 * The report of a day, the statistics of that day, and what the attackers sent: the same numbers. Counters of our own in the
 * attackers' and in the PBX's namespace are the witnesses; nothing of the gate is asked what it did.
 */
import type { Report } from "@sipprot/shared/report";
import { dayOf } from "@sipprot/shared/store/count-period";
import { openBriefConnection } from "@sipprot/shared/store/redis-connection";
import type { Redis } from "ioredis";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readStats } from "../../control/src/services/stats.ts";
import { guess } from "../lab/attacks.ts";
import { addressesOf } from "../lab/country-addresses.ts";
import { setAll } from "../lab/gate.ts";
import type { Namespace } from "../lab/namespace.ts";
import { attackerAddress, pbxAddress, phoneAddress } from "../lab/network.ts";
import { type ProtectedLab, startProtectedLab } from "../lab/protected-lab.ts";
import { expectEchoCall, signIn } from "../lab/signing-in.ts";
import { runSvcrack, runSvmap, runSvwar } from "../lab/sipvicious.ts";
import { until } from "../lab/until.ts";

/** Counts the SIP datagrams of each source where they leave, where they arrive, where the bans let them by, and where the PBX gets them. */
const witnessTable = (chains: string) => `table inet witness {
  set sent { type ipv4_addr; flags dynamic; counter; size 1000; }
  set unbanned { type ipv4_addr; flags dynamic; counter; size 1000; }
  set passed { type ipv4_addr; flags dynamic; counter; size 1000; }
  ${chains}
}\n`;
const toPbx = `ip daddr ${pbxAddress} udp dport 5060`;
const atAttackers = witnessTable(`chain out {
    type filter hook output priority 300
    ${toPbx} update @sent { ip saddr }
  }`);
// Before the gate takes over at priority 300; the leg from the gate to the PBX goes over lo.
const atPbx = witnessTable(`chain in {
    type filter hook input priority 200
    ${toPbx} iif lo update @passed { ip saddr }
    ${toPbx} iif != lo update @unbanned { ip saddr }
  }`);

let lab: ProtectedLab;
let redis: Redis;
let french: string;
let day: string;
const guesser = "192.0.2.61";
const searcher = "192.0.2.62";
const scanner = "192.0.2.63";

beforeAll(async () => {
  lab = await startProtectedLab({ mode: "transparent" });
  redis = await openBriefConnection({ redisUrl: lab.gate.redis.url, stateFolder: lab.gate.stateFolder });
  const { attackers, pbx } = lab.network;
  await attackers.run("nft", ["-f", "-"], { input: atAttackers });
  await pbx.run("nft", ["-f", "-"], { input: atPbx });
  [french = ""] = await addressesOf("FR");
  await lab.network.addAttacker(french);
  await setAll(lab.gate, { geoCountries: "FR", geoMode: "deny" });
  day = dayOf(Date.now());
  const users = ["1001", "1002", "1003", "1004", "1005"];
  const search = { users: Array.from({ length: 300 }, (_, at) => String(7000 + at)), unsigned: true, method: "INVITE" };
  const common = { users, way: "port", lines: 1, waitMs: 500 } as const;
  await Promise.all([
    attackWithTools(attackers),
    guess(attackers, { ...common, address: guesser, guesses: 400, perSecond: 80 }),
    guess(attackers, { ...common, ...search, address: searcher, guesses: 300, perSecond: 60 }),
    guess(attackers, { ...common, address: scanner, guesses: 150, perSecond: 50, agent: "friendly-scanner" }),
    guess(attackers, { ...common, address: french, guesses: 100, perSecond: 50 }),
    signIn(lab.phones, { user: "1001", address: phoneAddress }).then((phone) => expectEchoCall(phone)),
  ]);
});
afterAll(async () => {
  redis?.disconnect();
  await lab?.remove();
});

async function attackWithTools(attackers: Namespace): Promise<void> {
  await runSvmap(attackers, { withinMs: 5000 });
  await runSvwar(attackers, { method: "REGISTER", range: "1000-1100", withinMs: 6000 });
  await runSvcrack(attackers, { user: "1001", range: "1000-1300", withinMs: 6000 });
}

/** What the witness counted, by source. */
async function counted(space: Namespace, set: "sent" | "unbanned" | "passed"): Promise<Map<string, number>> {
  const { stdout } = await space.run("nft", ["list", "set", "inet", "witness", set]);
  return new Map(
    [...stdout.matchAll(/([\d.]+) counter packets (\d+)/g)].map(([, source = "", n]) => [source, Number(n)]),
  );
}

async function reportOfTheDay(): Promise<Report> {
  const { stdout } = await lab.gate.sipprot("report", "--date", day, "--json");
  return JSON.parse(stdout) as Report;
}

const blocksOf = (report: Report, source: string) =>
  report.rows.filter(({ attacker }) => attacker === source).reduce((sum, { blocks }) => sum + blocks, 0);

const sumOf = (counts: readonly { readonly refused: number }[]) =>
  counts.reduce((sum, { refused }) => sum + refused, 0);

describe("the report of a day", () => {
  it("names of each attacker exactly what was sent and neither reached the PBX nor was dropped by the kernel", async () => {
    const { attackers, pbx } = lab.network;
    const sources = [attackerAddress, guesser, searcher, scanner, french];
    // The counts are written each quarter of a second, and a second is counted together.
    await until(
      async () => {
        const [unbanned, passed, report] = [
          await counted(pbx, "unbanned"),
          await counted(pbx, "passed"),
          await reportOfTheDay(),
        ];
        const refused = (source: string) => (unbanned.get(source) ?? 0) - (passed.get(source) ?? 0);
        return sources.every((source) => blocksOf(report, source) === refused(source));
      },
      10_000,
      "the counts of all sources",
    ).catch(() => undefined);
    const report = await reportOfTheDay();
    const [sent, unbanned, passed] = [
      await counted(attackers, "sent"),
      await counted(pbx, "unbanned"),
      await counted(pbx, "passed"),
    ];
    const rows = sources.map((source) => {
      const of = (counts: ReadonlyMap<string, number>) => counts.get(source) ?? 0;
      const byKernel = of(sent) - of(unbanned);
      return { source, sent: of(sent), passed: of(passed), byKernel, reported: blocksOf(report, source) };
    });
    console.table(rows);
    for (const row of rows) {
      // svmap, svwar and svcrack give up after one message each: nobody answers.
      expect(row.sent).toBeGreaterThanOrEqual(row.source === attackerAddress ? 3 : 100);
      expect(row).toMatchObject({ reported: row.sent - row.passed - row.byKernel });
    }
    // Tools that say their name and refused countries never reach the PBX, and their addresses are not proven: all is reported.
    for (const { source, sent: all, reported } of rows.filter(
      (row) => row.source !== guesser && row.source !== searcher,
    ))
      expect({ source, reported }).toEqual({ source, reported: all });
    // Nobody else is an attacker.
    expect(report.rows.filter(({ attacker }) => !sources.includes(attacker))).toEqual([]);
    expect(report.total).toBe(rows.reduce((sum, { reported }) => sum + reported, 0));
  });

  it("is the sum of that day's statistics by endpoint, country, gate, source, agent and hour", async () => {
    const report = await reportOfTheDay();
    const range = { from: day, to: day, top: 200 };
    const stats = await readStats(redis, { ...range, timeline: "hour" }, Date.now());
    expect(stats.refused).toBe(report.total);
    for (const counts of [stats.endpoints, stats.countries, stats.gates, stats.sources, stats.agents, stats.timeline])
      expect(sumOf(counts)).toBe(report.total);
    const byDay = await readStats(redis, { ...range, timeline: "day" }, Date.now());
    expect(byDay.timeline).toEqual([{ name: day, refused: report.total, wouldRefuse: 0 }]);
    expect(stats.countries.find(({ name }) => name === "FR")?.refused).toBe(blocksOf(report, french));
    for (const gate of ["scanner", "country", "guessing"]) {
      const rows = report.rows.filter(({ method }) => method.startsWith(`${gate.toUpperCase()}:`));
      expect({ gate, n: stats.gates.find(({ name }) => name === gate)?.refused }).toEqual({
        gate,
        n: rows.reduce((sum, { blocks }) => sum + blocks, 0),
      });
    }
  });

  it("has the same numbers as text and as CSV", async () => {
    const report = await reportOfTheDay();
    const { stdout: text } = await lab.gate.sipprot("report", "--date", day);
    const { stdout: csv } = await lab.gate.sipprot("report", "--date", day, "--csv");
    expect(text).toContain("Daily Firewall Report");
    expect(new RegExp(`TOTAL[ |│]+${report.total}\\b`).test(text)).toBe(true);
    const lines = csv.trimEnd().split("\r\n").slice(1);
    const numbers = lines.map((line) => Number(line.split(",").at(-1)));
    expect(lines.at(-1)).toBe(`,,,TOTAL,${report.total}`);
    expect(numbers.slice(0, -1).reduce((sum, n) => sum + n, 0)).toBe(report.total);
    for (const { attacker, method, blocks } of report.rows) {
      expect(
        lines.some((line) => line.startsWith(`${attacker},`) && line.includes(method) && line.endsWith(`,${blocks}`)),
      ).toBe(true);
    }
  });
});
