/** `npm run fuzz [-- --minutes N]`: all fuzzers in turn, N minutes in all; prints for each the inputs, the seed, the slowest in ms. */
import { spawnSync } from "node:child_process";
import { parseArgs } from "node:util";

const { values } = parseArgs({ options: { minutes: { type: "string", default: "60" } } });
if (!(Number(values.minutes) > 0)) throw new RangeError(`--minutes ${values.minutes}: expected a number above 0`);
const args = ["node_modules/vitest/vitest.mjs", "run", "--project", "system", "test/fuzz/fuzz.test.ts"];
const { status } = spawnSync(process.execPath, args, {
  stdio: "inherit",
  env: { ...process.env, FUZZ_MINUTES: values.minutes },
});
process.exitCode = status ?? 1;
