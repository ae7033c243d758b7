import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  CsvReader,
  type CsvRecord,
  disarmFormulas,
  formatCsvRecord,
  MAX_CSV_RECORD_BYTES,
  rearmFormulas,
} from "./csv.ts";

function read(input: string | Uint8Array, pieceBytes = Number.POSITIVE_INFINITY): CsvRecord[] {
  const bytes = typeof input === "string" ? Buffer.from(input) : input;
  const reader = new CsvReader();
  const records: CsvRecord[] = [];
  for (let start = 0; start < bytes.length; start += pieceBytes) {
    records.push(...reader.push(bytes.subarray(start, Math.min(bytes.length, start + pieceBytes))));
  }
  return [...records, ...reader.end()];
}

const cellsOf = (records: readonly CsvRecord[]) =>
  records.map((record) => ("cells" in record ? record.cells : record.flaw));

describe("the CSV reader", () => {
  it("reads a file of a French spreadsheet: byte order mark, semicolons, CR LF, Windows-1252", () => {
    const marked = Buffer.concat([
      Buffer.from([0xef, 0xbb, 0xbf]),
      Buffer.from('IP_ADDRESS;NOTE\r\n192.0.2.1;"a;b"\r\n'),
    ]);
    expect(cellsOf(read(marked))).toEqual([
      ["IP_ADDRESS", "NOTE"],
      ["192.0.2.1", "a;b"],
    ]);
    const old = Buffer.concat([
      Buffer.from("192.0.2.1;si"),
      Buffer.from([0xe8]),
      Buffer.from("ge 1 "),
      Buffer.from([0x80]),
    ]);
    expect(cellsOf(read(old))).toEqual([["192.0.2.1", "siège 1 €"]]);
    expect(cellsOf(read("sep=;\r\na,b;c"))).toEqual([["a,b", "c"]]);
  });

  it("leaves comments, blank lines and rows of empty cells out, and counts their lines", () => {
    expect(read('# a, "comment\n\n ,,\n192.0.2.1\n  # another\n192.0.2.2,x\n')).toEqual([
      { line: 4, cells: ["192.0.2.1"] },
      { line: 6, cells: ["192.0.2.2", "x"] },
    ]);
  });

  it("loses only the line whose quote is never closed", () => {
    const records = read('a,"open\nb,1\nc,2\n');
    expect(records).toEqual([
      { line: 1, flaw: "quote-not-closed" },
      { line: 2, cells: ["b", "1"] },
      { line: 3, cells: ["c", "2"] },
    ]);
    expect(cellsOf(read('a,"open\nb,"c"\nd\n'))).toEqual(["quote-not-closed", ["b", "c"], ["d"]]);
    expect(cellsOf(read(`a,"open\n${"b\n".repeat(2000)}`)).filter((one) => one[0] === "b")).toHaveLength(2000);
  });

  it("loses only the line that is too long, has too many cells or a quote where none may be", () => {
    const records = read(`${"x".repeat(10 * MAX_CSV_RECORD_BYTES)}\n${",".repeat(1000)}\na"b\nok\n`, 1000);
    expect(cellsOf(records)).toEqual(["record-too-long", "too-many-cells", "stray-quote", ["ok"]]);
  });

  it("reads what is written, whatever is in it, in pieces of any size", () => {
    const cell = fc.string({ unit: "grapheme", maxLength: 30 });
    const row = fc.array(fc.oneof(cell, fc.constantFrom('"', "\r\n", ";", "=1+1", "'=x", " a ", "#", "a\n\n")), {
      minLength: 2,
      maxLength: 5,
    });
    fc.assert(
      fc.property(fc.array(row, { maxLength: 10 }), fc.integer({ min: 1, max: 50 }), (rows, pieceBytes) => {
        const kept = rows.map((cells) => ["192.0.2.1", ...cells]);
        const text = kept.map(formatCsvRecord).join("");
        const back = cellsOf(read(text, pieceBytes)).map((cells) =>
          Array.isArray(cells) ? cells.map(rearmFormulas) : cells,
        );
        expect(back).toEqual(kept);
      }),
    );
  });

  it("never throws and never yields more records than lines, whatever the bytes", () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ maxLength: 400 }),
        fc.string({ unit: fc.constantFrom('"', ",", "\n", "a", "\r", ";"), maxLength: 200 }),
        (bytes, text) => {
          expect(read(bytes).length).toBeLessThanOrEqual(bytes.filter((byte) => byte === 10).length + 1);
          expect(read(text).length).toBeLessThanOrEqual(text.split("\n").length);
        },
      ),
    );
  });
});

describe("formulas", () => {
  it("are made harmless wherever a spreadsheet may begin a cell", () => {
    expect(disarmFormulas("=HYPERLINK(1)")).toBe("'=HYPERLINK(1)");
    expect(disarmFormulas("a;=1\n@b")).toBe("a;'=1\n'@b");
    expect(formatCsvRecord(["192.0.2.1", "=1+1"])).toBe("192.0.2.1,'=1+1\r\n");
  });

  it("come back as they were", () => {
    const text = fc.string({ unit: fc.constantFrom("'", "=", "+", "-", "@", ";", ",", "\n", "a"), maxLength: 20 });
    fc.assert(fc.property(text, (given) => rearmFormulas(disarmFormulas(given)) === given));
  });
});
