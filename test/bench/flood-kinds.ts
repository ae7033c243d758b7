/** The floods of the benchmark, each begun in the attackers' namespace; what they send comes from the load program. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { gatherCrowd } from "../lab/attacks.ts";
import type { Namespace } from "../lab/namespace.ts";
import type { Means } from "./means.ts";

const MESSAGES_A_SECOND = 10_000;
const CONNECTIONS = 10_000;
export const deniedCountry = "KP";
/** Its only large network. */
const deniedNetwork = { network: "175.45.176.0/24", base: "175.45.176.10", count: 200 };
/** Addresses that the attackers send in the name of. */
const forgedNetwork = { network: "100.64.0.0/16", base: "100.64.0.10", count: 10_000 };
/** Addresses that nobody has. */
const nobody = { base: "100.70.0.10", count: 10_000 };
const ownAddresses = Array.from({ length: 40 }, (_, index) => `192.0.2.${60 + index}`);

interface Server {
  readonly address: string;
  readonly port: number;
}
export interface Flood {
  readonly name: string;
  /** Begins it; what is given ends it. */
  readonly begin: (space: Namespace, means: Means, server: Server, seconds: number) => Promise<() => Promise<void>>;
}

export const floods: readonly Flood[] = [
  { name: "one source", begin: messages(register(), { base: "192.0.2.20", count: 1 }) },
  { name: "10,000 forged sources", begin: messages(register(), forgedNetwork) },
  { name: "a denied country", begin: messages(register(), deniedNetwork) },
  { name: "malformed messages", begin: messages(malformed(), { base: "192.0.2.110", count: 100 }) },
  { name: "10,000 half-open connections", begin: halfOpen },
  { name: "10,000 idle connections", begin: connections("") },
  { name: "10,000 connections, a byte a second", begin: connections(register()) },
];

/** A request for a nonce, account after account. */
function register(): string {
  return message("REGISTER", ["Content-Length: 0"]);
}

/** What no SIP stack sends: two lengths that differ, an octet 0, a CSeq of another method. */
function malformed(): string {
  return message("INVITE", ["Content-Length: 0", "Content-Length: 17", "Subject: \0\0", "Via: \x01"]).replace(
    "CSeq: 1 INVITE",
    "CSeq: 1 BYE",
  );
}

function message(method: string, more: readonly string[]): string {
  const lines = [
    `${method} sip:203.0.113.10 SIP/2.0`,
    "Via: SIP/2.0/UDP @SOURCE@:@PORT@;rport;branch=z9hG4bK-@NUMBER@",
    "Max-Forwards: 70",
    "From: <sip:@USER@@203.0.113.10>;tag=a@NUMBER@",
    "To: <sip:@USER@@203.0.113.10>",
    "Call-ID: @NUMBER@@flood",
    `CSeq: 1 ${method}`,
    "Contact: <sip:@USER@@@SOURCE@:@PORT@>",
    "User-Agent: Office Phone 3",
    ...more,
  ];
  return `${lines.join("\r\n")}\r\n\r\n`;
}

function messages(text: string, from: { network?: string; base: string; count: number }): Flood["begin"] {
  return async (space, { load, folder }, { address, port }, seconds) => {
    if (from.network !== undefined) await space.ip([`route replace local ${from.network} dev lo`]);
    const file = join(folder, `flood-${from.base}`);
    writeFileSync(file, text, "latin1");
    const running = space.start(load, ["send", from.base, String(from.count), "5070", file]);
    running.child.stdin?.write(`0 ${address}:${port} ${MESSAGES_A_SECOND} ${seconds * 1000}\n`);
    return () => running.stop("SIGKILL");
  };
}

async function halfOpen(
  space: Namespace,
  { load }: Means,
  { address, port }: Server,
  seconds: number,
): Promise<() => Promise<void>> {
  const rate = Math.ceil(CONNECTIONS / Math.max(1, seconds - 3));
  const words = ["syn", nobody.base, String(nobody.count), `${address}:${port}`, String(CONNECTIONS), String(rate)];
  const running = space.start(load, words);
  return () => running.stop("SIGKILL");
}

function connections(text: string): Flood["begin"] {
  return async (space, _means, server) => {
    const crowd = gatherCrowd(space, { addresses: ownAddresses, connections: CONNECTIONS, text, server });
    return () => crowd.stop();
  };
}
