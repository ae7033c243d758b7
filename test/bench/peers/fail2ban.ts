/** fail2ban in the PBX's namespace, with a configuration folder, socket and ban table of its own; nothing of the machine's is touched. */
import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Namespace } from "../../lab/namespace.ts";
import { until } from "../../lab/until.ts";

const jailFile = fileURLToPath(new URL("fail2ban/jail.local", import.meta.url));
const READY_WITHIN_MS = 20_000;

export interface Fail2ban {
  /** What it wrote into its log: bans with their time. */
  log(): Promise<string>;
  stop(): Promise<void>;
}

/** Starts it on a log file of Asterisk and waits until it follows it. */
export async function startFail2ban(pbx: Namespace, securityLog: string): Promise<Fail2ban> {
  const folder = await mkdtemp(join(tmpdir(), "sipprot-bench-fail2ban-"));
  const configuration = join(folder, "etc");
  await cp("/etc/fail2ban", configuration, { recursive: true });
  // Debian switches on a jail for sshd, whose log is none of ours.
  await rm(join(configuration, "jail.d"), { recursive: true, force: true });
  const jail = await readFile(jailFile, "utf8");
  await writeFile(join(configuration, "jail.local"), jail.replaceAll("@SECURITY_LOG@", securityLog));
  await writeFile(join(configuration, "fail2ban.local"), "[Definition]\ndbfile = None\n");
  const logFile = join(folder, "log");
  const place = ["-c", configuration, "-s", join(folder, "socket"), "-p", join(folder, "pid")];
  const running = pbx.start("fail2ban-server", ["-x", "-f", ...place, "--loglevel", "INFO", "--logtarget", logFile]);
  const log = () => readFile(logFile, "utf8").catch(() => "");
  const stop = async () => {
    await running.stop();
    await rm(folder, { recursive: true, force: true });
  };
  try {
    await until(
      async () => {
        if (running.hasExited) throw new Error(`fail2ban ended: ${running.output.slice(-1000)}`);
        return (await log()).includes("Jail 'asterisk' started");
      },
      READY_WITHIN_MS,
      "fail2ban's jail",
    );
  } catch (error) {
    await stop();
    throw error;
  }
  return { log, stop };
}
