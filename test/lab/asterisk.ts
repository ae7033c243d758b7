/** A running Asterisk in the PBX's namespace: started, asked, its security log read, stopped. */
import { existsSync } from "node:fs";
import { appendFile, cp, mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { asteriskChroot } from "./asterisk-chroot.ts";
import { asteriskConfiguration, type PbxPlace } from "./asterisk-configuration.ts";
import { type Namespace, type Running, run } from "./namespace.ts";
import { until } from "./until.ts";

/** Folder for the runs inside the chroot. */
const RUNS = "lab-runs";
const START_WITHIN_MS = 60_000;

/** One line of Asterisk's security log. */
export interface SecurityEvent {
  readonly event: string;
  /** When Asterisk noticed it, by its own clock; NaN when the line does not say. */
  readonly atMs: number;
  readonly account: string;
  /** Address the message came from, as Asterisk saw it. */
  readonly address: string;
  readonly port: number;
  readonly transport: string;
}

export interface Asterisk {
  /** Runs one command on Asterisk's console and returns what it prints. */
  command(text: string): Promise<string>;
  /** All events of the security log so far, oldest first. */
  securityLog(): Promise<SecurityEvent[]>;
  /** The file of that log, for programs that follow it. */
  readonly securityLogFile: string;
  /** Wrong passwords Asterisk wrote down from an address. */
  failuresFrom(address: string): Promise<number>;
  /** Registered contacts: the account and the URI Asterisk would call. */
  contacts(): Promise<{ account: string; uri: string }[]>;
  /** Its messages, for people who look why a test failed. */
  messages(): Promise<string>;
  /** The shell words before a console command, for people. */
  readonly consoleCommand: string;
  /** The real process in the PBX's namespace. */
  readonly running: Running;
  stop(): Promise<void>;
}

/** Starts Asterisk inside the namespace and waits until it is fully booted. */
export async function startAsterisk(pbx: Namespace, place: PbxPlace = "open"): Promise<Asterisk> {
  const root = await asteriskChroot();
  await removeDeadRuns(root);
  const inside = `/${RUNS}/${process.pid}-${Date.now().toString(36)}`;
  const folder = join(root, inside);
  for (const name of ["etc", "log", "run", "db", "spool", "cache"])
    await mkdir(join(folder, name), { recursive: true });
  await configure(root, folder, inside, place);
  const console = ["chroot", root, "asterisk", "-C", `${inside}/etc/asterisk.conf`];
  const running = pbx.start(console[0] ?? "", [...console.slice(1), "-f"]);
  const command = async (text: string) => {
    const { stdout } = await run(console[0] ?? "", [...console.slice(1), "-rx", text], { mayFail: true });
    return stdout;
  };
  const stop = async () => {
    await running.stop();
    await rm(folder, { recursive: true, force: true });
  };
  try {
    await until(async () => {
      if (running.hasExited) throw new Error(`Asterisk ended at once: ${running.output.slice(-2000)}`);
      return (await command("core waitfullybooted")).includes("fully booted");
    }, START_WITHIN_MS);
  } catch (error) {
    await stop();
    throw error;
  }
  const securityLogFile = join(folder, "log/security.log");
  const securityLog = async () => parseSecurityLog(await readFile(securityLogFile, "utf8").catch(() => ""));
  return {
    command,
    securityLog,
    securityLogFile,
    failuresFrom: async (address) =>
      (await securityLog()).filter((entry) => entry.address === address && isFailure(entry)).length,
    contacts: async () => parseContacts(await command("pjsip show contacts")),
    messages: () => readFile(join(folder, "log/messages.log"), "utf8"),
    consoleCommand: [...console, "-rx"].join(" "),
    running,
    stop,
  };
}

/**
 * True for a wrong password, of a known account or an unknown one: what a guesser causes, one line each.
 * (`InvalidAccountID` comes beside it, and for a first REGISTER without credentials too.)
 */
export function isFailure(entry: SecurityEvent): boolean {
  return entry.event === "ChallengeResponseFailed" || entry.event === "InvalidPassword";
}

/** Reads the lines of a security log: `… SecurityEvent="…",…,RemoteAddress="IPV4/UDP/192.0.2.7/5060",…`. */
export function parseSecurityLog(text: string): SecurityEvent[] {
  const events: SecurityEvent[] = [];
  for (const line of text.split("\n")) {
    const field = (name: string) => new RegExp(`${name}="([^"]*)"`).exec(line)?.[1] ?? "";
    const event = field("SecurityEvent");
    if (event === "") continue;
    const [, transport = "", address = "", port = ""] = field("RemoteAddress").split("/");
    const atMs = Date.parse(field("EventTV"));
    events.push({ event, atMs, account: field("AccountID"), address, port: Number(port), transport });
  }
  return events;
}

function parseContacts(text: string): { account: string; uri: string }[] {
  return [...text.matchAll(/^\s*Contact:\s+([^/\s]+)\/(\S+)/gm)].map(([, account = "", uri = ""]) => ({
    account,
    uri,
  }));
}

async function configure(root: string, folder: string, inside: string, place: PbxPlace): Promise<void> {
  const etc = join(folder, "etc");
  await cp(join(root, "etc/asterisk"), etc, { recursive: true });
  const stock = await readFile(join(etc, "asterisk.conf"), "utf8");
  const moduleFolder = /^astmoddir\s*=>\s*(\S+)/m.exec(stock)?.[1] ?? "/usr/lib/asterisk/modules";
  const { replaced, appended } = asteriskConfiguration(inside, moduleFolder, place);
  for (const [name, text] of Object.entries(replaced)) await writeFile(join(etc, name), text);
  for (const [name, text] of Object.entries(appended)) await appendFile(join(etc, name), text);
}

async function removeDeadRuns(root: string): Promise<void> {
  const runs = join(root, RUNS);
  await mkdir(runs, { recursive: true });
  for (const name of await readdir(runs)) {
    if (!existsSync(`/proc/${name.split("-")[0]}`)) await rm(join(runs, name), { recursive: true, force: true });
  }
}
