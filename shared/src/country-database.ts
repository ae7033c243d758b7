/** Which country an address is in: the database that comes with us, or the operator's own, read again when it changes. */
import { readFile, stat } from "node:fs/promises";
import { createRequire } from "node:module";
import { Reader, type Response } from "maxmind";
import type { PartHealth } from "./host.ts";

/** The CC0 database of whois and ASN data that comes by npm; both address families. */
const BUILT_IN = "@ip-location-db/geo-whois-asn-country-mmdb/geo-whois-asn-country.mmdb";
/** Largest file read: the biggest city database is about 150 MB. */
const MAX_FILE_BYTES = 256 * 1024 * 1024;
/** One lookup in each of these must work; a file cut short fails in some. */
const probes = Array.from({ length: 222 }, (_, index) => `${index + 1}.1.1.1`);
const countryCode = /^[A-Z]{2}$/;

type Health = Omit<PartHealth, "sinceMs">;

/** What one place in the database says: the country there, and how many leading bits share that answer. */
export interface CountryPlace {
  readonly country: string | undefined;
  readonly prefixBits: number;
}

/** Country lookups that always answer: while a new file is no database, the last good one stays in use. */
export class CountryDatabase {
  #reader: Reader<Response> | undefined;
  #file = "";
  #loadedMark = "";
  #health: Health = { part: "geo", state: "failed", detail: "no country database has been read yet" };

  /** How it stands, for health: `degraded` while the operator's file cannot be used and another serves. */
  get health(): Health {
    return this.#health;
  }

  /** ISO 3166-1 alpha-2 code of a canonical address; undefined when the database does not know it. Never throws. */
  countryOf(address: string): string | undefined {
    if (this.#reader === undefined) return undefined;
    try {
      return codeIn(this.#reader.get(address));
    } catch {
      return undefined;
    }
  }

  /** What the database says at a canonical address, and how many leading bits share that answer. Never throws. */
  placeOf(address: string): CountryPlace {
    const unknown = { country: undefined, prefixBits: address.includes(":") ? 128 : 32 };
    if (this.#reader === undefined) return unknown;
    try {
      const [record, prefixBits] = this.#reader.getWithPrefixLength(address);
      return { country: codeIn(record), prefixBits };
    } catch {
      return unknown;
    }
  }

  /**
   * Uses the operator's file, or the built-in database when the path is empty, if it changed since the last call (path,
   * size or time). Call it with each settings change and now and then. Never rejects; see `health`. True when it loaded.
   */
  async follow(operatorFile: string): Promise<boolean> {
    const file = operatorFile === "" ? builtInFile() : operatorFile;
    try {
      const { size, mtimeMs } = await stat(file);
      const mark = `${file} ${size} ${mtimeMs}`;
      if (mark === this.#loadedMark) {
        // It may have been another file that could not be used meanwhile.
        this.#health = { part: "geo", state: "ok", detail: "" };
        return false;
      }
      if (size > MAX_FILE_BYTES) throw new Error(`it has ${size} bytes, more than ${MAX_FILE_BYTES}`);
      this.#reader = readDatabase(await readFile(file));
      this.#file = file;
      this.#loadedMark = mark;
      this.#health = { part: "geo", state: "ok", detail: "" };
      return true;
    } catch (error) {
      await this.#keepLastGood(file, error);
      return false;
    }
  }

  async #keepLastGood(file: string, error: unknown): Promise<void> {
    const why = error instanceof Error ? error.message : String(error);
    if (this.#reader === undefined && file !== builtInFile()) await this.follow("");
    const serves = this.#file === builtInFile() ? "the built-in database" : "the last good file";
    this.#health = {
      part: "geo",
      state: this.#reader === undefined ? "failed" : "degraded",
      detail: `${file} is no country database (${why.slice(0, 200)}); ${
        this.#reader === undefined ? "no country is known" : `${serves} is used`
      }`.slice(0, 500),
    };
  }
}

function builtInFile(): string {
  return createRequire(import.meta.url).resolve(BUILT_IN);
}

/** Throws when the bytes are no database or no lookup in it gives a country. */
function readDatabase(bytes: Buffer): Reader<Response> {
  const reader = new Reader<Response>(bytes);
  if (!probes.some((probe) => codeIn(reader.get(probe)) !== undefined)) throw new Error("it names no countries");
  for (const probe of probes) reader.get(probe);
  return reader;
}

/** `country_code` of the built-in database, `country.iso_code` of GeoLite2 and GeoIP2. */
function codeIn(record: unknown): string | undefined {
  if (typeof record !== "object" || record === null) return undefined;
  const code =
    "country_code" in record
      ? record.country_code
      : "country" in record && typeof record.country === "object" && record.country !== null
        ? (record.country as { readonly iso_code?: unknown }).iso_code
        : undefined;
  return typeof code === "string" && countryCode.test(code) ? code : undefined;
}
