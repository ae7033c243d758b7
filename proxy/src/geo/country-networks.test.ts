import { networkContains } from "@sipprot/shared/address";
import { describe, expect, it } from "vitest";
import { CountryDatabase } from "./country-database.ts";
import { listCountryNetworks } from "./country-networks.ts";

describe("the networks of countries", () => {
  it("join neighbours, leave out the unknown, and keep IPv4 and IPv6 apart", async () => {
    const table: Record<string, [string | undefined, number]> = {
      "0.0.0.0": [undefined, 1],
      "128.0.0.0": ["FR", 3],
      "160.0.0.0": ["FR", 3],
      "192.0.0.0": ["DE", 2],
      "2000::": [undefined, 4],
      "3000::": ["FR", 4],
    };
    const lookUp = (address: string) => {
      const [country, prefixBits] = table[address] ?? ["", 0];
      return { country, prefixBits };
    };
    expect(await listCountryNetworks(lookUp, (country) => country === "FR")).toEqual(["128.0.0.0/2", "3000::/4"]);
    expect(await listCountryNetworks(lookUp, () => true)).toEqual(["128.0.0.0/1", "3000::/4"]);
  });

  it("of the built-in database agree with looking each address up", async () => {
    const database = new CountryDatabase();
    await database.follow("");
    const lookUp = (address: string) => database.placeOf(address);
    const networks = await listCountryNetworks(lookUp, (country) => country === "MC");
    expect(networks.length).toBeGreaterThan(5);
    for (const network of networks) expect(database.countryOf(network.split("/")[0] ?? "")).toBe("MC");
    expect(networks.some((network) => networkContains(network, "80.94.96.1"))).toBe(
      database.countryOf("80.94.96.1") === "MC",
    );
    expect(new Set(networks.map((network) => network.includes(":")))).toEqual(new Set([false, true]));
  });
});
