import { describe, expect, it } from "vitest";
import { HeaderKind } from "./header-name.ts";
import { MAX_CREDENTIALS, MAX_HEADER_BYTES, MAX_HEADERS, MAX_MESSAGE_BYTES, MAX_MISSING_BODY_BYTES } from "./limits.ts";
import { MessageReader } from "./reader.ts";

const base = {
  start: "REGISTER sip:pbx.example.com SIP/2.0",
  via: "Via: SIP/2.0/UDP 192.0.2.7:5062;branch=z9hG4bK1;rport",
  from: "From: <sip:1001@pbx.example.com>;tag=a1",
  to: "To: <sip:1001@pbx.example.com>",
  callId: "Call-ID: c1@192.0.2.7",
  cseq: "CSeq: 1 REGISTER",
};

/** A REGISTER with some lines replaced (by name) or added; an empty text leaves the line out. */
function lines(changes: Partial<typeof base> = {}, ...more: string[]): string {
  const all = [...Object.values({ ...base, ...changes }), ...more].filter((line) => line !== "");
  return `${all.join("\r\n")}\r\n\r\n`;
}
const read = (text: string) => new MessageReader().read(Buffer.from(text, "latin1"));

describe("a request", () => {
  it("is taken apart", () => {
    const message = read(
      lines(
        { from: 'From: "Anna \\"A\\" M." <sip:1001:secret@pbx.example.com:5070;transport=udp>;tag=a1;x="y;tag=no"' },
        "User-Agent: Phone 1.2",
        "Max-Forwards: 070",
        'Authorization: Digest username="1001", realm="pbx", nonce="n,1", uri="sip:x", response="r1"',
      ),
    );
    expect(message.flaw).toBeUndefined();
    expect(message).toMatchObject({
      isRequest: true,
      method: "REGISTER",
      status: 0,
      requestUri: "sip:pbx.example.com",
      requestUser: "",
      requestHost: "pbx.example.com",
      branch: "z9hG4bK1",
      callId: "c1@192.0.2.7",
      cseq: 1,
      cseqMethod: "REGISTER",
      fromDisplay: 'Anna "A" M.',
      fromUser: "1001",
      fromHost: "pbx.example.com",
      fromTag: "a1",
      toUser: "1001",
      toTag: "",
      toDisplay: "",
      agent: "Phone 1.2",
      maxForwards: 70,
      contentLength: -1,
    });
    expect(message.credentials).toMatchObject([{ username: "1001", realm: "pbx", nonce: "n,1", response: "r1" }]);
  });

  it("may use compact names, any case, folds and white space", () => {
    const message = read(
      "INVITE tel:+33123456789;phone-context=x SIP/2.0\r\nv : SIP / 2.0 / TCP  [2001:db8::7] : 5060 ;\r\n branch = b1 , SIP/2.0/UDP 192.0.2.9\r\n" +
        "F:sip:1001@pbx.example.com ; TAG = t1\r\nTO:\r\n  Bob  Smith\t<sips:bob@[2001:db8::8]:5061>\r\ni:\tc2\r\ncSeq: 0009\r\n  INVITE\r\nl:0\r\n\r\n",
    );
    expect(message.flaw).toBeUndefined();
    expect(message).toMatchObject({
      requestUser: "+33123456789",
      branch: "b1",
      fromUser: "1001",
      fromTag: "t1",
      toDisplay: "Bob  Smith",
      toUser: "bob",
      toHost: "[2001:db8::8]",
      callId: "c2",
      cseq: 9,
      contentLength: 0,
    });
    expect(message.topVia).toMatchObject({ port: 5060, isFollowed: true, hasRport: false });
  });

  it("may hold credentials for several realms and schemes", () => {
    const message = read(
      lines(
        {},
        'Authorization: DIGEST Username=1001,NONCE = "n1",\r\n response="r1" , realm="a"',
        'Proxy-Authorization: Digest username="1002",realm="b",nonce="n2",response="r2"',
        "Authorization: Basic dXNlcjpwYXNz",
      ),
    );
    expect(message.flaw).toBeUndefined();
    expect(message.credentials).toMatchObject([
      { username: "1001", realm: "a", nonce: "n1", response: "r1" },
      { username: "1002", realm: "b", nonce: "n2", response: "r2" },
      { username: "", realm: "", nonce: "", response: "dXNlcjpwYXNz" },
    ]);
  });

  it("keeps a Windows domain in a username readable without calling it wrong", () => {
    const message = read(lines({}, 'Authorization: Digest username="CORP\\\\anna",realm="a",nonce="n",response="r"'));
    expect(message.flaw).toBeUndefined();
    expect(message.credentials[0]?.username).toBe("CORP\\anna");
  });
});

