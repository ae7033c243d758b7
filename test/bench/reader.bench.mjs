/**
 * How many REGISTERs of 700 bytes with Authorization the reader reads in a second on one core, against sip.js's core
 * parser and against nothing but a search for line ends. Run: npm run build && node test/bench/reader.bench.mjs [--out FILE.json]
 */
import { parseArgs } from "node:util";
import { setFlagsFromString } from "node:v8";
import { MessageReader } from "../../proxy/dist/sip/reader.js";
import { WORKER_FLAGS } from "../../proxy/dist/worker-process.js";
import { spreadOf, writeResults } from "./results.mjs";

for (const flag of WORKER_FLAGS) setFlagsFromString(flag);

const VARIANTS = 512;
const BYTES = 700;
const TURNS = 7;

/** Different phones, branches, tags, nonces and responses, as on a real port; each padded to the same size. */
function register(number) {
  const hex = (salt, length) =>
    Array.from({ length }, (_, at) => ((number * 7919 + salt * 104729 + at * 31 * (number + 1)) >>> 3) % 16)
      .map((digit) => digit.toString(16))
      .join("");
  const user = 1000 + (number % 300);
  const lines = [
    "REGISTER sip:pbx.example.com:5060 SIP/2.0",
    `Via: SIP/2.0/UDP 198.51.100.${number % 250}:5062;branch=z9hG4bK${hex(1, 24)};rport`,
    "Max-Forwards: 70",
    `From: "Phone ${user}" <sip:${user}@pbx.example.com>;tag=${hex(2, 10)}`,
    `To: "Phone ${user}" <sip:${user}@pbx.example.com>`,
    `Call-ID: ${hex(3, 32)}@198.51.100.${number % 250}`,
    `CSeq: ${number + 1} REGISTER`,
    `Contact: <sip:${user}@198.51.100.${number % 250}:5062>`,
    `User-Agent: Example Phone ${number % 9}.4.2`,
    "Expires: 300",
    `Authorization: Digest username="${user}", realm="asterisk", nonce="17953638${hex(4, 2)}/${hex(5, 32)}", uri="sip:pbx.example.com:5060", response="${hex(6, 32)}", algorithm=MD5`,
    "Content-Length: 0",
  ];
  const bytes = () => Buffer.byteLength(lines.join("\r\n")) + 4;
  lines.splice(9, 0, `X-Info: ${"x".repeat(BYTES - bytes() - 10)}`);
  return Buffer.from(`${lines.join("\r\n")}\r\n\r\n`, "latin1");
}

const messages = Array.from({ length: VARIANTS }, (_, number) => register(number));
if (messages.some((message) => message.length !== BYTES)) throw new Error("a message is not of the size it should be");

const reader = new MessageReader();
function readAll(bytes) {
  reader.read(bytes);
  if (reader.flaw !== undefined) throw new Error(reader.flaw);
  let length = reader.method.length + reader.status + reader.branch.length + reader.requestUser.length;
  length += reader.fromUser.length + reader.fromHost.length + reader.fromTag.length + reader.fromDisplay.length;
  length += reader.toUser.length + reader.toHost.length + reader.toTag.length + reader.toDisplay.length;
  length += reader.callId.length + reader.cseq + reader.cseqMethod.length + reader.agent.length;
  for (const one of reader.credentials) {
    length += one.username.length + one.realm.length + one.nonce.length + one.response.length;
  }
  return length;
}

function processorSeconds() {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
}

/** The least any reader must do: look at every byte of the headers. */
function scanOnly(bytes) {
  let lines = 0;
  for (let at = 0; at < bytes.length; at += 1) if (bytes[at] === 13 && bytes[at + 1] === 10) lines += 1;
  return lines;
}

/** Calls a second of processor time (all threads, the collector's too) over at least so many seconds of it: others use the machine too. */
function measure(call, seconds) {
  let sink = 0;
  const start = processorSeconds();
  let calls = 0;
  let elapsed = 0;
  while (elapsed < seconds) {
    for (const bytes of messages) sink += call(bytes);
    calls += messages.length;
    elapsed = processorSeconds() - start;
  }
  if (Number.isNaN(sink)) throw new Error("nothing was read");
  return calls / elapsed;
}

const { Parser } = await import("../../node_modules/sip.js/lib/core/messages/parser.js");
const silent = { debug() {}, log() {}, warn() {}, error() {} };
function readWithSipJs(bytes) {
  const message = Parser.parseMessage(bytes.toString("latin1"), silent);
  return message.method.length + message.via.branch.length + message.from.uri.user.length + message.callId.length;
}

const { values: asked } = parseArgs({ options: { out: { type: "string" } } });
const ways = [
  ["reader, every field taken out", readAll, 0.6],
  ["search for line ends only", scanOnly, 0.4],
  ["sip.js core parser", readWithSipJs, 0.6],
];
const seen = ways.map(() => []);
for (let turn = 0; turn < TURNS; turn += 1) {
  for (const [index, [, call, seconds]] of ways.entries()) seen[index].push(measure(call, seconds));
}
const rows = ways.map(([name], index) => ({ name, perSecond: spreadOf(seen[index]) }));
for (const { name, perSecond } of rows) {
  console.log(`${name.padEnd(31)} ${Math.round(perSecond.median).toLocaleString("en").padStart(12)} a second`);
}
writeResults("reader", { turns: TURNS, rows }, asked.out);
