import { expect, it } from "vitest";
import { messageLines } from "./message-lines.ts";

it("cuts at CR LF alone, and leaves the empty end away", () => {
  expect(messageLines("REGISTER sip:x SIP/2.0\r\nX: a\nb\r\n\r\nbody\r\n\r\n").map(({ text }) => text)).toEqual([
    "REGISTER sip:x SIP/2.0",
    "X: a\nb",
    "",
    "body",
  ]);
  expect(messageLines("")).toEqual([]);
});