describe("a response", () => {
  it("is taken apart, with all its challenges", () => {
    const { via, from, to, callId, cseq } = base;
    const message = read(
      `SIP/2.0 401 \r\n${[via, from, to, callId, cseq].join("\r\n")}\r\nServer: PBX\r\n` +
        'WWW-Authenticate: Digest realm="a", nonce="n1", algorithm=SHA-256, STALE=TRUE\r\n' +
        'WWW-Authenticate: Digest realm="a",nonce="n2",stale="false", Digest realm="b",nonce="n3",stale="true"\r\n' +
        'Proxy-Authenticate: Digest nonce="n4"\r\n\r\n',
    );
    expect(message.flaw).toBeUndefined();
    expect(message).toMatchObject({ isRequest: false, status: 401, method: "", requestUri: "", agent: "PBX" });
    expect(message.challenges).toEqual([
      { nonce: "n1", stale: true },
      { nonce: "n2", stale: false },
      { nonce: "n3", stale: true },
      { nonce: "n4", stale: false },
    ]);
  });
});

describe("a text longer than 256 characters", () => {
  it("is cut, yet two that differ at their end stay different", () => {
    const long = (end: string) => read(lines({ callId: `Call-ID: ${"x".repeat(400)}${end}` })).callId;
    expect(long("1")).toHaveLength(256);
    expect(long("1")).toBe(long("1"));
    expect(long("1")).not.toBe(long("2"));
  });
});

