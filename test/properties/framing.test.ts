/** A TCP stream gives the same frames wherever the network cuts it, and the frames are the stream. */
import fc from "fast-check";
import { expect, it } from "vitest";
import { MessageStream } from "../../proxy/src/sip/framing.ts";
import { readCorpus } from "../corpus/messages.ts";
import { madeMessage } from "./message-arbitraries.ts";

const part = fc.oneof(
  { weight: 6, arbitrary: madeMessage.map(({ text }) => text) },
  { weight: 3, arbitrary: fc.constantFrom("\r\n", "\r\n\r\n") },
  {
    weight: 1,
    arbitrary: fc.constantFrom("GET / HTTP/1.1\r\n\r\n", "\0", "\n", "\r", "A sip:b SIP/2.0\r\nl: x\r\n\r\n"),
  },
);

function run(stream: Buffer, cuts: readonly number[]) {
  const reader = new MessageStream();
  const frames: string[] = [];
  let at = 0;
  for (const cut of [...cuts, stream.length].sort((a, b) => a - b)) {
    for (const frame of reader.push(stream.subarray(at, cut)))
      frames.push(`${frame.kind} ${frame.bytes.toString("latin1")}`);
    at = cut;
  }
  return { frames, fault: reader.fault, heldBytes: reader.heldBytes };
}

it("any stream, cut anywhere", () => {
  fc.assert(
    fc.property(fc.array(part, { maxLength: 5 }), fc.array(fc.nat(), { maxLength: 12 }), (parts, cuts) => {
      const stream = Buffer.from(parts.join(""), "latin1");
      const whole = run(stream, []);
      expect(
        run(
          stream,
          cuts.map((cut) => cut % (stream.length + 1)),
        ),
      ).toEqual(whole);
      const framed = whole.frames.map((frame) => frame.slice(frame.indexOf(" ") + 1)).join("");
      expect(stream.toString("latin1").startsWith(framed)).toBe(true);
      if (whole.fault === undefined) expect(framed.length + whole.heldBytes).toBe(stream.length);
    }),
    { numRuns: 400 },
  );
});

it("the messages of a real PBX, one behind the other, byte by byte", () => {
  const messages = readCorpus("asterisk").filter(({ name }) => !/^(i|h16)/.test(name));
  const stream = Buffer.concat(messages.map(({ bytes }) => bytes));
  const everywhere = Array.from({ length: stream.length }, (_, at) => at);
  const { frames, fault } = run(stream, everywhere);
  expect(fault).toBeUndefined();
  expect(frames).toEqual(messages.map(({ bytes }) => `message ${bytes.toString("latin1")}`));
});
