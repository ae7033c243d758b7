/**
 * 100,000 broken messages: the reader neither throws nor takes long. A message that makes it do so is kept under
 * `crashes/`, and what is kept there is tried first from then on.
 */
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import { MessageStream } from "../../proxy/src/sip/framing.ts";
import { maskCredentials } from "../../proxy/src/sip/mask.ts";
import { MessageReader } from "../../proxy/src/sip/reader.ts";
import { readCorpus } from "../corpus/messages.ts";
import { readEverything } from "../properties/read-everything.ts";

const MUTATIONS = 100_000;
/** A hang, not a slow machine: quadratic behaviour on the largest message takes longer. */
const MAX_MS = 5000;
const crashFolder = fileURLToPath(new URL("crashes/", import.meta.url));
const seeds = [...readCorpus("asterisk"), ...readCorpus("rfc4475")].map(({ bytes }) => bytes);
const pieces = [
  "\r\n",
  "\r\n\r\n",
  "\n",
  "\r",
  "\0",
  '"',
  "\\",
  "<",
  ">",
  ";",
  ",",
  "@",
  ":",
  "=",
  "[",
  "]",
  " ",
  "\t",
  "\xff",
]
  .concat(["\r\n ", "Via: ", "Content-Length: 4294967296", "sip:", ";tag=", 'Authorization: Digest nonce="', "SIP/2.0"])
  .map((text) => Buffer.from(text, "latin1"));

/** A small generator (xorshift): the platform's own is too slow for this many draws. */
function randomFrom(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % below;
  };
}

function mutate(random: (below: number) => number): Buffer {
  let bytes = seeds[random(seeds.length)] ?? Buffer.alloc(0);
  for (let times = 1 + random(4); times > 0; times -= 1) {
    const at = random(bytes.length + 1);
    const piece = pieces[random(pieces.length)] ?? Buffer.alloc(0);
    switch (random(5)) {
      case 0:
        bytes = Buffer.concat([bytes.subarray(0, at), piece, bytes.subarray(at)]);
        break;
      case 1:
        bytes = Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + 1 + random(20))]);
        break;
      case 2:
        bytes = Buffer.from(bytes);
        if (at < bytes.length) bytes[at] = random(256);
        break;
      case 3:
        bytes = bytes.subarray(0, at);
        break;
      default: {
        const from = random(bytes.length + 1);
        bytes = Buffer.concat([bytes.subarray(0, at), bytes.subarray(from, from + random(200)), bytes.subarray(at)]);
      }
    }
  }
  return bytes;
}

const reader = new MessageReader();
let slowestMs = 0;

function tryOut(bytes: Buffer): void {
  const start = performance.now();
  try {
    readEverything(reader.read(bytes));
    new MessageStream().push(bytes);
    maskCredentials(bytes, 2048);
    slowestMs = Math.max(slowestMs, performance.now() - start);
    if (slowestMs > MAX_MS) throw new Error(`took ${Math.round(slowestMs)} ms`);
  } catch (error) {
    mkdirSync(crashFolder, { recursive: true });
    const name = createHash("sha256").update(bytes).digest("hex").slice(0, 16);
    writeFileSync(`${crashFolder}${name}.dat`, bytes);
    throw new Error(`see test/fuzz/crashes/${name}.dat`, { cause: error });
  }
}

it("what once broke it does so no more", () => {
  const names = existsSync(crashFolder) ? readdirSync(crashFolder) : [];
  for (const name of names) tryOut(readFileSync(crashFolder + name));
});

it("100,000 broken messages are read without harm", () => {
  const seed = 1 + (Date.now() % 1_000_000);
  const random = randomFrom(seed);
  let flawed = 0;
  for (let number = 0; number < MUTATIONS; number += 1) {
    tryOut(mutate(random));
    if (reader.flaw !== undefined) flawed += 1;
  }
  // Both outcomes come often, or the mutations are of no use.
  expect(flawed).toBeGreaterThan(MUTATIONS / 10);
  expect(flawed).toBeLessThan(MUTATIONS);
}, 60_000);

it("the largest messages made to be slow are read within bounds", () => {
  const size = 65_535;
  const start = "REGISTER sip:a SIP/2.0\r\n";
  const repeated = [
    "a",
    " ",
    ",",
    ";",
    '"',
    "\\",
    "<",
    "\r\n ",
    "\r\nv:",
    "\r\nAuthorization: Digest a=b,",
    "\r\na:b",
    ';a="',
  ];
  for (const text of repeated) {
    for (const head of [
      "",
      "Via: SIP/2.0/UDP a",
      "From: ",
      'From: "',
      "Authorization: Digest ",
      'WWW-Authenticate: Digest x="',
    ]) {
      tryOut(Buffer.from(`${start}${head}${text.repeat(size)}`.slice(0, size), "latin1"));
    }
  }
});
