/** Builds the pages, and compresses what browsers load; does nothing when nothing changed since. Only Node's own modules. */
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, constants } from "node:zlib";

const root = fileURLToPath(new URL("..", import.meta.url));
const builtFrom = join(root, "web/.next/built-from");
/** What the pages are made of. The server beside them is compiled apart. */
const ingredients = [
  "web/src",
  "web/public",
  "web/package.json",
  "web/next.config.ts",
  "web/postcss.config.cjs",
  "web/tsconfig.json",
  "tsconfig.base.json",
  "shared/src",
  "control/src/client",
  "package-lock.json",
  "scripts/build-pages.mjs",
];
/** What becomes clearly smaller by compression. */
const compressible = /\.(js|css|json|svg)$/;

if (process.argv[1] === fileURLToPath(import.meta.url)) process.exitCode = buildPages() ? 0 : 1;

/** Returns whether the pages are there now. */
export function buildPages() {
  const state = describeState();
  if (readText(builtFrom) === state) return true;
  const { status } = spawnSync(process.execPath, [join(root, "node_modules/next/dist/bin/next"), "build"], {
    cwd: join(root, "web"),
    stdio: ["ignore", "inherit", "inherit"],
    env: { ...process.env, NEXT_TELEMETRY_DISABLED: "1", NODE_ENV: "production" },
  });
  if (status !== 0) return false;
  for (const file of listFiles(join(root, "web/.next/static"))) {
    if (!compressible.test(file)) continue;
    const bytes = readFileSync(file);
    const params = { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length };
    writeFileSync(`${file}.br`, brotliCompressSync(bytes, { params }));
  }
  writeFileSync(builtFrom, state);
  return true;
}

/** A hash over the names and contents of all ingredients, and the Node version. */
function describeState() {
  const hash = createHash("sha256").update(process.version);
  for (const ingredient of ingredients) {
    for (const file of listFiles(join(root, ingredient))) {
      if (!file.endsWith(".test.ts") && !file.includes("/dist/")) hash.update(file).update(readFileSync(file));
    }
  }
  return hash.digest("hex");
}

/**
 * The file itself, or all files below the folder, in order; nothing when it is not there.
 * @param {string} path
 * @returns {string[]}
 */
function listFiles(path) {
  try {
    return readdirSync(path, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      .sort();
  } catch (error) {
    const { code } = /** @type {NodeJS.ErrnoException} */ (error);
    if (code === "ENOTDIR") return [path];
    if (code === "ENOENT") return [];
    throw error;
  }
}

/**
 * @param {string} path
 * @returns {string | undefined}
 */
function readText(path) {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return undefined;
  }
}
