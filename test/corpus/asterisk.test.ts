/** Every recorded message is sound, but for those that were sent to see what an Asterisk does with rubbish. */
import { describe, expect, it } from "vitest";
import { isKeepalive } from "../../proxy/src/sip/keepalive.ts";
import { MessageReader } from "../../proxy/src/sip/reader.ts";
import { readCorpus } from "./messages.ts";

const flawed: Readonly<Record<string, string>> = {
  "h16-sip-version-3": "bad-start-line",
  "i1-garbage": "bad-start-line",
  "i4-missing-headers": "missing-header",
  "i5-no-via": "missing-header",
  "i6-bad-cseq": "bad-cseq",
  "i7-bad-uri": "bad-uri",
  "i8-content-length-too-long": "truncated-body",
  "i9-garbage-tcp": "bad-start-line",
};

describe("the messages of a real PBX", () => {
  const messages = readCorpus("asterisk");

  it.each(messages)("$name", ({ name, bytes }) => {
    const message = new MessageReader().read(bytes);
    const [set = "", kind = ""] = name.split(".");
    if (set.includes("keepalive")) {
      expect(isKeepalive(bytes)).toBe(true);
      return;
    }
    expect(isKeepalive(bytes)).toBe(false);
    // Of the pairs only the first message was made wrong, the answer is the PBX's.
    expect(message.flaw).toBe(kind.startsWith("1-") ? flawed[set] : undefined);
    if (message.flaw !== undefined) return;
    const what = kind.split("-").at(-1) ?? "";
    expect(message.isRequest ? message.method : String(message.status)).toBe(
      what === "sent" ? String(message.status) : what,
    );
    expect(message.branch).not.toBe("");
    expect(message.callId).not.toBe("");
    expect(message.cseq).toBeGreaterThan(0);
  });

  it("tell a stale nonce from a wrong password", () => {
    const stale = messages
      .filter(({ bytes }) => new MessageReader().read(bytes).challenges.some((challenge) => challenge.stale))
      .map(({ name }) => name.split(".")[0]);
    expect([...new Set(stale)]).toEqual(["b2-register-made-up-nonce", "b7-register-nonce-40s-old-right-password"]);
  });
});
