/**
 * The benchmarks that need a real Asterisk: `guesses` and `floods`.
 *
 * npm run build && sudo node test/bench/with-lab.mjs guesses|floods [--seconds 15] [--out FILE.json]
 */
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { runnerImport } from "vite";
import { makeFolder, onEnd, runToEnd } from "./left-over.mjs";
import { writeCountryFile } from "./peers/country-file.mjs";
import { findMissingPeer } from "./peers/present.mjs";
import { writeResults } from "./results.mjs";
import { buildLoad } from "./two-ends.mjs";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { seconds: { type: "string" }, out: { type: "string" }, only: { type: "string" } },
});
const [part = "guesses"] = positionals;
await runToEnd(async () => {
  // Node 20 cannot run TypeScript by itself; the test runner's own loader can.
  const { module } = await runnerImport(fileURLToPath(new URL(`${part}.ts`, import.meta.url)), {
    root: fileURLToPath(new URL("../..", import.meta.url)),
    configFile: false,
    resolve: { conditions: ["source"] },
    logLevel: "error",
  });
  const folder = makeFolder();
  const countryFile = `${folder}/country.mmdb`;
  writeCountryFile(countryFile);
  const notes = ["kamailio", "fail2ban-server"].map(findMissingPeer);
  const found = await module.measure({
    folder,
    onEnd,
    countryFile,
    load: buildLoad(folder),
    seconds: values.seconds === undefined ? undefined : Number(values.seconds),
    only: values.only?.split(","),
    hasKamailio: notes[0] === undefined,
    hasFail2ban: notes[1] === undefined,
  });
  writeResults(part, { ...found, notes: notes.filter((note) => note !== undefined) }, values.out);
});
