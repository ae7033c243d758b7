import { expect, it } from "vitest";
import { readTypedNetworks } from "./typed-networks.ts";

it("Networks are typed as people write lists, and come out each once in one spelling", () => {
  expect(readTypedNetworks("192.0.2.7, 198.51.100.0/24;2001:DB8::/32\n192.0.2.7/32  \n")).toEqual({
    networks: ["192.0.2.7", "198.51.100.0/24", "2001:db8::/32"],
    wrong: [],
  });
  expect(readTypedNetworks("  ")).toEqual({ networks: [], wrong: [] });
});
it("What is no network is told as it was typed", () => {
  expect(readTypedNetworks("192.0.2.7 pbx.example 300.1.1.1")).toEqual({
    networks: ["192.0.2.7"],
    wrong: ["pbx.example", "300.1.1.1"],
  });
});
