/**
 * A worker of the real size whose tables an attacker keeps full, over sockets: every message is from another address, for
 * another account, with another Call-ID, branch, agent and nonce. Its memory has to stay where it is once they are full.
 *
 * npm run build && sudo node test/soak/tables.mjs [--minutes 60]; the result goes into docs/reliability.md.
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { MAX_SOURCES } from "../../proxy/dist/policy/sources.js";
import { startTransparent } from "../bench/between.mjs";
import { endProcess, onEnd, runToEnd } from "../bench/left-over.mjs";
import { spreadOf } from "../bench/results.mjs";
import { hostAddresses, layOut, startSender } from "../bench/two-ends.mjs";
import { describeMachine, writeBetween } from "./record.mjs";

/** What is not heard of again goes after some minutes: slower, and the tables would never be full. */
const PER_SECOND = 1_500;
const ROUND_MS = 10_000;
/** None comes again within the hour. */
const attackers = { network: "11.0.0.0/8", base: "11.0.0.1", count: 8_000_000 };
/** The share of the rounds whose median stands for "just full" and for "at the end". */
const EDGE = 0.2;
const LEAST_ROUNDS = 10;
const MAX_GROWTH = 0.1;
const madeUpPassword =
  'Authorization: Digest username="intruder-@USER@", realm="pbx", nonce="@NUMBER@", uri="sip:pbx", response="@NUMBER@@NUMBER@"';

const { values } = parseArgs({ options: { minutes: { type: "string", default: "60" } } });
const minutes = Number(values.minutes);
await runToEnd(main);

async function main() {
  const { folder, program, inside, outside } = layOut("tables-bench", [attackers.network]);
  await startPbx(inside);
  const templates = [intruder(""), intruder(madeUpPassword)];
  const sender = await startSender(program, outside, folder, { ...attackers, templates });
  const gate = await startTransparent(inside, folder);
  await gate.enter();
  const samples = [];
  const endMs = performance.now() + minutes * 60_000;
  let sent = 0;
  while (performance.now() < endMs) {
    const round = await sender.pace(gate.to, PER_SECOND, ROUND_MS, samples.length % templates.length);
    sent += round.sent;
    const { memoryBytes: bytes, sources } = gate.told.counters;
    const sample = { bytes, sources };
    samples.push(sample);
    console.log(JSON.stringify(sample));
  }
  await gate.leave();
  await report(sent, samples);
}

async function report(sent, samples) {
  // A full table makes room for many at once, so the number of sources falls for the first time then.
  const firstFull = samples.findIndex(({ sources }, index) => sources < (samples[index - 1]?.sources ?? 0));
  const full = firstFull < 0 ? [] : samples.slice(firstFull).map(({ bytes }) => bytes);
  if (full.length < LEAST_ROUNDS) throw new Error("the tables were not full for long enough to tell");
  const edge = Math.ceil(EDGE * full.length);
  const [justFull, atTheEnd] = [full.slice(0, edge), full.slice(-edge)].map((part) => spreadOf(part).median);
  const growth = atTheEnd / justFull - 1;
  const all = spreadOf(full);
  const megabytes = (bytes) => `${(bytes / 1e6).toFixed(0)} MB`;
  const rows = [
    ["when, where", `${new Date().toISOString().slice(0, 10)}, ${describeMachine()}`],
    ["messages, each from another address", `${sent} in ${minutes} minutes`],
    ["sources remembered, at most", `${Math.max(...samples.map(({ sources }) => sources))} of ${MAX_SOURCES}`],
    ["full for", `${Math.round((full.length * ROUND_MS) / 60_000)} minutes`],
    [
      "memory of the worker: before, just full, at the end",
      [samples[0].bytes, justFull, atTheEnd].map(megabytes).join(", "),
    ],
    ["least and most of it while full", [all.least, all.most].map(megabytes).join(", ")],
    ["growth while full", `${(100 * growth).toFixed(1)} %`],
  ];
  await writeBetween("tables", rows);
  if (growth > MAX_GROWTH)
    throw new Error(`the memory grew by ${(100 * growth).toFixed(1)} % while the tables were full`);
}

async function startPbx(space) {
  const words = [process.execPath, fileURLToPath(new URL("../lab/agent/plain-pbx.mjs", import.meta.url))];
  const pbx = spawn("ip", ["netns", "exec", space, ...words, hostAddresses.pbx, "5060"], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  onEnd(() => endProcess(pbx));
  await once(pbx.stdout, "data");
}

/** A REGISTER that the PBX refuses. */
function intruder(more) {
  return [
    `REGISTER sip:${hostAddresses.pbx} SIP/2.0`,
    "Via: SIP/2.0/UDP @SOURCE@:@PORT@;rport;branch=z9hG4bK-@NUMBER@",
    "Max-Forwards: 70",
    `From: <sip:intruder-@USER@@${hostAddresses.pbx}>;tag=@NUMBER@`,
    `To: <sip:intruder-@USER@@${hostAddresses.pbx}>`,
    "Call-ID: @NUMBER@@tables",
    "CSeq: 1 REGISTER",
    "User-Agent: Phone @NUMBER@",
    ...(more === "" ? [] : [more]),
    "Content-Length: 0\r\n\r\n",
  ].join("\r\n");
}
