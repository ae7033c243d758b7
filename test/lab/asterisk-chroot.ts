/**
 * The folder with a real Asterisk 22: a small Debian sid, made once by debootstrap and kept outside the checkout.
 *
 * Rule: it is built beside its place and renamed into it, so that an interrupted build leaves nothing half-done in use.
 */
import { existsSync } from "node:fs";
import { mkdir, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { homedir } from "node:os";
import { join } from "node:path";
import { run } from "./namespace.ts";

/** Debian's development release: the one that carries Asterisk (its stable releases do not). */
const SUITE = "sid";
const FOLDER_NAME = `asterisk-${SUITE}`;
/** Half a minute on a good line; a slow mirror gets its time. */
const BUILD_WITHIN_MS = 900_000;

/** The folder for what is expensive to make: SIPPROT_LAB_CACHE, or sipprot-lab in the user's cache folder. */
export function cacheFolder(): string {
  const { SIPPROT_LAB_CACHE, XDG_CACHE_HOME } = process.env;
  return SIPPROT_LAB_CACHE || join(XDG_CACHE_HOME || join(homedir(), ".cache"), "sipprot-lab");
}

/** The root folder of the chroot; builds it when it is not there. Needs root, debootstrap and a Debian mirror. */
export async function asteriskChroot(): Promise<string> {
  const cache = cacheFolder();
  const place = join(cache, FOLDER_NAME);
  if (existsSync(place)) return place;
  await mkdir(cache, { recursive: true });
  await removeInterruptedBuilds(cache);
  const building = join(cache, `building-${process.pid}`);
  console.log(`lab: building ${place} (once, under a minute on a good line)`);
  await run("debootstrap", ["--variant=minbase", "--include=asterisk", SUITE, building, await debianMirror()], {
    timeoutMs: BUILD_WITHIN_MS,
    env: await proxyOfApt(),
  });
  // Name look-ups must fail at once: Asterisk asks for its own host name and would block an INVITE for 20 s.
  await writeFile(join(building, "etc/resolv.conf"), "nameserver 127.0.0.1\n");
  await rm(join(building, "var/cache/apt/archives"), { recursive: true, force: true });
  try {
    await rename(building, place);
  } catch (error) {
    // Another run was faster: its folder is as good.
    if (!existsSync(place)) throw error;
    await rm(building, { recursive: true, force: true });
  }
  return place;
}

async function removeInterruptedBuilds(cache: string): Promise<void> {
  for (const name of await readdir(cache)) {
    const pid = /^building-(\d+)$/.exec(name)?.[1];
    if (pid !== undefined && !existsSync(`/proc/${pid}`)) await rm(join(cache, name), { recursive: true, force: true });
  }
}

/** The Debian mirror this machine installs from, out of its apt sources. */
async function debianMirror(): Promise<string> {
  const folder = "/etc/apt/sources.list.d";
  const files = existsSync(folder) ? (await readdir(folder)).map((name) => join(folder, name)) : [];
  for (const file of ["/etc/apt/sources.list", ...files.sort()]) {
    if (!existsSync(file)) continue;
    const mirror = mirrorIn(await readFile(file, "utf8"));
    if (mirror !== undefined) return mirror;
  }
  throw new Error(
    "no Debian mirror in /etc/apt/sources.list or sources.list.d: the lab needs one to build its Asterisk",
  );
}

/** The first archive named `…/debian` in a sources file, one-line or deb822. */
export function mirrorIn(text: string): string | undefined {
  const lines = text.split("\n").filter((line) => !line.trim().startsWith("#"));
  return /(?:^deb\s+(?:\[[^\]]*\]\s+)?|^URIs:\s*)(https?:\/\/\S+?\/debian)\/?(?=\s|$)/m.exec(lines.join("\n"))?.[1];
}

/** The proxy apt is set to use, for debootstrap's own downloads. */
async function proxyOfApt(): Promise<Record<string, string>> {
  const { stdout } = await run("apt-config", ["shell", "PROXY", "Acquire::http::Proxy"], { mayFail: true });
  const proxy = /PROXY='([^']+)'/.exec(stdout)?.[1];
  return proxy === undefined ? {} : { http_proxy: proxy };
}
