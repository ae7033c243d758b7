/** Countries as they are shown: the code and the name of the country an address is registered in. */
import { splitNetwork } from "@sipprot/shared/address";
import { CountryDatabase } from "@sipprot/shared/country-database";

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
  readonly #database: CountryDatabase;

  constructor(database: CountryDatabase) {
    this.#database = database;
  }

  /** The country of a canonical address or of the first address of a network. */
  find(canonical: string): Country {
    const code = this.findCode(canonical);
    return code === "" ? unknownCountry : { code, name: nameCountry(code, "en") };
  }

  /** The code alone, empty when it is not known: half a million are asked for at once. */
  findCode(canonical: string): string {
    return this.#database.countryOf(splitNetwork(canonical).address) ?? "";
  }
}

/**
 * Opens the operator's database (setting `geoDatabaseFile`), or the built-in one when that is empty, missing or damaged:
 * a country column is not worth a failing command. `doctor` tells of a file that cannot be read.
 */
export async function openCountries(operatorsFile: string): Promise<Countries> {
  const database = new CountryDatabase();
  await database.follow(operatorsFile);
  return new Countries(database);
}

/** The same for a program that asks again and again: a file is read again only when it changed. */
export function keepCountries(): (operatorsFile: string) => Promise<Countries> {
  const database = new CountryDatabase();
  return async (operatorsFile) => {
    await database.follow(operatorsFile);
    return new Countries(database);
  };
}
