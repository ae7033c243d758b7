/** The reader against sip.js's core parser, which follows the full grammar: what both can read, both read alike. */
import fc from "fast-check";
import { Parser } from "sip.js/lib/core/messages/parser.js";
import { describe, expect, it } from "vitest";
import { MessageReader } from "../../proxy/src/sip/reader.ts";
import { readCorpus } from "../corpus/messages.ts";
import { madeMessage } from "./message-arbitraries.ts";

/** Where the two differ on the corpus, and why. A line that is no longer true fails the test. */
const differing: Readonly<Record<string, string>> = {
  "badaspec.dat": "sip.js refuses spaces inside angle brackets",
  "baddn.dat": "sip.js refuses a comma in an unquoted name",
  "regbadct.dat": "sip.js judges Contact",
  "unksm2.dat": "sip.js knows no other schemes in From and To",
  "wsinv.dat": "sip.js leaves escapes in the display name",
};

const silent = { debug() {}, log() {}, warn() {}, error() {} } as unknown as Parameters<typeof Parser.parseMessage>[1];

function readWithSipJs(bytes: Buffer): Record<string, unknown> | undefined {
  const message = Parser.parseMessage(bytes.toString("latin1"), silent);
  if (message === undefined) return undefined;
  const status = "statusCode" in message ? (message.statusCode ?? 0) : 0;
  const challenge = status === 401 ? message.parseHeader("www-authenticate") : undefined;
  return {
    method: status === 0 ? message.method : "",
    status,
    branch: "branch" in message.via ? message.via.branch : "",
    callId: message.callId,
    cseq: message.cseq,
    cseqMethod: message.method,
    fromDisplay: message.from.displayName ?? "",
    fromUser: withoutPassword(message.from.uri.user),
    fromHost: message.from.uri.host,
    fromTag: message.fromTag ?? "",
    toUser: withoutPassword(message.to.uri.user),
    toHost: message.to.uri.host,
    toTag: message.toTag ?? "",
    challenges: challenge === undefined ? [] : [{ nonce: challenge.nonce, stale: challenge.stale === true }],
  };
}

/** sip.js leaves the password of a URI in its user. */
function withoutPassword(user: string | undefined): string {
  return user?.split(":")[0] ?? "";
}

/** The reader's view in the same terms: sip.js undoes percent escapes of users and writes hosts in small letters. */
function readOurselves(message: MessageReader): Record<string, unknown> {
  return {
    method: message.method,
    status: message.status,
    branch: message.branch,
    callId: message.callId,
    cseq: message.cseq,
    cseqMethod: message.cseqMethod,
    fromDisplay: message.fromDisplay,
    fromUser: decodeURIComponent(message.fromUser),
    fromHost: message.fromHost.toLowerCase(),
    fromTag: message.fromTag,
    toUser: decodeURIComponent(message.toUser),
    toHost: message.toHost.toLowerCase(),
    toTag: message.toTag,
    challenges: message.status === 401 ? [...message.challenges] : [],
  };
}

describe("both readers", () => {
  const sound = [...readCorpus("asterisk"), ...readCorpus("rfc4475")].filter(
    ({ bytes }) => new MessageReader().read(bytes).flaw === undefined,
  );

  it("agree on every sound message of the corpus, or it is known why not", () => {
    for (const { name, bytes } of sound) {
      const theirs = readWithSipJs(bytes);
      const ours = readOurselves(new MessageReader().read(bytes));
      if (name in differing) expect(theirs, name).not.toEqual(ours);
      else expect(theirs, name).toEqual(ours);
    }
    expect(sound.length).toBeGreaterThan(240);
  });

  it("agree on messages made from the grammar", () => {
    fc.assert(
      fc.property(madeMessage, ({ text, wanted }) => {
        const bytes = Buffer.from(text, "latin1");
        const theirs = readWithSipJs(bytes);
        // Of several Vias in one header sip.js takes the branch of the last one; the topmost counts (RFC 3261 17.2.3).
        const known = text.includes(",\r\n SIP") ? { branch: wanted.branch } : {};
        expect(readOurselves(new MessageReader().read(bytes))).toEqual({ ...theirs, ...known });
      }),
      { numRuns: 300 },
    );
  });
});
