import { describe, expect, it } from "vitest";
import { applyEdits, type Edit } from "./edits.ts";
import { MessageReader } from "./reader.ts";
import { decrementMaxForwards, markReceived, popRoute, popVia, pushHeader, readTopRoute } from "./rewrites.ts";

describe("edits", () => {
  const apply = (text: string, edits: readonly Edit[]) => applyEdits(Buffer.from(text), edits).toString();

  it("none leave the bytes themselves", () => {
    const raw = Buffer.from("abc");
    expect(applyEdits(raw, [])).toBe(raw);
    expect(applyEdits(raw, [], 2).toString()).toBe("ab");
  });

  it("are made at their places, whatever their order", () => {
    const edits = [
      { at: 3, remove: 1, insert: "X" },
      { at: 0, remove: 0, insert: "<" },
      { at: 5, remove: 0, insert: ">" },
      { at: 5, remove: 9, insert: "!" },
    ];
    expect(apply("abcde", edits)).toBe("<abcXe>!");
  });

  it("that overlap take each byte away once", () => {
    expect(
      apply("abcdef", [
        { at: 1, remove: 3, insert: "1" },
        { at: 2, remove: 3, insert: "2" },
      ]),
    ).toBe("a12f");
  });
});

describe("a proxy's rewrites", () => {
  const text = (via: string, more = "") => `OPTIONS sip:a SIP/2.0\r\n${via}\r\n${more}Call-ID: 1\r\n\r\nbody`;
  const rewrite = (raw: string, edit: (message: MessageReader) => readonly Edit[]) => {
    const message = new MessageReader().read(Buffer.from(raw));
    return applyEdits(message.bytes, edit(message)).toString();
  };

  it("push a header in front", () => {
    expect(rewrite(text("v: x"), (message) => [pushHeader(message, "Via", "SIP/2.0/UDP 192.0.2.1")])).toBe(
      text("Via: SIP/2.0/UDP 192.0.2.1\r\nv: x"),
    );
  });

  it("pop the topmost Via, alone in its header or not", () => {
    expect(rewrite(text("Via: SIP/2.0/UDP a;branch=1\r\nVia: SIP/2.0/UDP b"), popVia)).toBe(text("Via: SIP/2.0/UDP b"));
    expect(rewrite(text("Via: SIP/2.0/UDP a;branch=1 ,\r\n SIP/2.0/UDP b"), popVia)).toBe(text("Via: SIP/2.0/UDP b"));
    expect(rewrite("OPTIONS sip:a SIP/2.0\r\n\r\n", popVia)).toBe("OPTIONS sip:a SIP/2.0\r\n\r\n");
  });

  it("pop the topmost Route and tell what it said", () => {
    const route = 'Route: "a,b" <sip:u@192.0.2.1:5070;lr>;x=1, <sip:b;lr>\r\n';
    expect(rewrite(text("Via: x", route), popRoute)).toBe(text("Via: x", "Route: <sip:b;lr>\r\n"));
    const message = new MessageReader().read(Buffer.from(text("Via: x", route)));
    const top = readTopRoute(message);
    expect(top?.uri.port).toBe(5070);
    expect(message.bytes.toString("latin1", top?.uri.userStart, top?.uri.userEnd)).toBe("u");
  });

  it.each([
    ["SIP/2.0/UDP a:5060;branch=1", "SIP/2.0/UDP a:5060;received=192.0.2.7;branch=1"],
    ["SIP/2.0/UDP a;rport;branch=1", "SIP/2.0/UDP a;received=192.0.2.7;rport=5062;branch=1"],
    ["SIP/2.0/UDP a ; rport = 1 ;received=b", "SIP/2.0/UDP a ; rport=5062 ;received=192.0.2.7"],
    ["SIP/2.0/UDP a", "SIP/2.0/UDP a;received=192.0.2.7"],
  ])("mark where %s came from", (before, after) => {
    expect(rewrite(text(`Via: ${before}`), (message) => markReceived(message, "192.0.2.7", 5062))).toBe(
      text(`Via: ${after}`),
    );
  });

  it("count Max-Forwards down, and begin at 70", () => {
    expect(rewrite(text("Via: x", "Max-Forwards: 010\r\n"), (m) => [decrementMaxForwards(m)])).toBe(
      text("Via: x", "Max-Forwards: 9\r\n"),
    );
    expect(rewrite(text("Via: x"), (m) => [decrementMaxForwards(m)])).toBe(text("Max-Forwards: 70\r\nVia: x"));
  });
});
