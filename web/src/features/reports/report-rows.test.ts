import type { ReportRow } from "@sipprot/shared/report";
import { describe, expect, it } from "vitest";
import { arrangeRows, sumOfBlocks } from "./report-rows.ts";

const row = (attacker: string, country: string, blocks: number): ReportRow => ({
  attacker,
  country,
  countryName: "",
  method: "SCANNER:REGISTER",
  victim: "203.0.113.10",
  blocks,
});
const rows = [row("198.51.100.7", "FR", 2), row("198.51.100.8", "DE", 40), row("2001:db8:1::/64", "FR", 5)];
const nameOf = (code: string) => (code === "FR" ? "France" : "Allemagne");
const attackers = (...given: [string, "victim" | "blocks" | "country"]) =>
  arrangeRows(rows, ...given, nameOf).map(({ attacker }) => attacker);

describe("the lines of a report", () => {
  it("stand as on the command line until another order is chosen", () => {
    expect(attackers("", "victim")).toEqual(["198.51.100.7", "198.51.100.8", "2001:db8:1::/64"]);
    expect(attackers("", "blocks")).toEqual(["198.51.100.8", "2001:db8:1::/64", "198.51.100.7"]);
    expect(attackers("", "country")).toEqual(["198.51.100.8", "198.51.100.7", "2001:db8:1::/64"]);
  });
  it("are found by address, by the country's name as shown, and by method, in any case", () => {
    expect(attackers("2001:DB8", "victim")).toEqual(["2001:db8:1::/64"]);
    expect(attackers("allem", "victim")).toEqual(["198.51.100.8"]);
    expect(attackers("scanner:reg", "victim")).toHaveLength(3);
    expect(attackers("invite", "victim")).toEqual([]);
  });
  it("are summed", () => {
    expect(sumOfBlocks(rows)).toBe(47);
  });
});
