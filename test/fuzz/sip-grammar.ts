/** SIP messages made from the grammar of RFC 3261 with all its freedoms, and some that it does not give. */
import { pick, type Random } from "./random.ts";

const methods = ["REGISTER", "INVITE", "OPTIONS", "SUBSCRIBE", "BYE", "ACK", "CANCEL", "register", "FOO!*"];
const hosts = ["203.0.113.10", "[2001:db8::1]", "pbx.example.com", "a", "[::ffff:192.0.2.1]", "192.0.2.256", "[::g]"];
const users = ["1001", "anonymous", "%31%30", "+4930", "a;b=c", "x:y", "", "\xc3\xa4", "100\\", "1001%00"];
const words = ["a", "z9hG4bK-1", "\xff", "0", "a,b", "=", "()", "4294967296", "-1", "x".repeat(300)];
const spaces = ["", "", "", " ", "\t", "\r\n ", " \r\n\t", "  "];
const ends = ["\r\n", "\r\n", "\r\n", "\r\n", "\r\n", "\r\n", "\r\n", "\n", "\r", "\r\n\r\n"];
const agents = ["Lab Phone 1.0", "friendly-scanner", "", "\0", "pplsip"];
/** The names a guess can hide behind: any case, blanks before the colon, folds behind it. */
const credentialNames = [
  "Authorization",
  "Proxy-Authorization",
  "AUTHORIZATION",
  "proxy-authorization",
  "aUTHORIZATION",
];

/** A whole message, sound more often than not. */
export function makeMessage(random: Random): Buffer {
  const method = pick(random, methods);
  const isRequest = random(8) > 0;
  const start = isRequest
    ? `${method} ${makeUri(random)} SIP/2.0`
    : `SIP/2.0 ${pick(random, ["100", "180", "200", "401", "407", "999", "2"])} ${pick(random, words)}`;
  const branch = `z9hG4bK${random(100_000)}`;
  const lines = [
    `${name(random, "Via", "v")}SIP/2.0/UDP ${pick(random, hosts)}:${random(70_000)}${space(random)};branch=${branch};rport`,
    `${name(random, "From", "f")}${makeAddress(random)};tag=${random(1000)}`,
    `${name(random, "To", "t")}${makeAddress(random)}${random(3) === 0 ? `;tag=${random(1000)}` : ""}`,
    `${name(random, "Call-ID", "i")}${random(100_000)}@${pick(random, hosts)}`,
    `${name(random, "CSeq")}${random(100)}${space(random) || " "}${method}`,
    `Max-Forwards: ${pick(random, ["70", "0", "256", "-1"])}`,
  ];
  if (random(3) === 0) lines.push(`User-Agent: ${pick(random, agents)}`);
  if (random(2) === 0) lines.push(makeCredentials(random));
  if (random(6) === 0) lines.push(pick(random, lines));
  if (random(6) === 0) lines.splice(random(lines.length), 1);
  const body = random(5) === 0 ? "v=0\r\no=- 0 0 IN IP4 192.0.2.1\r\n" : "";
  if (random(8) > 0)
    lines.push(`${name(random, "Content-Length", "l")}${random(20) === 0 ? random(100) : body.length}`);
  const text = [start, ...lines].map((line) => line + (random(40) === 0 ? pick(random, ends) : "\r\n")).join("");
  return Buffer.from(`${text}\r\n${body}`, "latin1");
}

/** A header with a digest; a real guess, most of the time. */
function makeCredentials(random: Random): string {
  const fields = [
    `username="${pick(random, users)}"`,
    `realm="asterisk"`,
    `nonce="${random(1000)}"`,
    `uri="sip:203.0.113.10"`,
    `response="${random(1_000_000).toString(16)}"`,
  ];
  if (random(5) === 0) fields.push(pick(random, fields));
  if (random(5) === 0) fields.splice(random(fields.length), 1);
  const scheme = pick(random, ["Digest", "Digest", "Digest", "digest", "DIGEST", "Basic", "Digest,"]);
  const list = fields.map((field) => field.replace("=", `${space(random)}=${space(random)}`)).join(`,${space(random)}`);
  return `${pick(random, credentialNames)}${space(random)}:${space(random)}${scheme} ${list}`;
}

function makeUri(random: Random): string {
  const scheme = pick(random, ["sip", "sip", "sips", "SIP", "tel", "http", ""]);
  const port = random(3) === 0 ? `:${random(70_000)}` : "";
  return `${scheme}:${pick(random, users)}@${pick(random, hosts)}${port}${random(4) === 0 ? ";transport=tcp;lr" : ""}`;
}

function makeAddress(random: Random): string {
  if (random(4) === 0) return makeUri(random);
  const display = pick(random, ["", '"a \\" b" ', "plain ", '"', "<"]);
  return `${display}<${makeUri(random)}>`;
}

function name(random: Random, long: string, compact = long): string {
  const written = random(4) === 0 ? compact : pick(random, [long, long.toLowerCase(), long.toUpperCase()]);
  return `${written}${random(6) === 0 ? " " : ""}:${space(random)}`;
}

function space(random: Random): string {
  return pick(random, spaces);
}
