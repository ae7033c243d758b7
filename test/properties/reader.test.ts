/** Whatever the grammar allows reads as it was meant; whatever bytes come, nothing throws. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isKeepalive } from "../../proxy/src/sip/keepalive.ts";
import { maskCredentials } from "../../proxy/src/sip/mask.ts";
import { MessageReader } from "../../proxy/src/sip/reader.ts";
import { madeMessage } from "./message-arbitraries.ts";
import { readEverything } from "./read-everything.ts";

const reader = new MessageReader();

describe("a message made from the grammar", () => {
  it("has no flaw and reads as it was meant", () => {
    fc.assert(
      fc.property(madeMessage, ({ text, wanted }) => {
        const message = reader.read(Buffer.from(text, "latin1"));
        expect(message.flaw).toBeUndefined();
        expect(message).toMatchObject(wanted);
      }),
      { numRuns: 1000 },
    );
  });

  it("gives away no secret as evidence, wherever it is cut", () => {
    fc.assert(
      fc.property(madeMessage, fc.nat(2048), ({ text, wanted }, maxBytes) => {
        const evidence = maskCredentials(Buffer.from(text, "latin1"), maxBytes);
        for (const { response } of wanted.credentials) expect(evidence).not.toContain(response.slice(0, 8));
      }),
    );
  });
});

it("no bytes make the reader throw", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => {
      const raw = Buffer.from(bytes);
      readEverything(reader.read(raw));
      isKeepalive(raw);
      maskCredentials(raw, 200);
    }),
    { numRuns: 2000 },
  );
});

it("bytes behind the given end are never read", () => {
  fc.assert(
    fc.property(madeMessage, fc.nat(), fc.string(), ({ text }, cut, behind) => {
      const end = cut % text.length;
      const alone = readEverything(reader.read(Buffer.from(text.slice(0, end), "latin1")));
      const followed = Buffer.from(text.slice(0, end) + behind, "latin1");
      expect(readEverything(reader.read(followed, end))).toEqual(alone);
    }),
  );
});
