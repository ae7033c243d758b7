import { describe, expect, it } from "vitest";
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
});
