/** `npm run check`: runs the checks that are named, several at a time, shows what each said when it ends, and fails if one failed. */
import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";

process.chdir(fileURLToPath(new URL("..", import.meta.url)));
const startedAtMs = Date.now();
const failed = (await Promise.all(process.argv.slice(2).map(check))).filter((name) => name !== undefined);
process.stdout.write(`\n${failed.length === 0 ? "all checks passed" : `failed: ${failed.join(", ")}`} in ${since()}\n`);
process.exitCode = failed.length === 0 ? 0 : 1;

/**
 * Runs one script of package.json.
 * @param {string} name
 * @returns {Promise<string | undefined>} its name when it failed
 */
function check(name) {
  return new Promise((resolve) => {
    const child = spawn("npm", ["run", "--silent", name], { stdio: ["ignore", "pipe", "pipe"] });
    // Its output is shown whole: lines of several checks between each other tell nothing.
    /** @type {Buffer[]} */
    const said = [];
    for (const stream of [child.stdout, child.stderr]) stream.on("data", (bytes) => said.push(bytes));
    child.on("error", (error) => said.push(Buffer.from(`${error.message}\n`)));
    child.on("close", (code) => {
      process.stdout.write(`\n> ${name}: ${code === 0 ? "passed" : "failed"} after ${since()}\n`);
      process.stdout.write(Buffer.concat(said));
      resolve(code === 0 ? undefined : name);
    });
  });
}

function since() {
  return `${((Date.now() - startedAtMs) / 1000).toFixed(1)} s`;
}
