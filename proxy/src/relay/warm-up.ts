/**
 * Runs reader and policy on messages of our own before the sockets are open: the first messages of a program just started take
 * a hundred times longer than later ones, and under load a socket's buffer holds but a twentieth of a second of them.
 */
import { defaultSettings } from "@sipprot/shared/settings";
import { createPolicy } from "../policy/view.ts";
import type { Peer } from "./gatekeeper.ts";
import { PolicyGatekeeper } from "./policy-gatekeeper.ts";

/** Enough for the compiler to have done its work; a third of a second. */
const ROUNDS = 3000;
const SOURCES = 50;

/** Judges registrations and sees their answers, in a policy that is thrown away. */
export function warmUp(): void {
  const gatekeeper = new PolicyGatekeeper(
    createPolicy({
      host: "warm-up",
      secret: new Uint8Array(32),
      settings: {
        ...defaultSettings,
        floodMessagesPerSecond: 100_000,
        floodBurstMessages: 1_000_000,
        strangerMessagesPerSecond: 1_000_000,
      },
      ownNetworks: [],
      country: () => undefined,
    }),
  );
  for (let round = 0; round < ROUNDS; round += 1) {
    const peer: Peer = {
      address: `192.0.2.${round % SOURCES}`,
      port: 5060,
      transport: "udp",
      endpoint: "192.0.2.254:5060",
    };
    const request = writeRegister(round, peer);
    gatekeeper.judge(request, peer, round);
    gatekeeper.see(answerTo(request), peer, round);
  }
}

function writeRegister(round: number, { address }: Peer): Buffer {
  const user = 1000 + (round % SOURCES);
  const lines = [
    "REGISTER sip:pbx.example.com SIP/2.0",
    `Via: SIP/2.0/UDP ${address}:5060;rport;branch=z9hG4bK-${round}`,
    "Max-Forwards: 70",
    `From: "Phone" <sip:${user}@pbx.example.com>;tag=${round}`,
    `To: <sip:${user}@pbx.example.com>`,
    `Call-ID: ${round}@${address}`,
    "CSeq: 2 REGISTER",
    `Contact: <sip:${user}@${address}:5060>;expires=3600`,
    `Authorization: Digest username="${user}", realm="pbx", nonce="n${round}", uri="sip:pbx.example.com", response="0123456789abcdef0123456789abcdef", algorithm=MD5`,
    "User-Agent: Phone",
    "Content-Length: 0",
  ];
  return Buffer.from(`${lines.join("\r\n")}\r\n\r\n`, "latin1");
}

function answerTo(request: Buffer): Buffer {
  const [, ...lines] = request.toString("latin1").split("\r\n");
  const kept = lines.filter((line) => /^(?:Via|From|To|Call-ID|CSeq|Contact):/.test(line));
  return Buffer.from(`SIP/2.0 200 OK\r\n${kept.join("\r\n")}\r\nContent-Length: 0\r\n\r\n`, "latin1");
}
