/** An earlier version of the proxy out of this repository's history, compiled in a folder of its own. */
import { mkdir, mkdtemp, readdir, rm, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { run } from "./namespace.ts";

const checkout = fileURLToPath(new URL("../..", import.meta.url));
const workspaces = ["shared", "proxy"];

export interface EarlierVersion {
  readonly commit: string;
  /** The main program of its proxy. */
  readonly program: string;
  remove(): Promise<void>;
}

/** Builds the last version before a day; in a checkout without that much history, the one that is checked out. */
export async function buildEarlierVersion(before: string): Promise<EarlierVersion> {
  const git = async (...args: string[]) => (await run("git", args, { cwd: checkout })).stdout.trim();
  const commit = (await git("rev-list", "-1", `--before=${before}`, "HEAD")) || (await git("rev-parse", "HEAD"));
  const folder = await mkdtemp(join(tmpdir(), "sipprot-earlier-"));
  const remove = () => rm(folder, { recursive: true, force: true });
  try {
    await run(
      "sh",
      ["-c", `git archive ${commit} tsconfig.base.json package.json ${workspaces.join(" ")} | tar -x -C ${folder}`],
      {
        cwd: checkout,
      },
    );
    await linkPackages(folder);
    await run(process.execPath, ["node_modules/typescript/bin/tsc", "-b", "proxy"], {
      cwd: folder,
      timeoutMs: 280_000,
    });
  } catch (error) {
    await remove();
    throw error;
  }
  return { commit, program: join(folder, "proxy/dist/main.js"), remove };
}

/** The installed packages serve both versions, but each has its own workspaces. */
async function linkPackages(folder: string): Promise<void> {
  const packages = join(folder, "node_modules");
  await mkdir(join(packages, "@sipprot"), { recursive: true });
  for (const name of await readdir(join(checkout, "node_modules")))
    if (name !== "@sipprot") await symlink(join(checkout, "node_modules", name), join(packages, name));
  for (const name of workspaces) await symlink(join(folder, name), join(packages, "@sipprot", name));
}
