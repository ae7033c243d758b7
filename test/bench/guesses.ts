/** Guesses that reach a real Asterisk, and the time until they stop: unprotected, with fail2ban, with sipprot. Asterisk's security log is the witness. */
import { type Asterisk, isFailure } from "../lab/asterisk.ts";
import { weakAccount } from "../lab/asterisk-configuration.ts";
import { guess } from "../lab/attacks.ts";
import { startGate } from "../lab/gate.ts";
import { type Lab, startLab } from "../lab/lab.ts";
import { runSvcrack } from "../lab/sipvicious.ts";
import { pause } from "../lab/until.ts";
import type { Means, Protection } from "./means.ts";
import { startFail2ban } from "./peers/fail2ban.ts";

const CRACK_SECONDS = 15;
/** More than the defaults of fail2ban and of sipprot together ask for. */
const GUESSES = 10_000;
const LINES = 1_000;
const users = ["1001", "1002", "1003", "1004", "1005"];

interface Row {
  readonly protection: string;
  readonly attack: string;
  readonly sent: number | undefined;
  readonly reached: number;
  /** From the first guess that reached Asterisk to the last one. */
  readonly stoppedAfterMs: number;
  readonly isFound: boolean;
}

/** Both attacks against each protection, one Asterisk for all, an attacker's address of its own for each. */
export async function measure(means: Means): Promise<{ rows: Row[]; crackSeconds: number }> {
  const crackSeconds = means.seconds ?? CRACK_SECONDS;
  const lab = await startLab();
  means.onEnd(() => lab.remove());
  const rows: Row[] = [];
  for (const [index, { name, start }] of protections(lab, means).entries()) {
    const stop = means.onEnd(await start());
    const [one, other] = [`192.0.2.${100 + index * 2}`, `192.0.2.${101 + index * 2}`];
    // svcrack sends from the address that its route has.
    await lab.network.attackers.ip([`route replace 203.0.113.0/24 via 198.18.3.1 src ${one}`]);
    const range = { user: weakAccount.user, range: "1000-9999" };
    const cracked = await runSvcrack(lab.network.attackers, { ...range, withinMs: crackSeconds * 1000 });
    await pause(1000);
    const found = await reachedFrom(lab.asterisk, one);
    rows.push({
      protection: name,
      attack: "svcrack",
      sent: undefined,
      ...found,
      isFound: cracked.password !== undefined,
    });
    const fired = await guess(lab.network.attackers, {
      address: other,
      users,
      guesses: GUESSES,
      way: "ports",
      lines: LINES,
    });
    await pause(1000);
    rows.push({
      ...{ protection: name, attack: "parallel", sent: fired.sent },
      ...(await reachedFrom(lab.asterisk, other)),
      isFound: fired.answers["200"] !== undefined,
    });
    console.log(JSON.stringify(rows.slice(-2)));
    await stop();
  }
  return { rows, crackSeconds };
}

function protections(lab: Lab, means: Means): Protection[] {
  const { pbx } = lab.network;
  const all: (Protection & { isThere: boolean })[] = [
    { name: "none", isThere: true, start: async () => async () => {} },
    {
      name: "fail2ban",
      isThere: means.hasFail2ban,
      start: async () => {
        const { log, stop } = await startFail2ban(pbx, lab.asterisk.securityLogFile);
        return async () => {
          const said = await log();
          await stop();
          // A peer that was set up wrongly would be no comparison.
          if (!/NOTICE\s+\[asterisk\] Ban /.test(said)) throw new Error(`fail2ban banned nobody: ${said.slice(-2000)}`);
        };
      },
    },
    {
      name: "sipprot",
      isThere: true,
      // No agent is refused by name, so that what is shown is the bound and not the name of the tool.
      start: async () => {
        const gate = await startGate(pbx, { mode: "transparent", settings: { blockedAgents: "" } });
        return () => gate.remove();
      },
    },
  ];
  return all.filter(({ name, isThere }) => isThere && (means.only?.includes(name) ?? true));
}

async function reachedFrom(asterisk: Asterisk, address: string): Promise<Pick<Row, "reached" | "stoppedAfterMs">> {
  const failures = (await asterisk.securityLog()).filter((entry) => entry.address === address && isFailure(entry));
  const times = failures.map(({ atMs }) => atMs);
  const stoppedAfterMs = times.length === 0 ? 0 : (times.at(-1) ?? 0) - (times[0] ?? 0);
  return { reached: failures.length, stoppedAfterMs };
}
