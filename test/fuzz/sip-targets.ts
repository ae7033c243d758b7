/** The parts that read what comes from the network, and what must hold for them whatever comes. */
import { decide } from "../../proxy/src/policy/decide.ts";
import { createPolicy, type PolicyView } from "../../proxy/src/policy/view.ts";
import { MessageStream } from "../../proxy/src/sip/framing.ts";
import { MAX_MESSAGE_BYTES } from "../../proxy/src/sip/limits.ts";
import { maskCredentials } from "../../proxy/src/sip/mask.ts";
import { MessageReader } from "../../proxy/src/sip/reader.ts";
import { defaultSettings } from "../../shared/src/settings.ts";
import { readCorpus } from "../corpus/messages.ts";
import { readEverything } from "../properties/read-everything.ts";
import { makeMessage } from "./sip-grammar.ts";
import { cutsOf, piecesOf, type Target } from "./target.ts";

const seeds = [...readCorpus("asterisk"), ...readCorpus("rfc4475"), ...readCorpus("rfc5118")].map(({ bytes }) => bytes);
const reader = new MessageReader();
const otherReader = new MessageReader();
const other = seeds[0] ?? Buffer.alloc(0);

/** Reads without a throw, the same whatever was read before, and shows no password. */
export const readerTarget: Target = {
  name: "reader",
  seeds,
  make: makeMessage,
  check(bytes) {
    const first = JSON.stringify(readEverything(reader.read(bytes)));
    otherReader.read(other);
    if (JSON.stringify(readEverything(otherReader.read(bytes))) !== first) throw new Error("read differently twice");
    maskCredentials(bytes, 2048);
  },
};

/** Gives the same frames in one piece and in any pieces, adds and loses no byte, and holds a message at most. */
export const framingTarget: Target = {
  name: "framing",
  seeds: [...seeds, Buffer.concat(seeds.slice(0, 6))],
  make: (random) => Buffer.concat([makeMessage(random), Buffer.from("\r\n"), makeMessage(random)]),
  check(bytes) {
    const whole = frame([bytes]);
    for (const cuts of [cutsOf(bytes), bytes.length < 600 ? Array.from(bytes.keys()).slice(1) : []]) {
      if (cuts.length === 0) continue;
      if (frame(piecesOf(bytes, cuts)) !== whole) throw new Error(`other frames when cut at ${cuts.slice(0, 20)}`);
    }
  },
};

function frame(pieces: readonly Buffer[]): string {
  const stream = new MessageStream();
  const all = Buffer.concat(pieces);
  const frames: string[] = [];
  let at = 0;
  for (const piece of pieces) {
    for (const { kind, bytes } of stream.push(piece)) {
      if (!all.subarray(at, at + bytes.length).equals(bytes)) throw new Error("a frame is not of the stream");
      at += bytes.length;
      frames.push(`${kind} ${bytes.length}`);
    }
    if (stream.heldBytes >= MAX_MESSAGE_BYTES) throw new Error(`${stream.heldBytes} bytes are held`);
  }
  const rest = stream.fault === undefined ? all.length - at - stream.heldBytes : 0;
  if (rest !== 0) throw new Error(`${rest} bytes are lost`);
  return `${frames.join()} ${stream.fault}`;
}

const ALLOWED = "192.0.2.1";
const STEP_MS = 90_000;
const VARIATIONS = 40;
/** A parameter of that name, not one whose name ends so (`4response`): a token goes on as RFC 3261 25.1 says. */
const DIGIT_OF_RESPONSE = /(?<![\w.!%*+`'~-])response\s*=\s*"?\s*[0-9a-f]/i;
let policy: PolicyView | undefined;
let nowMs = Date.UTC(2026, 0, 5);
let stranger = 0;

/**
 * Never throws; passes what is allowed, whatever it is; and of forty variations of a message with a password, sent within a
 * moment by somebody unknown, lets at most the window through. What is a guess is found out by other means than the reader's.
 */
export const decideTarget: Target = {
  name: "decide",
  seeds,
  make: makeMessage,
  check(bytes) {
    policy ??= makePolicy();
    nowMs += STEP_MS;
    stranger = (stranger + 1) % 0xffffff;
    const address = `11.${(stranger >> 16) & 255}.${(stranger >> 8) & 255}.${stranger & 255}`;
    const arrive = (from: string, transport: "udp" | "tcp") => {
      const arrival = {
        atMs: nowMs,
        address: from,
        port: 5060,
        transport,
        endpoint: "203.0.113.10:5060",
        message: reader,
      };
      return decide(arrival, policy ?? makePolicy()).verdict;
    };
    reader.read(bytes);
    for (const transport of ["udp", "tcp"] as const)
      if (arrive(ALLOWED, transport) !== "pass") throw new Error("what is allowed was refused");
    let guesses = 0;
    for (let variation = 0; variation < VARIATIONS; variation += 1) {
      const varied = vary(bytes, variation);
      reader.read(varied);
      if (arrive(address, "udp") === "pass") guesses += countGuesses(varied);
    }
    const { blockRuleFailuresPerMinute } = defaultSettings;
    if (guesses > blockRuleFailuresPerMinute) throw new Error(`${guesses} guesses passed`);
  },
};

function makePolicy(): PolicyView {
  const made = createPolicy({
    host: "fuzz",
    secret: new Uint8Array(32).fill(7),
    settings: defaultSettings,
    ownNetworks: ["203.0.113.10"],
    country: () => undefined,
  });
  made.putNetworks("allow", [{ network: ALLOWED }]);
  return made;
}

/** The same message as another transaction: all digits of branch and Call-ID behind a mark are changed. */
function vary(bytes: Buffer, variation: number): Buffer {
  const text = bytes.toString("latin1");
  return Buffer.from(text.replaceAll(/(z9hG4bK|call-id\s*:\s*|\ni:\s*)/gi, `$1${variation}x`), "latin1");
}

/** How many header lines a forgiving PBX could take for a password: unfolded, up to the first empty line. */
function countGuesses(bytes: Buffer): number {
  const text = bytes.toString("latin1");
  // Neither of these is ever asked for a password (RFC 3261 22.1).
  if (/^(SIP\/2|ACK |CANCEL )/i.test(text)) return 0;
  const head = text.split(/\r\n\r\n/, 1)[0] ?? "";
  const lines = head.replaceAll(/\r\n[ \t]+/g, " ").split("\r\n");
  const isGuess = (line: string) =>
    /^(proxy-)?authorization[ \t]*:\s*digest\b/i.test(line) && DIGIT_OF_RESPONSE.test(line);
  return lines.some(isGuess) ? 1 : 0;
}
