/** Runs one script of package.json and shows what it said when it ends: lines of several scripts between each other tell nothing. */
import { spawn } from "node:child_process";

/**
 * @param {string} name
 * @returns {Promise<boolean>} whether it ended well
 */
export function runScript(name) {
  const startedAtMs = Date.now();
  return new Promise((resolve) => {
    const child = spawn("npm", ["run", "--silent", name], { stdio: ["ignore", "pipe", "pipe"] });
    /** @type {Buffer[]} */
    const said = [];
    for (const stream of [child.stdout, child.stderr]) stream.on("data", (bytes) => said.push(bytes));
    child.on("error", (error) => said.push(Buffer.from(`${error.message}\n`)));
    child.on("close", (code) => {
      process.stdout.write(`\n> ${name}: ${code === 0 ? "passed" : "failed"} after ${since(startedAtMs)}\n`);
      process.stdout.write(Buffer.concat(said));
      resolve(code === 0);
    });
  });
}

/**
 * The time that passed, such as `12.3 s`.
 * @param {number} startedAtMs
 */
export function since(startedAtMs) {
  return `${((Date.now() - startedAtMs) / 1000).toFixed(1)} s`;
}
