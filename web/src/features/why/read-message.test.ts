import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readMessage } from "./read-message.ts";

const register = [
  "REGISTER sip:203.0.113.10 SIP/2.0",
  "v: SIP/2.0/UDP 192.0.2.7:5070;branch=z9hG4bK-1;rport",
  'From: "Al" <sip:1001@203.0.113.10:5060;transport=udp>;tag=abc',
  "To: <sip:1001@203.0.113.10>",
  "Call-ID: 1",
  "CSeq: 2 REGISTER",
  'Authorization: Digest username="1001", realm="pbx",',
  ' nonce=***, response=***, uri="sip:203.0.113.10"',
  "X-Own: whatever",
  "Content-Length: 4",
  "",
  "body",
].join("\r\n");

const partsOf = (text: string, name: string) =>
  Object.fromEntries(
    (readMessage(text).fields.find((field) => field.name === name)?.parts ?? []).map((part) => [part.name, part.value]),
  );

describe("a stored message", () => {
  it("is read field by field, short names and folded lines too", () => {
    const message = readMessage(register);
    expect(message.isSip).toBe(true);
    expect(message.start[0]).toEqual({ name: "method", value: "REGISTER" });
    expect(partsOf(register, "Via")).toEqual({
      transport: "UDP",
      host: "192.0.2.7",
      port: "5070",
      branch: "z9hG4bK-1",
    });
    expect(partsOf(register, "From")).toEqual({
      name: "Al",
      user: "1001",
      host: "203.0.113.10",
      port: "5060",
      transport: "udp",
      tag: "abc",
    });
    expect(partsOf(register, "CSeq")).toEqual({ value: "2", method: "REGISTER" });
    expect(partsOf(register, "Authorization")).toMatchObject({ username: "1001", nonce: "***", response: "***" });
    expect(message.fields.map(({ isDamaged }) => isDamaged)).not.toContain(true);
    expect(message.body).toBe("body");
  });

  it("is read as an answer", () => {
    expect(readMessage("SIP/2.0 401 Unauthorized\r\n\r\n").start).toEqual([
      { name: "status", value: "401" },
      { name: "phrase", value: "Unauthorized" },
    ]);
  });

  it("keeps what is damaged as it came, and says so", () => {
    const message = readMessage("REGISTER sip:x SIP/2.0\r\nFrom: <b>\0bad\r\nno header at all\r\nTo: <sip:1@x>");
    expect(message.fields).toMatchObject([
      { name: "From", value: "<b>\0bad", isDamaged: true },
      { name: "", value: "no header at all", isDamaged: true },
      { name: "To", isDamaged: false },
    ]);
    expect(readMessage("GET / HTTP/1.1\r\n")).toMatchObject({ isSip: false, startLine: "GET / HTTP/1.1" });
  });

  it("shows UTF-8 as it is meant, also when the cut split a character, and other bytes one by one", () => {
    const kept = (text: string) => Buffer.from(text, "utf8").toString("latin1");
    expect(readMessage(kept("X: é\u202e")).startLine).toBe("X: é\u202e");
    expect(readMessage(kept("X: é").slice(0, -1)).startLine).toBe("X: Ã");
    expect(readMessage("X: \xe9!").startLine).toBe("X: é!");
  });

  it("never throws, whatever the bytes", () => {
    const bytes = fc.uint8Array({ maxLength: 300 }).map((raw) => Buffer.from(raw).toString("latin1"));
    const spoilt = fc.tuple(fc.nat(register.length), bytes).map(([at, raw]) => register.slice(0, at) + raw);
    fc.assert(
      fc.property(fc.oneof(bytes, spoilt), (text) => {
        readMessage(text);
      }),
      { numRuns: 200 },
    );
  });
});
