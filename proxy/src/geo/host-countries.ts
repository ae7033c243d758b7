/** The country database of the main process: closes the whole host to countries; the workers have their own for the messages. */
import { CountryDatabase } from "@sipprot/shared/country-database";
import { listCountryNetworks } from "./country-networks.ts";

export class HostCountries {
  readonly #database = new CountryDatabase();
  readonly #file: () => string;

  /** `file` tells the operator's database as it is set now, or "" for the built-in one. */
  constructor(file: () => string) {
    this.#file = file;
  }

  /** All networks whose country is wanted, by the database as it is now. */
  async listNetworks(isWanted: (country: string) => boolean): Promise<string[]> {
    await this.#database.follow(this.#file());
    return listCountryNetworks((address) => this.#database.placeOf(address), isWanted);
  }

  /** True when there is another database than when this was asked last. */
  hasChanged(): Promise<boolean> {
    return this.#database.follow(this.#file());
  }
}
