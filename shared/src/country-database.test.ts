import { mkdtemp, readFile, rm, truncate, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { CountryDatabase } from "./country-database.ts";

const builtIn = createRequire(import.meta.url).resolve(
  "@ip-location-db/geo-whois-asn-country-mmdb/geo-whois-asn-country.mmdb",
);
let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "relay-geo-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

describe("the country database", () => {
  it("knows addresses of both families from the built-in database", async () => {
    const database = new CountryDatabase();
    expect(database.countryOf("8.8.8.8")).toBeUndefined();
    expect(database.health.state).toBe("failed");
    expect(await database.follow("")).toBe(true);
    expect(database.countryOf("8.8.8.8")).toBe("US");
    expect(database.countryOf("2001:4860::1")).toBe("US");
    expect(database.health.state).toBe("ok");
  });

  it("does not know private and documentation addresses, and survives what is no address", async () => {
    const database = new CountryDatabase();
    await database.follow("");
    for (const address of ["192.0.2.1", "10.0.0.1", "", "nonsense"]) {
      expect(database.countryOf(address)).toBeUndefined();
    }
  });

  it("reads a file again only when it changed", async () => {
    const database = new CountryDatabase();
    await database.follow("");
    expect(await database.follow("")).toBe(false);
  });

  it("keeps the last good one while the operator's file is rubbish, cut short or missing, and says so", async () => {
    const file = join(folder, "own.mmdb");
    await writeFile(file, await readFile(builtIn));
    const database = new CountryDatabase();
    expect(await database.follow(file)).toBe(true);

    await truncate(file, 1_000_000);
    expect(await database.follow(file)).toBe(false);
    expect(database.countryOf("8.8.8.8")).toBe("US");
    expect(database.health).toMatchObject({ state: "degraded", detail: expect.stringContaining("last good file") });

    await rm(file);
    await database.follow(file);
    expect(database.countryOf("8.8.8.8")).toBe("US");

    await writeFile(file, await readFile(builtIn));
    expect(await database.follow(file)).toBe(true);
    expect(database.health.state).toBe("ok");
  });

  it("begins with the built-in database when the operator's file was never good", async () => {
    const database = new CountryDatabase();
    await database.follow(join(folder, "missing.mmdb"));
    expect(database.countryOf("8.8.8.8")).toBe("US");
    expect(database.health).toMatchObject({ state: "degraded", detail: expect.stringContaining("missing.mmdb") });
  });
});
