/** The parts that read files and requests of people: lists, country databases, the input of every procedure. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { appRouter } from "../../control/src/api/root.ts";
import { CountryDatabase } from "../../shared/src/country-database.ts";
import { CsvReader, MAX_CSV_CELLS } from "../../shared/src/csv.ts";
import { ListCsvReader, listTemplate } from "../../shared/src/list-csv.ts";
import { pick, type Random } from "./random.ts";
import { makeSmallDatabase } from "./small-mmdb.ts";
import { cutsOf, piecesOf, type Target } from "./target.ts";

const csvSeeds = [
  String(listTemplate),
  'IP_ADDRESS;NOTE\n192.0.2.1;"a;b""c"\n',
  "sep=\t\r\n10.0.0.0/8\tnote\t1750000000\tme\r\n",
  "2001:db8::/32,=1+1,2026-01-31T12:00:00Z,x\n# comment\n\n",
  '"open\nquote,192.0.2.1\n',
].map((text) => Buffer.from(text, "latin1"));

/** Reads the same rows in one piece and in any pieces, a row or a reason for each record, never a throw. */
export const csvTarget: Target = {
  name: "csv",
  seeds: csvSeeds,
  check(bytes) {
    const whole = readRows([bytes]);
    if (readRows(piecesOf(bytes, cutsOf(bytes))) !== whole) throw new Error("other rows when cut");
  },
};

function readRows(pieces: readonly Buffer[]): string {
  const csv = new CsvReader();
  const list = new ListCsvReader();
  const records = [...pieces.flatMap((piece) => csv.push(piece)), ...csv.end()];
  for (const record of records)
    if ("cells" in record && record.cells.length > MAX_CSV_CELLS) throw new Error("too many cells");
  return JSON.stringify(records.map((record) => list.read(record)));
}

const folder = mkdtempSync(join(tmpdir(), "sipprot-fuzz-"));
process.once("exit", () => rmSync(folder, { recursive: true, force: true }));
const database = new CountryDatabase();
let databases = 0;
const addresses = ["1.1.1.1", "130.0.0.1", "255.255.255.255", "2001:db8::1", "::1"];

/** Takes it, or says why not and goes on with the last good one; every lookup answers, with a country or without. */
export const databaseTarget: Target = {
  name: "mmdb",
  seeds: [makeSmallDatabase()],
  async check(bytes) {
    databases += 1;
    // Another name each time, or a file of the same size within the same moment would count as known.
    const file = join(folder, `fuzz-${databases % 2}.mmdb`);
    writeFileSync(file, bytes);
    await database.follow(file);
    for (const address of addresses) {
      const country = database.countryOf(address);
      if (country !== undefined && !/^[A-Z]{2}$/.test(country)) throw new Error(`a country named ${country}`);
      const { prefixBits } = database.placeOf(address);
      if (!(prefixBits >= 0 && prefixBits <= 128)) throw new Error(`a prefix of ${prefixBits} bits`);
    }
    if (!["ok", "degraded"].includes(database.health.state)) throw new Error(database.health.detail);
  },
};

interface Parser {
  readonly safeParse: (value: unknown) => { readonly success: boolean };
}

/** The input parsers of every procedure. */
const procedures: Readonly<Record<string, unknown>> = appRouter._def.procedures;
const parsers = Object.entries(procedures).flatMap(([name, procedure]) =>
  (procedure as { readonly _def: { readonly inputs: readonly Parser[] } })._def.inputs.map((parser) => ({
    name,
    parser,
  })),
);

const values: readonly unknown[] = [
  ...[null, true, 0, -1, 1e308, 2 ** 53, "", "a".repeat(5000), "192.0.2.1", "::1", "deny", "allow", "\u0000"],
  ...[[], {}, "192.0.2.0/24", "2026-01-31", { list: "deny" }, [["a", "b"]], "__proto__", "constructor", "\ud800"],
];

function makeValue(random: Random, depth: number): unknown {
  if (depth === 0 || random(3) === 0) return pick(random, values);
  if (random(4) === 0) return Array.from({ length: random(5) }, () => makeValue(random, depth - 1));
  const names = [
    "list",
    "network",
    "note",
    "source",
    "limit",
    "place",
    "name",
    "password",
    "role",
    "settings",
    "__proto__",
  ];
  const entries = Array.from({ length: random(6) }, () => [pick(random, names), makeValue(random, depth - 1)]);
  return Object.fromEntries(entries);
}

/** Every procedure's input is taken or refused, never thrown over, whatever JSON comes. */
export const inputTarget: Target = {
  name: "trpc",
  seeds: values.map((value) => Buffer.from(JSON.stringify({ list: "deny", network: value, place: [value] }))),
  make: (random) => Buffer.from(JSON.stringify(makeValue(random, 4))),
  check(bytes) {
    let value: unknown;
    try {
      value = JSON.parse(bytes.toString("utf8"));
    } catch {
      return;
    }
    for (const { name, parser } of parsers) {
      const { success } = parser.safeParse(value);
      if (typeof success !== "boolean") throw new Error(`${name} neither took nor refused it`);
    }
  },
};
