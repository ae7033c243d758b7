import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { MessageReader } from "@sipprot/proxy/sip/reader";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Scene } from "./scene.ts";

const folder = fileURLToPath(new URL("../../corpus/messages/asterisk/", import.meta.url));
const phone = "192.0.2.7";

/** Conversations with a real Asterisk by name, each a list of files in the order of the wire. */
function readConversations(): Map<string, string[]> {
  const conversations = new Map<string, string[]>();
  const order = (file: string) => Number(/\.(\d+)-/.exec(file)?.[1]);
  for (const file of readdirSync(folder).sort((a, b) => order(a) - order(b))) {
    const name = file.split(".")[0] ?? file;
    conversations.set(name, [...(conversations.get(name) ?? []), file]);
  }
  return conversations;
}

const conversations = readConversations();
/** What a person would count as a wrong password; everything else is none. */
const WRONG = /^(b1|b3|b6|b8|c2|c3|c4|f1|f2)-/;
/** What no SIP stack sends; refused, and nobody is blocked for it. */
const MALFORMED = /^(h16|i1|i4|i5|i6|i7|i8|i9)-/;

describe("mutated messages of a real Asterisk", () => {
  const originals = [...conversations.values()].flat().map((file) => readFileSync(folder + file));

  it("are decided without an exception, and block nobody over UDP", () => {
    const scene = new Scene();
    const reader = new MessageReader();
    const mutation = fc.record({ at: fc.nat(1500), byte: fc.nat(255), cut: fc.nat(30) });
    fc.assert(
      fc.property(
        fc.constantFrom(...originals),
        fc.array(mutation, { maxLength: 6 }),
        fc.boolean(),
        (original, mutations, isOut) => {
          let bytes = Buffer.from(original);
          for (const { at, byte, cut } of mutations) {
            const place = bytes.length === 0 ? 0 : at % bytes.length;
            if (cut < 3) bytes = Buffer.concat([bytes.subarray(0, place), bytes.subarray(place + cut)]);
            else if (bytes.length > 0) bytes[place] = byte;
          }
          scene.nowMs += 10;
          if (isOut) scene.answer(phone, reader.read(bytes));
          else scene.decide("198.51.100.9", reader.read(bytes));
        },
      ),
      { numRuns: 5_000 },
    );
    expect(scene.told("block")).toHaveLength(0);
  });
});

describe("a conversation with a real Asterisk, read by the real reader", () => {
  it.each([...conversations.keys()])("%s gets the verdict a person would give", (name) => {
    const scene = new Scene();
    const reader = new MessageReader();
    const transport = name.includes("tcp") ? ("tcp" as const) : ("udp" as const);
    for (const file of conversations.get(name) ?? []) {
      const bytes = readFileSync(folder + file);
      if (bytes.toString("latin1").trim() === "") continue; // Keepalives never reach the policy.
      const message = reader.read(bytes);
      const isOut = file.includes("-from-asterisk") || (file.includes("-response-") && !file.includes("-sent"));
      scene.nowMs += 20;
      if (isOut) scene.answer(phone, message, { transport });
      else
        expect([file, scene.decide(phone, message, { transport }).verdict]).toEqual([
          file,
          MALFORMED.test(name) ? "drop" : "pass",
        ]);
    }
    expect(scene.countEvents("sign-in-failed")).toBe(WRONG.test(name) ? 1 : 0);
    expect(scene.told("block")).toHaveLength(0);
  });
});
