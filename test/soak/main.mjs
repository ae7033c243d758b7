/** `npm run soak [-- --minutes N]`: mixed traffic with attacks, reloads and deaths of Redis; the result goes into docs/reliability.md. */
import { spawnSync } from "node:child_process";
import { parseArgs } from "node:util";

const { values } = parseArgs({ options: { minutes: { type: "string", default: "60" } } });
if (!(Number(values.minutes) > 0)) throw new RangeError(`--minutes ${values.minutes}: expected a number above 0`);
const { status } = spawnSync(process.execPath, ["node_modules/vitest/vitest.mjs", "run", "--project", "soak"], {
  stdio: "inherit",
  env: { ...process.env, SOAK_MINUTES: values.minutes },
});
process.exitCode = status ?? 1;
