/** The daily firewall report, made from the counts of its day. */
import { SipprotError } from "@sipprot/shared/errors";
import { COUNT_LIMITS } from "@sipprot/shared/redis-keys";
import type { Report, ReportRow } from "@sipprot/shared/report";
import { daySchema } from "@sipprot/shared/stats";
import { type AttackerCount, readAttackers, readCounts } from "@sipprot/shared/store/count-store";
import type { Redis } from "ioredis";
import { nameCountry } from "./country.ts";
import { sortByNetwork } from "./lists.ts";

/** Makes the report of a day (UTC). Its total is the sum of that day's refused messages in the statistics. */
export async function makeReport(redis: Redis, host: string, date: string): Promise<Report> {
  // Attackers first: what comes in between is then in the total and unnamed, and the sum still holds.
  const attackers = await readAttackers(redis, date, COUNT_LIMITS.day.maxAttackers);
  const counts = await readCounts(redis, date);
  const rows = joinRows(attackers.filter(({ kind }) => kind === "refused"));
  let named = 0;
  for (const row of rows) named += row.blocks;
  let total = 0;
  for (const { kind, count } of counts) if (kind === "refused") total += count;
  return { host, date, rows, unnamed: Math.max(0, total - named), total: Math.max(total, named) };
}

/** Reads a day as typed. Throws `bad-date`. */
export function readDay(text: string): string {
  const day = daySchema.safeParse(text.trim());
  if (day.success) return day.data;
  throw new SipprotError("bad-date", `${JSON.stringify(text.slice(0, 80))} is not a day`, {
    field: "--date",
    value: text.slice(0, 80),
    expected: "a day such as 2026-11-22",
  });
}

/** Ports of one victim are one victim: a scanner that tries them all is one line. */
function joinRows(attackers: readonly AttackerCount[]): ReportRow[] {
  const rows = new Map<string, ReportRow>();
  for (const { source, country, method, endpoint, gate, count } of attackers) {
    const victim = addressOf(endpoint);
    const what = [gate.toUpperCase(), method.toUpperCase()].filter((part) => part !== "").join(":");
    const key = `${victim} ${source} ${what}`;
    const known = rows.get(key);
    rows.set(key, {
      attacker: source,
      country,
      countryName: nameCountry(country, "en"),
      method: what,
      victim,
      blocks: (known?.blocks ?? 0) + count,
    });
  }
  const byMethod = [...rows.values()].sort((one, other) => (one.method < other.method ? -1 : 1));
  return sortByNetwork(sortByNetwork(byMethod, attackerOf), (row) => row.victim);
}

const attackerOf = (row: ReportRow) => row.attacker;

/** `203.0.113.10:5060` and `[2001:db8::1]:5060` without their ports. */
function addressOf(endpoint: string): string {
  return endpoint.replace(/:\d+$/, "").replace(/^\[|\]$/g, "");
}