describe("flaws", () => {
  const fill = (bytes: number) => `X: ${"x".repeat(bytes - 3)}`;
  const many = (count: number) => Array.from({ length: count }, () => "X: y");
  const digest = (realm: string, response = "r") =>
    `Authorization: Digest username="u",realm="${realm}",nonce="n",response="${response}"`;
  const padded = (bytes: number) => {
    const text = lines({}, "Content-Length: 0");
    return text + " ".repeat(bytes - text.length);
  };

  it.each([
    ["nothing", lines(), undefined],
    ["leading line ends", `\r\n\r\n${lines()}`, undefined],
    ["the largest message", padded(MAX_MESSAGE_BYTES), undefined],
    ["one byte more", padded(MAX_MESSAGE_BYTES + 1), "too-large"],
    ["the most headers", lines({}, ...many(MAX_HEADERS - 5)), undefined],
    ["one header more", lines({}, ...many(MAX_HEADERS - 4)), "too-many-headers"],
    ["the longest header", lines({}, fill(MAX_HEADER_BYTES)), undefined],
    ["one byte more of header", lines({}, fill(MAX_HEADER_BYTES + 1)), "header-too-long"],
    ["no empty line", lines().slice(0, -2), "no-end-of-headers"],
    ["no line at all", "hello", "no-end-of-headers"],
    ["a NUL", lines({}, "X: a\0b"), "nul-byte"],
    ["a bare LF", lines({}, "X: a\nY: b"), "bare-line-end"],
    ["a bare CR", lines({}, "X: a\rY: b"), "bare-line-end"],
    ["a fold behind the start line", lines({ start: `${base.start}\r\n more` }), "bad-header"],
    ["no colon", lines({}, "what is this"), "bad-header"],
    ["no name", lines({}, ": x"), "bad-header"],
    ["a space in the name", lines({}, "X Y: x"), "bad-header"],
    ["version 3.0", lines({ start: "REGISTER sip:a SIP/3.0" }), "bad-start-line"],
    ["two spaces", lines({ start: "REGISTER  sip:a SIP/2.0" }), "bad-start-line"],
    ["a space behind the version", lines({ start: "REGISTER sip:a SIP/2.0 " }), "bad-start-line"],
    ["a known method in small letters", lines({ start: "Register sip:a SIP/2.0" }), "bad-start-line"],
    ["an unknown method", lines({ start: "Foo sip:a SIP/2.0", cseq: "CSeq: 1 Foo" }), undefined],
    ["a status beyond 699", lines({ start: "SIP/2.0 700 No" }), "bad-start-line"],
    ["a status without reason", lines({ start: "SIP/2.0 200" }), undefined],
    ["no From", lines({ from: "" }), "missing-header"],
    ["an empty Call-ID", lines({ callId: "Call-ID:" }), "missing-header"],
    ["To twice", lines({}, base.to), "conflicting-header"],
    ["Max-Forwards twice", lines({}, "Max-Forwards: 1", "Max-Forwards: 70"), "conflicting-header"],
    ["the same length twice", lines({}, "l: 0", "Content-Length: 0"), undefined],
    ["two lengths", lines({}, "l: 0", "Content-Length: 1"), "conflicting-header"],
    ["a negative length", lines({}, "Content-Length: -1"), "bad-content-length"],
    ["a body cut a little", lines({}, `Content-Length: ${MAX_MISSING_BODY_BYTES}`), undefined],
    ["a body cut more", lines({}, `Content-Length: ${MAX_MISSING_BODY_BYTES + 1}`), "truncated-body"],
    ["more behind the body", `${lines({}, "Content-Length: 0")}more`, undefined],
    ["the largest CSeq", lines({ cseq: "CSeq: 2147483647 REGISTER" }), undefined],
    ["one more", lines({ cseq: "CSeq: 2147483648 REGISTER" }), "bad-cseq"],
    ["a CSeq of letters", lines({ cseq: "CSeq: one REGISTER" }), "bad-cseq"],
    ["a CSeq without method", lines({ cseq: "CSeq: 1" }), "bad-cseq"],
    ["another method in CSeq", lines({ cseq: "CSeq: 1 INVITE" }), "cseq-method-mismatch"],
    ["two branches", lines({ via: "Via: SIP/2.0/UDP 192.0.2.7;branch=a;branch=b" }), "bad-via"],
    ["an empty Via in the list", lines({ via: "Via: SIP/2.0/UDP 192.0.2.7;branch=a,,SIP/2.0/UDP x" }), "bad-via"],
    ["a Via without host", lines({ via: "Via: SIP/2.0/UDP ;branch=a" }), "bad-via"],
    ["an open quote", lines({ from: 'From: "Anna <sip:a@b>;tag=1' }), "bad-address"],
    ["two URIs", lines({ from: "From: sip:a@b <sip:c@d>;tag=1" }), "bad-address"],
    ["two bracketed URIs", lines({ from: "From: <sip:a@b><sip:c@d>;tag=1" }), "bad-address"],
    ["two tags", lines({ from: "From: <sip:a@b>;tag=1;tag=2" }), "bad-address"],
    ["two @", lines({ from: "From: <sip:a@b@c>;tag=1" }), "bad-address"],
    ["a URI in brackets", lines({ start: "REGISTER <sip:a> SIP/2.0" }), "bad-uri"],
    ["a URI without host", lines({ start: "REGISTER sip: SIP/2.0" }), "bad-uri"],
    ["the same credentials twice", lines({}, digest("a"), digest("a")), undefined],
    ["two guesses", lines({}, digest("a"), digest("A", "s")), "conflicting-header"],
    ["credentials for each of the most realms", lines({}, ...realms(MAX_CREDENTIALS)), undefined],
    ["one realm more", lines({}, ...realms(MAX_CREDENTIALS + 1)), "too-many-credentials"],
    ["a nonce twice", lines({}, `${digest("a")},nonce="m"`), "bad-credentials"],
    ["an escape in the response", lines({}, digest("a", "\\r")), "bad-credentials"],
    ["an open quote in credentials", lines({}, 'Authorization: Digest username="u'), "bad-credentials"],
  ])("%s", (_name, text, flaw) => {
    expect(read(text).flaw).toBe(flaw);
  });

  function realms(count: number): string[] {
    return Array.from({ length: count }, (_, index) => digest(`r${index}`));
  }
});

it("a reader tells nothing of the message before", () => {
  const reader = new MessageReader();
  reader.read(
    Buffer.from(lines({}, 'Authorization: Digest username="u",nonce="n"', "User-Agent: x", "Route: <sip:a>")),
  );
  expect([reader.agent, reader.branch, reader.credentials.length]).toEqual(["x", "z9hG4bK1", 1]);
  reader.read(Buffer.from("\r\n"));
  expect(reader).toMatchObject({ agent: "", branch: "", callId: "", fromUser: "", toTag: "", cseq: 0, cseqMethod: "" });
  expect([reader.credentials.length, reader.challenges.length, reader.index.find(HeaderKind.Route)]).toEqual([
    0, 0, -1,
  ]);
});
