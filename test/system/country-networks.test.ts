/** The networks of a country out of the built-in database, which is walked whole. */
import { networkContains } from "@sipprot/shared/address";
import { CountryDatabase } from "@sipprot/shared/country-database";
import { expect, it } from "vitest";
import { listCountryNetworks } from "../../proxy/src/geo/country-networks.ts";

it("the networks of a country agree with looking each address up", async () => {
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
