/** Programs the product or its tests need, the Debian packages that bring them, and how they are installed. */
import { spawnSync } from "node:child_process";
import { accessSync, constants, existsSync, rmSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";

/** A program; with `file` that has to be there too. @typedef {{ command: string, package: string, why: string, file?: string }} Need */

const redis = { command: "redis-server", package: "redis-server", why: "keeps lists, settings and blocks" };
const nft = { command: "nft", package: "nftables", why: "steers SIP through the proxy and drops repeat offenders" };
const ip = { command: "ip", package: "iproute2", why: "tells which addresses are whose" };

/** What `npm test` needs beside: real attackers, phones, TFTP, DNS, a browser and a chroot for a real Asterisk. */
const testNeeds = [
  { command: "sipp", package: "sip-tester", why: "phones and load" },
  { command: "svcrack", package: "sipvicious", why: "real attacks" },
  { command: "sipsak", package: "sipsak", why: "odd requests" },
  { command: "tcpdump", package: "tcpdump", why: "compares bytes on both sides" },
  { command: "dnsmasq", package: "dnsmasq-base", why: "real DNS answers" },
  { command: "in.tftpd", package: "tftpd-hpa", why: "real TFTP" },
  { command: "tftp", package: "tftp-hpa", why: "real TFTP" },
  { command: "curl", package: "curl", why: "asks the gate for its health inside a namespace" },
  { command: "ping", package: "iputils-ping", why: "traffic that is not SIP" },
  { command: "conntrack", package: "conntrack", why: "looks at connection tracking" },
  { command: "python3", package: "python3", why: "sends what Node cannot: packets with source port 0" },
  { command: "fail2ban-server", package: "fail2ban", why: "guards what the doctor must notice" },
  { command: "php", package: "php-cli", why: "runs the example for PBXs in PHP" },
  { command: "zsh", package: "zsh", why: "completes commands with TAB" },
  { command: "fish", package: "fish", why: "completes commands with TAB" },
  { command: "kamailio", package: "kamailio", why: "a PBX that needs no root, behind the gate in relay mode" },
  { command: "chromium", package: "chromium", why: "opens the pages as people do" },
  { command: "debootstrap", package: "debootstrap", why: "builds the chroot of a real Asterisk" },
];

/** What `npm run bench` needs beside the tests' needs: a load generator cheaper than what it measures. */
const benchNeeds = [
  { command: "cc", package: "gcc", why: "translates the load generator" },
  { command: "cc", package: "libc6-dev", why: "translates the load generator", file: "/usr/include/stdio.h" },
  { command: "taskset", package: "util-linux", why: "gives each its processor" },
];

/** Programs of the tests that the benchmarks use too. */
const benchTests = new Set(["svcrack", "debootstrap"]);

/** Whom the benchmarks compare with. Without one of them its rows are missing. */
const peers = [
  { command: "kamailio", package: "kamailio", why: "is compared with" },
  {
    ...{ command: "kamailio", package: "kamailio-geoip2-modules", why: "gives Kamailio countries" },
    file: "/usr/share/doc/kamailio-geoip2-modules",
  },
  { command: "fail2ban-server", package: "fail2ban", why: "is compared with" },
];

/** Services that packages above enable by themselves; nothing of ours uses them. */
const unwantedServices = ["redis-server.service", "tftpd-hpa.service", "kamailio.service", "fail2ban.service"];

const POLICY_FILE = "/usr/sbin/policy-rc.d";

/**
 * What this installation needs to run.
 * @param {{ isRoot: boolean, environment: Record<string, string | undefined>, configText: string }} facts
 * @returns {Need[]}
 */
export function neededToRun({ isRoot, environment, configText }) {
  const mode = readSetting("SIPPROT_MODE", environment, configText) ?? "auto";
  const wantsKernel = mode === "transparent" || (mode === "auto" && isRoot);
  const hasOwnRedis = readSetting("SIPPROT_REDIS_URL", environment, configText) === undefined;
  return [...(hasOwnRedis ? [redis] : []), ...(wantsKernel ? [nft, ip] : [])];
}

/** What the tests need. @returns {Need[]} */
export function neededToTest() {
  return [redis, nft, ip, ...testNeeds];
}

/** What the benchmarks cannot do without. @returns {Need[]} */
export function neededToBench() {
  return [redis, nft, ip, ...testNeeds.filter(({ command }) => benchTests.has(command)), ...benchNeeds];
}

/** Whom the benchmarks compare with. @returns {Need[]} */
export function benchPeers() {
  return peers;
}

/**
 * Those of the needs whose program is in none of the folders.
 * @param {Need[]} wanted
 * @param {(command: string) => boolean} isInstalled
 * @returns {Need[]}
 */
export function findMissing(wanted, isInstalled = hasCommand) {
  return wanted.filter((need) => !isInstalled(need.command) || (need.file !== undefined && !existsSync(need.file)));
}

/**
 * The command that installs the packages, for people.
 * @param {Need[]} missing
 */
export function describeInstall(missing) {
  return `apt-get install -y ${[...new Set(missing.map((need) => need.package))].join(" ")}`;
}

/**
 * Installs packages with apt-get, without letting any of them start a service. Says what it does through `say`.
 * @param {Need[]} missing
 * @param {(line: string) => void} say
 * @returns {string | undefined} what went wrong, as one sentence with its remedy
 */
export function installPackages(missing, say) {
  const command = describeInstall(missing);
  for (const need of missing) say(`missing: ${need.command} (package ${need.package}), which ${need.why}`);
  if (process.getuid?.() !== 0) return `Not root, so nothing was installed. Run: sudo ${command}`;
  if (!hasCommand("apt-get")) return `There is no apt-get here. Install what is missing with this system's own tools.`;
  const present = unwantedServices.filter(isServiceKnown);
  say(command);
  const undo = forbidServiceStarts();
  try {
    if (!apt(missing) && (runQuietly("apt-get", ["update"]) === false || !apt(missing))) {
      return `apt-get could not install the packages. Run by hand to see why: ${command}`;
    }
  } finally {
    undo();
  }
  for (const service of unwantedServices) {
    // A service that was there before is the operator's; one that came with our package would start at the next boot.
    if (!present.includes(service) && isServiceKnown(service)) runQuietly("systemctl", ["disable", "--now", service]);
  }
  const still = findMissing(missing);
  if (still.length === 0) return undefined;
  return `Still missing after the installation: ${still.map((need) => need.command).join(", ")}.`;
}

/**
 * True when a program is in the search path or in one of the folders that ordinary users' paths lack.
 * @param {string} command
 */
export function hasCommand(command) {
  const folders = [...(process.env.PATH ?? "").split(delimiter), "/usr/sbin", "/sbin", "/usr/local/sbin"];
  return folders.some((folder) => folder !== "" && isExecutable(join(folder, command)));
}

/** @param {Need[]} missing */
function apt(missing) {
  const packages = missing.map((need) => need.package);
  return runQuietly("apt-get", ["install", "-y", "--no-install-recommends", ...new Set(packages)]);
}

/**
 * @param {string} command
 * @param {string[]} args
 */
function runQuietly(command, args) {
  const environment = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  return spawnSync(command, args, { stdio: ["ignore", "ignore", "inherit"], env: environment }).status === 0;
}

/** Debian asks policy-rc.d before it starts a service of a package. @returns {() => void} what puts things back */
function forbidServiceStarts() {
  if (existsSync(POLICY_FILE)) return () => {};
  writeFileSync(POLICY_FILE, "#!/bin/sh\nexit 101\n", { mode: 0o755 });
  return () => rmSync(POLICY_FILE, { force: true });
}

/** @param {string} service */
function isServiceKnown(service) {
  return ["/lib/systemd/system", "/usr/lib/systemd/system", "/etc/systemd/system"].some((folder) =>
    existsSync(join(folder, service)),
  );
}

/** @param {string} path */
function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/**
 * The value of a boot setting before anything that can parse the file is built: the environment wins.
 * @param {string} name
 * @param {Record<string, string | undefined>} environment
 * @param {string} configText
 * @returns {string | undefined}
 */
function readSetting(name, environment, configText) {
  const inFile = new RegExp(`^\\s*${name}\\s*=\\s*["']?([^"'\\n]*)`, "m").exec(configText)?.[1];
  return environment[name]?.trim() || inFile?.trim() || undefined;
}
