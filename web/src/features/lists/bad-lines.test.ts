import { type LineFlaw, lineFlaws } from "@sipprot/shared/list-csv";
import { expect, it } from "vitest";
import { badLinesCsv } from "./bad-lines.ts";

const names = Object.fromEntries(lineFlaws.map((flaw) => [flaw, `name of ${flaw}`])) as Record<LineFlaw, string>;

it("names each line by number, with what is wrong and what was expected", () => {
  const bad = [
    { line: 3, flaw: "bad-network", text: "192.0.2.300", detail: "expected an address, or a network" },
    { line: 9, flaw: "list-full", text: "192.0.2.1", detail: 'at most "some"' },
  ] as const;
  expect(badLinesCsv({ bad: [...bad], badCount: 2 }, names)).toBe(
    [
      "LINE,IP_ADDRESS,REASON,DETAIL",
      '3,192.0.2.300,name of bad-network,"expected an address, or a network"',
      '9,192.0.2.1,name of list-full,"at most ""some"""',
      "",
    ].join("\r\n"),
  );
});

it("gives no formula to a spreadsheet, and says how many more there are", () => {
  const bad = [{ line: 1, flaw: "bad-network", text: "=cmd|' /C calc'!A0", detail: "" } as const];
  const text = badLinesCsv({ bad, badCount: 1001 }, names);
  expect(text).toContain("1,'=cmd|' /C calc'!A0,");
  expect(text).toContain("+1000,,,");
});
