import { describe, expect, it } from "vitest";
import { type Frame, MessageStream } from "./framing.ts";
import { MAX_MESSAGE_BYTES, MAX_START_LINE_BYTES } from "./limits.ts";

const message = (body: string, length: string | undefined = `Content-Length: ${body.length}`) =>
  `OPTIONS sip:a SIP/2.0\r\nVia: x\r\n${length === undefined ? "" : `${length}\r\n`}\r\n${body}`;
const texts = (frames: readonly Frame[]) => frames.map((frame) => frame.bytes.toString("latin1"));
const push = (stream: MessageStream, text: string) => stream.push(Buffer.from(text, "latin1"));

describe("a stream of messages", () => {
  it("comes out message by message, whole in one piece", () => {
    const stream = new MessageStream();
    const parts = [
      message("body"),
      "\r\n",
      "\r\n",
      message("", "l : 0"),
      message("x".repeat(5)),
      message("", undefined),
    ];
    const frames = push(stream, `${parts.join("")}OPTIONS`);
    expect(texts(frames)).toEqual(parts);
    expect(frames.map((frame) => frame.kind).join(" ")).toBe("message keepalive keepalive message message message");
    expect(stream.heldBytes).toBe(7);
  });

  it("comes out the same byte by byte", () => {
    const stream = new MessageStream();
    const parts = ["\r\n", message("body\r\n\r\nmore"), "\r\n", message("")];
    const frames = [...parts.join("")].flatMap((octet) => push(stream, octet));
    expect(texts(frames)).toEqual(parts);
    expect(stream.heldBytes).toBe(0);
  });

  it("leaves frames it gave out alone", () => {
    const stream = new MessageStream();
    push(stream, message("1").slice(0, 10));
    const [first] = push(stream, `${message("1").slice(10)}${message("2").slice(0, 30)}`);
    push(stream, message("2").slice(30));
    expect(first?.bytes.toString()).toBe(message("1"));
  });

  it("may fold any header but the length", () => {
    const stream = new MessageStream();
    expect(push(stream, message("", "Subject: a\r\n Content-Length: 9\r\nContent-Length: 0"))).toHaveLength(1);
  });

  const start = "OPTIONS sip:a SIP/2.0\r\n";
  const longestUri = `OPTIONS sip:${"a".repeat(MAX_START_LINE_BYTES - 20)} SIP/2.0`;
  const headers = (bytes: number) => `${start}X: ${"x".repeat(bytes - start.length - 7)}\r\n\r\n`;
  const sized = (bytes: number) => {
    const body = bytes - message("", "Content-Length: 60000").length;
    return message("b".repeat(body));
  };

  it.each([
    ["a TLS hello", "\x16\x03\x01", "bad-start-line"],
    ["a zero", "\0", "bad-start-line"],
    ["a bare LF", "\n", "bad-start-line"],
    ["a bare CR", "\rOPTIONS", "bad-start-line"],
    ["HTTP", "GET / HTTP/1.1\r\n", "bad-start-line"],
    ["the longest start line", `${longestUri}\r\n\r\n`, undefined],
    ["a start line one byte longer", `${longestUri} \r\n`, "bad-start-line"],
    ["a start line without end", "A".repeat(MAX_START_LINE_BYTES + 1), "bad-start-line"],
    ["a length that is no number", message("", "Content-Length: ten"), "bad-content-length"],
    ["a folded length", message("", "Content-Length:\r\n 0"), "bad-content-length"],
    ["a length going on in a fold", message("", "Content-Length: 1\r\n 0"), "bad-content-length"],
    ["two lengths", message("", "Content-Length: 0\r\nl: 5"), "conflicting-header"],
    ["the same length twice", message("", "Content-Length: 0\r\nl: 0"), undefined],
    ["the largest message", sized(MAX_MESSAGE_BYTES), undefined],
    ["one byte more", sized(MAX_MESSAGE_BYTES + 1), "too-large"],
    ["the longest headers", headers(MAX_MESSAGE_BYTES), undefined],
    ["one byte more of headers", headers(MAX_MESSAGE_BYTES + 1), "no-end-of-headers"],
  ])("%s", (_name, text, fault) => {
    const stream = new MessageStream();
    const frames = push(stream, text);
    expect(stream.fault).toBe(fault);
    expect(frames).toHaveLength(fault === undefined ? 1 : 0);
    expect(stream.heldBytes).toBe(0);
    if (fault !== undefined) expect(push(stream, message(""))).toEqual([]);
  });
});
