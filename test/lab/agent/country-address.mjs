/** Prints one address for each country code given, looked up in the database the gate uses by default: `["192.0.2.1", …]`. */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

const require = createRequire(new URL("../../../shared/package.json", import.meta.url));
const { Reader } = require("maxmind");
const folder = dirname(require.resolve("@ip-location-db/geo-whois-asn-country-mmdb/package.json"));
const reader = new Reader(readFileSync(join(folder, "geo-whois-asn-country.mmdb")));

/** @param {string} wanted */
function addressOf(wanted) {
  for (let first = 1; first < 224; first += 1) {
    // The lab's own links and what never travels.
    if ([10, 100, 127, 169, 172, 192, 198, 203].includes(first)) continue;
    for (let second = 0; second < 256; second += 5) {
      const address = `${first}.${second}.7.7`;
      const found = reader.get(address);
      if ((found?.country_code ?? found?.country?.iso_code) === wanted) return address;
    }
  }
  throw new Error(`no address of ${wanted} found`);
}

process.stdout.write(JSON.stringify(process.argv.slice(2).map(addressOf)));
