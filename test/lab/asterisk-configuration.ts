/**
 * The configuration of the lab's Asterisk: Debian's stock files, with phones, a trunk and a few extensions added as
 * Asterisk's own samples do it. Nothing in it knows of sipprot, but for what relay mode needs
 * (its place on the loopback, and the accounts 2001 to 2010).
 */
import { pbxAddress, pbxAddressIPv6, providerAddress } from "./network.ts";

/** Where Asterisk listens: on the address all the world knows, or on the loopback behind the gate in relay mode. */
export type PbxPlace = "open" | "behind-relay";

/** Where Asterisk listens for the gate in relay mode. */
export const relayPbxPort = 5080;

/** The account whose password has 4 digits, for svcrack. */
export const weakAccount = { user: "4711", password: "1957" };
/** The account whose nonces live 2 s, so that a stale one need not be waited for. */
export const hastyAccount = "1008";
/** The account Asterisk pings each 2 s (qualify). */
export const qualifiedAccount = "1009";
export const officeAccounts = Array.from({ length: 300 }, (_, index) => String(3000 + index));
const phoneAccounts = Array.from({ length: 10 }, (_, index) => String(1001 + index));
const relayAccounts = Array.from({ length: 10 }, (_, index) => String(2001 + index));

/** The password of an account. */
export function passwordOf(user: string): string {
  return user === weakAccount.user ? weakAccount.password : `lab-${user}-Secret`;
}

/** Files of the configuration folder: what replaces a stock file, and what is put at a stock file's end. */
export interface ConfigurationFiles {
  readonly replaced: Readonly<Record<string, string>>;
  readonly appended: Readonly<Record<string, string>>;
}

/** All files that differ from the stock ones; `folder` is the run's folder as Asterisk sees it inside its chroot. */
export function asteriskConfiguration(folder: string, moduleFolder: string, place: PbxPlace): ConfigurationFiles {
  return {
    replaced: {
      "asterisk.conf": directories(folder, moduleFolder),
      "logger.conf": "[general]\n[logfiles]\nmessages.log => notice,warning,error\nsecurity.log => security\n",
      "extensions.conf": extensions(),
    },
    appended: { "pjsip.conf": pjsip(place) },
  };
}

function directories(folder: string, moduleFolder: string): string {
  const names: Record<string, string> = {
    astcachedir: `${folder}/cache`,
    astetcdir: `${folder}/etc`,
    astmoddir: moduleFolder,
    astvarlibdir: "/var/lib/asterisk",
    astdbdir: `${folder}/db`,
    astkeydir: "/var/lib/asterisk",
    astdatadir: "/usr/share/asterisk",
    astagidir: "/usr/share/asterisk/agi-bin",
    astspooldir: `${folder}/spool`,
    astrundir: `${folder}/run`,
    astlogdir: `${folder}/log`,
  };
  const lines = Object.entries(names).map(([name, value]) => `${name} => ${value}`);
  return `[directories]\n${lines.join("\n")}\n[options]\nsystemname = lab\n`;
}

function extensions(): string {
  const hints = [...phoneAccounts, ...relayAccounts].map((user) => `exten => ${user},hint,PJSIP/${user}`);
  return `[general]
static=yes
writeprotect=no
[lab]
exten => 600,1,Answer()
 same => n,Echo()
 same => n,Hangup()
exten => 601,1,Answer()
 same => n,Wait(1)
 same => n,Hangup()
exten => 602,1,Ringing()
 same => n,Wait(20)
 same => n,Hangup()
exten => _[123]XXX,1,Dial(PJSIP/\${EXTEN},20)
 same => n,Hangup()
${hints.join("\n")}
`;
}

function pjsip(place: PbxPlace): string {
  const parts = [transports(place), templates()];
  for (const user of phoneAccounts) parts.push(account(user, "phone"));
  parts.push(account(weakAccount.user, "phone"));
  for (const user of officeAccounts) parts.push(account(user, "phone"));
  for (const user of relayAccounts) parts.push(account(user, "behind-relay"));
  parts.push(
    `[provider](phone)\naors=provider\n[provider]\ntype=aor\ncontact=sip:${providerAddress}:5060\n[provider]\ntype=identify\nendpoint=provider\nmatch=${providerAddress}\n`,
  );
  return `\n${parts.join("\n")}`;
}

function transports(place: PbxPlace): string {
  const binds: [string, string, string][] = [
    ["udp", "udp", `${pbxAddress}:5060`],
    ["tcp", "tcp", `${pbxAddress}:5060`],
    ["udp6", "udp", `[${pbxAddressIPv6}]:5060`],
    ["tcp6", "tcp", `[${pbxAddressIPv6}]:5060`],
  ];
  const bindsBehindRelay: typeof binds = [
    ["udp", "udp", `127.0.0.1:${relayPbxPort}`],
    ["tcp", "tcp", `127.0.0.1:${relayPbxPort}`],
  ];
  // On the loopback Asterisk would offer its media there too, where no phone reaches it.
  const media = place === "behind-relay" ? `external_media_address=${pbxAddress}\n` : "";
  return (place === "behind-relay" ? bindsBehindRelay : binds)
    .map(
      ([name, protocol, bind]) => `[transport-${name}]\ntype=transport\nprotocol=${protocol}\nbind=${bind}\n${media}`,
    )
    .join("");
}

function templates(): string {
  const phone =
    "type=endpoint\ncontext=lab\ndisallow=all\nallow=ulaw\ndirect_media=no\nrtp_symmetric=yes\nforce_rport=yes\n";
  return `[phone](!)
${phone}rewrite_contact=yes
[behind-relay](!)
${phone}rewrite_contact=no
`;
}

function account(user: string, template: "phone" | "behind-relay"): string {
  const path = template === "behind-relay" ? "support_path=yes\n" : "";
  const nonce = user === hastyAccount ? "nonce_lifetime=2\n" : "";
  const qualify = user === qualifiedAccount ? "qualify_frequency=2\n" : "";
  return `[${user}](${template})
auth=${user}
aors=${user}
[${user}]
type=auth
auth_type=userpass
username=${user}
password=${passwordOf(user)}
${nonce}[${user}]
type=aor
max_contacts=5
remove_existing=yes
${path}${qualify}`;
}
