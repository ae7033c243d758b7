/** Which country an address is registered in: the built-in database or the operator's own. */
import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { splitNetwork } from "@sipprot/shared/address";
import { open, type Reader, type Response } from "maxmind";

const builtInFile = createRequire(import.meta.url).resolve(
  "@ip-location-db/geo-whois-asn-country-mmdb/geo-whois-asn-country.mmdb",
);

const names = {
  en: new Intl.DisplayNames(["en"], { type: "region", fallback: "code" }),
  fr: new Intl.DisplayNames(["fr"], { type: "region", fallback: "code" }),
};

/** The name of a country by its ISO 3166-1 code; "" for none, and what is not a code stays as it is. */
export function nameCountry(code: string, language: keyof typeof names): string {
  return /^[A-Z]{2}$/.test(code) ? (names[language].of(code) ?? code) : code;
}

/** A country by its ISO 3166-1 code and its English name; both empty when it is not known. */
export interface Country {
  readonly code: string;
  readonly name: string;
}

const unknownCountry: Country = { code: "", name: "" };

/** Looks countries up. Open one with `openCountries`. */
export class Countries {
  readonly #reader: Reader<Response>;

  constructor(reader: Reader<Response>) {
    this.#reader = reader;
  }

  /** The country of a canonical address or of the first address of a network. */
  find(canonical: string): Country {
    const code = this.findCode(canonical);
    return code === "" ? unknownCountry : { code, name: nameCountry(code, "en") };
  }

  /** The code alone, empty when it is not known: half a million are asked for at once. */
  findCode(canonical: string): string {
    return this.#findCode(splitNetwork(canonical).address) ?? "";
  }

  /** A database that is damaged in one place still serves in the others. */
  #findCode(address: string): string | undefined {
    try {
      return findCode(this.#reader.get(address));
    } catch {
      return undefined;
    }
  }
}

/**
 * Opens the operator's database (setting `geoDatabaseFile`), or the built-in one when that is empty, missing or damaged:
 * a country column is not worth a failing command. `doctor` tells of a file that cannot be read.
 */
export async function openCountries(operatorsFile: string): Promise<Countries> {
  if (operatorsFile !== "" && existsSync(operatorsFile)) {
    try {
      return new Countries(await open(operatorsFile));
    } catch {
      // Damaged or of another kind: the built-in one serves.
    }
  }
  return new Countries(await open(builtInFile));
}

/** The two layouts in use: `country_code` at the top (ip-location-db), `country.iso_code` (GeoLite2, GeoIP2). */
function findCode(record: unknown): string | undefined {
  if (typeof record !== "object" || record === null) return undefined;
  if ("country_code" in record) return codeOf(record.country_code);
  if (!("country" in record) || typeof record.country !== "object" || record.country === null) return undefined;
  return "iso_code" in record.country ? codeOf(record.country.iso_code) : undefined;
}

function codeOf(value: unknown): string | undefined {
  return typeof value === "string" && /^[A-Z]{2}$/.test(value) ? value : undefined;
}
