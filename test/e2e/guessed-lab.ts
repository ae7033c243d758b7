/** The laboratory with the pages before it: an office with one bad phone, a guesser who is blocked, and a sender of hostile texts. */
import { randomUUID } from "node:crypto";
import { officeAccounts } from "../lab/asterisk-configuration.ts";
import { Endpoint, guess } from "../lab/attacks.ts";
import { officeAddress, pbxAddress } from "../lab/network.ts";
import { type ProtectedLab, startProtectedLab } from "../lab/protected-lab.ts";
import { pause, until } from "../lab/until.ts";
import { type Stack, startStack } from "./stack.ts";

/** Guesses the password of 1001. */
export const GUESSER = "192.0.2.77";
/** Calls itself an attack tool, in texts that would deceive whoever shows them as they are. */
export const HOSTILE = "192.0.2.66";
/** Where phones work, and one has an old password. */
export const OFFICE = officeAddress;
const [STUCK = "", ...WELL] = officeAccounts.slice(0, 4);
export const STUCK_ACCOUNT = STUCK;

const bidi = "\u202egpj.exe";
/** HTML, a direction override, a terminal's escape, a NUL, and 8 kB. */
export const hostileAgents = [
  `friendly-scanner <img src=x onerror="document.title='owned'"><script>document.title='owned'</script>`,
  `friendly-scanner ${bidi}`,
  "friendly-scanner \x1b[31mred\x1b]0;owned\x07",
  "friendly-scanner \0 after a NUL",
  `friendly-scanner ${"A".repeat(8192)}`,
] as const;

const KNOWN_WITHIN_MS = 15_000;

export interface GuessedLab {
  readonly lab: ProtectedLab;
  readonly stack: Stack;
  /** One message from an attacker's address. */
  readonly send: (address: string, agent: string) => Promise<void>;
  readonly remove: () => Promise<void>;
}

/** Starts everything and lets them come; resolves when the store knows of all. */
export async function startGuessedLab(name: string): Promise<GuessedLab> {
  const lab = await startProtectedLab({ mode: "transparent" });
  try {
    const stack = await startStack(name, {
      behind: { stateFolder: lab.gate.stateFolder },
      env: { SIPPROT_MODE: "transparent", SIPPROT_HOST: "lab", SIPPROT_REDIS_URL: lab.gate.redis.url },
    });
    const send: GuessedLab["send"] = async (address, agent) => {
      const endpoint = await Endpoint.open(lab.network.attackers, { address, port: 5070, listens: false });
      await endpoint.datagram(writeOptions(address, agent), { address: pbxAddress, port: 5060 });
      await endpoint.stop();
    };
    for (const agent of hostileAgents) await send(HOSTILE, agent);
    await Promise.all([keepOldPassword(lab), guessPasswords(lab)]);
    const explain = (address: string) => stack.api.explain.address.query({ address });
    const isKnown = async () => {
      const [guesser, office, hostile] = await Promise.all([GUESSER, OFFICE, HOSTILE].map(explain));
      return (
        guesser?.verdict === "blocked" &&
        office?.accounts.some(({ isStuckPhone }) => isStuckPhone) === true &&
        (hostile?.events.length ?? 0) > 0
      );
    };
    await until(isKnown, KNOWN_WITHIN_MS, "the attacks known");
    return {
      lab,
      stack,
      send,
      remove: async () => {
        await stack.close();
        await lab.remove();
      },
    };
  } catch (error) {
    await lab.remove();
    throw error;
  }
}

/** Phones of an office sign in; then one of them gets a new password at the PBX and keeps the old. */
async function keepOldPassword({ phones }: ProtectedLab): Promise<void> {
  const all = [STUCK, ...WELL];
  await phones.openAll(all.map((user) => ({ name: user, options: { user, address: OFFICE, timeoutMs: 900 } })));
  await phones.registerAll(all);
  for (let attempt = 0; attempt < 14; attempt += 1) {
    await phones.registerAll([STUCK], { password: "the old one" });
    await pause(100);
  }
}

function guessPasswords({ network }: ProtectedLab) {
  return guess(network.attackers, {
    address: GUESSER,
    users: ["1001"],
    guesses: 40,
    way: "port",
    lines: 1,
    perSecond: 20,
  });
}

function writeOptions(from: string, agent: string): Buffer {
  const lines = [
    `OPTIONS sip:100@${pbxAddress} SIP/2.0`,
    `Via: SIP/2.0/UDP ${from}:5070;branch=z9hG4bK-${randomUUID()};rport`,
    `From: <sip:100@${from}>;tag=${randomUUID()}`,
    `To: <sip:100@${pbxAddress}>`,
    `Call-ID: ${randomUUID()}`,
    "CSeq: 1 OPTIONS",
    "Max-Forwards: 70",
    `User-Agent: ${agent}`,
    "Content-Length: 0",
    "",
    "",
  ];
  return Buffer.from(lines.join("\r\n"));
}
