/** Addresses of chosen countries, for tests of geo protection: used inside the lab's namespaces only. */
import { fileURLToPath } from "node:url";
import { run } from "./namespace.ts";

const program = fileURLToPath(new URL("agent/country-address.mjs", import.meta.url));

/** One address for each country code, in order. */
export async function addressesOf(...countries: readonly string[]): Promise<string[]> {
  return JSON.parse((await run(process.execPath, [program, ...countries])).stdout) as string[];
}
