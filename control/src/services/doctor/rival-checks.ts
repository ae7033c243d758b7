/** Doctor: other programs of this machine that ban by what the PBX logs, and whether they would ban the proxy. */
import { execFile } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { networkContains, parseNetwork } from "@sipprot/shared/address";
import { type Diagnosis, ok, problem, warning } from "./diagnosis.ts";

const NAME = "other guards";
/** Programs that read PBX logs and ban addresses on their own, by the names of their processes. */
const rivalNames = ["fail2ban-server", "crowdsec", "denyhosts", "sipban", "voipfirewalld"];
/** What the names and the logs of jails have in them that are about the PBX. */
const aboutPbx = /asterisk|freeswitch|kamailio|opensips|freepbx|pbx|sip/i;

/** A jail of fail2ban that reads the log of a PBX. */
export interface Jail {
  readonly name: string;
  /** Addresses and networks it never bans, as it prints them. */
  readonly ignored: readonly string[];
  /** True when it never bans an address of its own host. */
  readonly ignoresSelf: boolean;
}

/** `proxyAddress` is where the PBX sees every phone come from in relay mode. */
export async function checkRivals(path: string | undefined, proxyAddress: string): Promise<Diagnosis> {
  const running = findProcesses(rivalNames);
  const jails = running.includes("fail2ban-server") ? await readJails() : undefined;
  return judgeRivals(running, jails, path, proxyAddress);
}

/** `jails` are those about the PBX, or undefined when fail2ban does not tell. */
export function judgeRivals(
  running: readonly string[],
  jails: readonly Jail[] | undefined,
  path: string | undefined,
  proxyAddress: string,
): Diagnosis {
  const isJailed = jails === undefined || jails.length > 0;
  const dangerous = running.filter((one) => one !== "fail2ban-server" || isJailed);
  if (dangerous.length === 0) return ok(NAME, "no other program bans SIP addresses here");
  const names = dangerous.join(", ");
  const of = jails === undefined || !isJailed ? "" : ` (${jails.map(({ name }) => name).join(", ")})`;
  if (path !== "relay") {
    return warning(
      NAME,
      `${names}${of} counts by address and may ban a whole office for one phone`,
      "switch its rules for the PBX off; sipprot does their work",
    );
  }
  const isExempt = jails?.every((jail) => neverBans(jail, proxyAddress)) ?? false;
  if (isExempt && dangerous.every((one) => one === "fail2ban-server")) {
    return ok(NAME, `fail2ban${of} watches the PBX, and never bans ${proxyAddress}, where the proxy comes from`);
  }
  return problem(
    NAME,
    `${names}${of} may ban the proxy itself: in relay mode every phone has its address, ${proxyAddress}, in the PBX's log`,
    `switch its rules for the PBX off, or exempt ${proxyAddress} (fail2ban: ignoreip)`,
  );
}

function neverBans({ ignored, ignoresSelf }: Jail, proxyAddress: string): boolean {
  return ignoresSelf || ignored.some((text) => contains(text, proxyAddress));
}

/** Names of hosts are among what may be ignored; they are not looked up. */
function contains(text: string, address: string): boolean {
  try {
    return networkContains(parseNetwork(text), address);
  } catch {
    return false;
  }
}

/**
 * The jails about the PBX, by their names and the logs they read; undefined when fail2ban does not answer. `client` is
 * the command that asks it.
 */
export async function readJails(client: readonly string[] = ["fail2ban-client"]): Promise<Jail[] | undefined> {
  const ask = (...words: string[]) => run([...client, ...words]);
  const status = await ask("status");
  if (status === undefined) return undefined;
  const names = /Jail list:(.*)/.exec(status)?.[1]?.split(",") ?? [];
  const jails = await Promise.all(
    names.map(async (text) => {
      const name = text.trim();
      const [logs = "", ignored = "", self = ""] = await Promise.all([
        ask("get", name, "logpath"),
        ask("get", name, "ignoreip"),
        ask("get", name, "ignoreself"),
      ]);
      const isAboutPbx = aboutPbx.test(name) || aboutPbx.test(itemsOf(logs).join(" "));
      return isAboutPbx ? [{ name, ignored: itemsOf(ignored), ignoresSelf: self.trim() === "True" }] : [];
    }),
  );
  return jails.flat();
}

/** The lines of a list as fail2ban draws it: `|- 127.0.0.0/8`, the last one begins with a backtick. */
function itemsOf(drawn: string): string[] {
  return [...drawn.matchAll(/^[|`]- (.*)$/gm)].map(([, item = ""]) => item.trim());
}

function findProcesses(names: readonly string[]): string[] {
  const found = new Set<string>();
  try {
    for (const entry of readdirSync("/proc")) {
      if (!/^\d+$/.test(entry)) continue;
      // The kernel cuts a process's name after 15 characters.
      const comm = readProcessName(entry);
      const name = names.find((one) => one.slice(0, 15) === comm);
      if (name !== undefined) found.add(name);
    }
  } catch {
    // Not Linux: nothing can be said.
  }
  return [...found];
}

function readProcessName(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/comm`, "utf8").trim();
  } catch {
    return "";
  }
}

function run([command = "", ...args]: readonly string[]): Promise<string | undefined> {
  return new Promise((resolve) => {
    execFile(command, args, { timeout: 3000 }, (error, stdout) => resolve(error === null ? stdout : undefined));
  });
}
