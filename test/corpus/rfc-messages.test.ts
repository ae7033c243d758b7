/** Every message of RFC 4475, and of RFC 5118 with its IPv6 addresses, has a stated reading. */
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { MessageReader } from "../../proxy/src/sip/reader.ts";
import { readCorpus } from "./messages.ts";

interface Expected {
  readonly section: string;
  readonly rfc: "valid" | "invalid";
  readonly flaw: string | null;
  readonly reading: Readonly<Record<string, unknown>>;
}

/** Where our verdict is not the RFC's, and why. A line that is no longer true fails the test. */
const differing: Readonly<Record<string, string>> = {
  intmeth: "a NUL, even escaped: readers in C end the text there, others do not, and no stack sends one",
  escruri: "headers in the Request-URI change nothing of what is read here; the PBX refuses or ignores them",
  baddate: "Date is not read",
  regbadct: "Contact is not judged: who is registered where is the PBX's business",
  badaspec: "every reader takes the same URI, with the spaces around it or without",
  baddn: "every reader takes the same URI; phones do forget the quotes around names",
  badbranch: "a branch without an identifier is a branch that many messages share; the policy must not trust it alone",
};

const fieldsOfNoValue = {
  method: "",
  status: 0,
  requestUri: "",
  requestUser: "",
  requestHost: "",
  branch: "",
  callId: "",
  cseq: 0,
  cseqMethod: "",
  fromDisplay: "",
  fromUser: "",
  fromHost: "",
  fromTag: "",
  toDisplay: "",
  toUser: "",
  toHost: "",
  toTag: "",
  agent: "",
  maxForwards: -1,
  contentLength: -1,
  credentials: [],
};

describe.each([
  ["rfc4475", 49],
  ["rfc5118", 12],
] as const)("%s", (rfc, count) => {
  const messages = readCorpus(rfc);
  const expected: Readonly<Record<string, Expected>> = JSON.parse(
    readFileSync(new URL(`messages/${rfc}/expected.json`, import.meta.url), "utf8"),
  );

  it("is here whole, each message with its expectation", () => {
    expect(messages.map(({ name }) => name.replace(".dat", ""))).toEqual(Object.keys(expected).sort());
    expect(messages).toHaveLength(count);
  });

  it.each(messages)("$name reads as stated", ({ name, bytes }) => {
    const wanted = expected[name.replace(".dat", "")];
    const message = new MessageReader().read(bytes);
    expect(message.flaw ?? null).toBe(wanted?.flaw);
    expect(message).toMatchObject({ ...fieldsOfNoValue, ...wanted?.reading });
  });

  it.each(messages)("$name is judged as the RFC does, or it is known why not", ({ name, bytes }) => {
    const short = name.replace(".dat", "");
    const isRefused = new MessageReader().read(bytes).flaw !== undefined;
    const isDiffering = isRefused !== (expected[short]?.rfc === "invalid");
    expect(isDiffering).toBe(short in differing);
  });
});
