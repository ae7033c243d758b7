import { expect, it } from "vitest";
import { maskCredentials } from "./mask.ts";

const mask = (text: string, maxBytes = 2048) => maskCredentials(Buffer.from(text, "latin1"), maxBytes);

it("what could be replayed or guessed from is masked, the rest stays as it came", () => {
  const text =
    'REGISTER sip:a SIP/2.0\r\nAuthorization: Digest username="1001", nonce="n\\"1", uri="sip:a", response=r1,\r\n' +
    ' cnonce = "c1",nc=00000001\r\nX-Response: response="kept"\r\n\r\n';
  expect(mask(text)).toBe(
    'REGISTER sip:a SIP/2.0\r\nAuthorization: Digest username="1001", nonce=***, uri="sip:a", response=***,\r\n' +
      ' cnonce = ***,nc=00000001\r\nX-Response: response="kept"\r\n\r\n',
  );
});

it("a header cut in the middle of a secret is masked too", () => {
  const text = 'A b c\r\nproxy-authorization : Digest response="abcdef"\r\n';
  for (let bytes = text.indexOf("abc"); bytes <= text.length; bytes += 1)
    expect(mask(text, bytes)).not.toContain("abc");
});

it("other schemes are masked whole, and so is a password in a URI", () => {
  expect(mask("Authorization: Basic dXNlcjpwYXNz\r\n")).toBe("Authorization: Basic ***\r\n");
  expect(mask("From: <sip:anna:secret@pbx.example.com:5060>")).toBe("From: <sip:anna:***@pbx.example.com:5060>");
});

it("a message is cut at the given length", () => {
  expect(mask("abcdef", 3)).toBe("abc");
});
