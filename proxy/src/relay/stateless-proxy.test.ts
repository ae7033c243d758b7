import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { MessageReader } from "../sip/reader.ts";
import { type Flow, FlowTokens } from "./flow-token.ts";
import { isAnswer, StatelessProxy, type ToClient, type ToNextHop } from "./stateless-proxy.ts";

const secret = Buffer.alloc(32, 7);
const inner = { address: "127.0.0.1", port: 5090 };
const pbx = { address: "127.0.0.1", port: 5080 };
const proxy = new StatelessProxy({
  secret,
  inner,
  pbxAddress: pbx.address,
  advertised: () => ({ address: "203.0.113.10", port: 5060 }),
  isOwn: (host, port) => (host === "203.0.113.10" && port === 5060) || (host === inner.address && port === inner.port),
});
const tokens = new FlowTokens(secret);
const phone: Flow = { transport: "udp", address: "192.0.2.7", port: 40_000, listener: 1 };

interface Parts {
  readonly method?: string;
  readonly uri?: string;
  readonly via?: string;
  readonly more?: readonly string[];
  readonly maxForwards?: string;
  readonly toTag?: string;
  readonly cseq?: number;
}

function request(parts: Parts = {}): Buffer {
  const { method = "OPTIONS", uri = "sip:100@203.0.113.10", more = [], cseq = 1 } = parts;
  const via = parts.via ?? "Via: SIP/2.0/UDP 10.0.0.5:5062;branch=z9hG4bK776asdhds;rport";
  const to = parts.toTag === undefined ? "" : `;tag=${parts.toTag}`;
  return text(
    `${method} ${uri} SIP/2.0`,
    via,
    ...(parts.maxForwards === "" ? [] : [`Max-Forwards: ${parts.maxForwards ?? "70"}`]),
    "From: <sip:1001@203.0.113.10>;tag=a",
    `To: <${uri}>${to}`,
    "Call-ID: one@10.0.0.5",
    `CSeq: ${cseq} ${method}`,
    ...more,
    "Content-Length: 0",
  );
}

function text(...lines: readonly string[]): Buffer {
  return Buffer.from(`${lines.join("\r\n")}\r\n\r\n`, "latin1");
}

function lines(bytes: Buffer | undefined): string[] {
  return bytes === undefined ? [] : bytes.toString("latin1").split("\r\n");
}

/** The answer a server gives to a request as it stands: its Vias in order, its From, To, Call-ID and CSeq. */
function answerTo(bytes: Buffer, status = "200 OK"): Buffer {
  const kept = lines(bytes).filter((line) => /^(via|v|from|to|call-id|cseq):/i.test(line));
  return text(`SIP/2.0 ${status}`, ...kept, "Content-Length: 0");
}

function inward(parts: Parts = {}, from: Flow = phone): Buffer {
  const onward = proxy.inwardRequest(new MessageReader().read(request(parts)), from);
  if (onward === undefined) throw new Error("it was not passed");
  return onward.bytes;
}

function branchOf(bytes: Buffer): string {
  return new MessageReader().read(bytes).branch;
}

function outward(bytes: Buffer): ToClient | ToNextHop | undefined {
  return proxy.outwardRequest(bytes, pbx, () => 0);
}

describe("a request of a client", () => {
  it("is spliced, not written anew: every other byte stays", () => {
    const onward = inward({ more: ["X-Odd :  kept  ;\tas it is"] });
    const branch = branchOf(onward);
    expect(lines(onward)).toEqual([
      "OPTIONS sip:100@203.0.113.10 SIP/2.0",
      `Via: SIP/2.0/UDP 127.0.0.1:5090;branch=${branch};rport`,
      "Via: SIP/2.0/UDP 10.0.0.5:5062;received=192.0.2.7;branch=z9hG4bK776asdhds;rport=40000",
      "Max-Forwards: 69",
      ...lines(request({ more: ["X-Odd :  kept  ;\tas it is"] })).slice(3),
    ]);
  });

  it("gets no rport unless it asked for one, and no say in received and rport", () => {
    const plain = inward({ via: "v: SIP/2.0/UDP 10.0.0.5;branch=z9hG4bK1" });
    expect(lines(plain)[2]).toBe("v: SIP/2.0/UDP 10.0.0.5;received=192.0.2.7;branch=z9hG4bK1");
    const forged = inward({
      via: "Via: SIP/2.0/UDP 10.0.0.5;received=198.51.100.9;rport=53;branch=z9hG4bK1, SIP/2.0/UDP 198.51.100.3;branch=z9hG4bK0",
    });
    expect(lines(forged)[2]).toBe(
      "Via: SIP/2.0/UDP 10.0.0.5;received=192.0.2.7;rport=40000;branch=z9hG4bK1, SIP/2.0/UDP 198.51.100.3;branch=z9hG4bK0",
    );
  });

  it("gets Max-Forwards when it has none, and silence when it is used up", () => {
    expect(lines(inward({ maxForwards: "" }))).toContain("Max-Forwards: 70");
    expect(proxy.inwardRequest(new MessageReader().read(request({ maxForwards: "0" })), phone)).toBeUndefined();
  });

  it("keeps its branch through retransmission, CANCEL and the ACK of a refusal", () => {
    const invite = branchOf(inward({ method: "INVITE" }));
    expect(branchOf(inward({ method: "INVITE" }))).toBe(invite);
    expect(branchOf(inward({ method: "CANCEL" }))).toBe(invite);
    expect(branchOf(inward({ method: "ACK", toTag: "b" }))).toBe(invite);
    // A rebinding router between INVITE and CANCEL does not separate them.
    expect(branchOf(inward({ method: "CANCEL" }, { ...phone, port: 40_001 }))).toBe(invite);
    expect(invite).toMatch(/^z9hG4bK01[0-9a-f]{16}$/);
  });

  it("has another branch than another transaction", () => {
    const one = branchOf(inward());
    expect(branchOf(inward({ via: "Via: SIP/2.0/UDP 10.0.0.5:5062;branch=z9hG4bKother;rport" }))).not.toBe(one);
    expect(branchOf(inward({ via: "Via: SIP/2.0/UDP 10.0.0.6:5062;branch=z9hG4bK776asdhds;rport" }))).not.toBe(one);
  });

  it("of a sender without branches is told apart by Call-ID, From tag and CSeq number", () => {
    const via = "Via: SIP/2.0/UDP 10.0.0.5:5062";
    const invite = branchOf(inward({ method: "INVITE", via, cseq: 7 }));
    expect(branchOf(inward({ method: "CANCEL", via, cseq: 7 }))).toBe(invite);
    expect(branchOf(inward({ method: "ACK", via, cseq: 7, toTag: "x" }))).toBe(invite);
    expect(branchOf(inward({ method: "INVITE", via, cseq: 8 }))).not.toBe(invite);
  });

  it("records a route for each side, the PBX's first, when it can begin a dialog", () => {
    const token = tokens.seal(phone);
    expect(lines(inward({ method: "INVITE" })).slice(1, 4)).toEqual([
      expect.stringMatching(/^Via: /),
      `Record-Route: <sip:${token}@127.0.0.1:5090;lr>`,
      `Record-Route: <sip:${token}@203.0.113.10:5060;lr>`,
    ]);
    const overTcp = lines(inward({ method: "SUBSCRIBE" }, { ...phone, transport: "tcp" }));
    expect(overTcp[1]).toMatch(/^Via: SIP\/2.0\/TCP /);
    expect(overTcp[3]).toMatch(/;transport=tcp;lr>$/);
    expect(inward({ method: "OPTIONS" }).includes("Record-Route")).toBe(false);
  });

  it("to register gets a Path, and says that it supports it when it did not", () => {
    const path = `Path: <sip:${tokens.seal(phone)}@127.0.0.1:5090;lr>`;
    const silent = lines(inward({ method: "REGISTER" }));
    expect(silent).toContain(path);
    expect(silent).toContain("Supported: path");
    const spoken = lines(inward({ method: "REGISTER", more: ["k: gruu,  PATH"] }));
    expect(spoken).toContain(path);
    expect(spoken).not.toContain("Supported: path");
  });

  it("loses our own routes and keeps those of others", () => {
    const token = tokens.seal(phone);
    const ours = `<sip:${token}@203.0.113.10:5060;lr>,<sip:${token}@127.0.0.1:5090;lr>`;
    const onward = lines(inward({ more: [`Route: ${ours}`, "Route: <sip:farm.example.com;lr>"] }));
    expect(onward.filter((line) => line.startsWith("Route"))).toEqual(["Route: <sip:farm.example.com;lr>"]);
    expect(inward({ more: ["Route: <sip:203.0.113.10:5060;lr>"] }).includes("Route:")).toBe(false);
  });

  it("stays silent to what no SIP stack sends", () => {
    expect(proxy.inwardRequest(new MessageReader().read(Buffer.from("garbage")), phone)).toBeUndefined();
    expect(
      proxy.inwardRequest(new MessageReader().read(text("OPTIONS sip:a SIP/2.0", "Via: SIP/2.0/UDP a")), phone),
    ).toBeUndefined();
  });
});

describe("an answer of the PBX", () => {
  it("goes where the request came from, byte for byte what the PBX wrote below our Via", () => {
    const answer = answerTo(inward());
    const onward = proxy.outwardResponse(answer, "udp");
    expect(onward?.flow).toEqual(phone);
    expect(lines(onward?.bytes)).toEqual(lines(answer).filter((line) => !line.includes("127.0.0.1:5090")));
  });

  it("goes to the sent-by port at the address it came from, when no rport was asked for", () => {
    const bytes = inward({ via: "Via: SIP/2.0/UDP 198.51.100.1:5070;maddr=198.51.100.2;branch=z9hG4bK1" });
    expect(proxy.outwardResponse(answerTo(bytes), "udp")?.flow).toEqual({ ...phone, port: 5070 });
    const silent = inward({ via: "Via: SIP/2.0/UDP 198.51.100.1;branch=z9hG4bK1" });
    expect(proxy.outwardResponse(answerTo(silent), "udp")?.flow).toEqual({ ...phone, port: 5060 });
  });

  it("finds an IPv6 client", () => {
    const sixth: Flow = { transport: "udp", address: "2001:db8::7", port: 5_062, listener: 3 };
    const bytes = inward({ via: "Via: SIP/2.0/UDP [2001:db8::7]:5062;branch=z9hG4bK1;rport" }, sixth);
    expect(bytes.includes("received=2001:db8::7")).toBe(true);
    expect(proxy.outwardResponse(answerTo(bytes), "udp")?.flow).toEqual(sixth);
  });

  it("goes nowhere when our Via is not on top, or is not of this transaction", () => {
    const answer = answerTo(inward()).toString("latin1");
    const forgeries = [
      answerTo(request()).toString("latin1"),
      answer.replace("z9hG4bK776asdhds", "z9hG4bKother"),
      answer.replace("10.0.0.5:5062", "10.0.0.9:5062"),
      answer.replace(/branch=z9hG4bK01/, "branch=z9hG4bK00"),
      answer.replace(/branch=z9hG4bK01...../, "branch=z9hG4bK01AAAAA"),
    ];
    for (const forged of forgeries) {
      expect(proxy.outwardResponse(Buffer.from(forged, "latin1"), "udp"), forged).toBeUndefined();
    }
  });
});

describe("a request of the PBX", () => {
  const via = "Via: SIP/2.0/UDP 127.0.0.1:5080;rport;branch=z9hG4bKpbx";

  it("goes to the client its token names, with both routes taken away and recorded anew", () => {
    const token = tokens.seal(phone);
    const more = [`Route: <sip:${token}@127.0.0.1:5090;lr>`, `Route: <sip:${token}@203.0.113.10:5060;lr>`];
    const onward = outward(request({ method: "INVITE", uri: "sip:1001@10.0.0.5:5062", via, more }));
    expect(onward).toMatchObject({ flow: phone });
    expect(lines(onward?.bytes)).toEqual([
      "INVITE sip:1001@10.0.0.5:5062 SIP/2.0",
      expect.stringMatching(/^Via: SIP\/2.0\/UDP 203.0.113.10:5060;branch=z9hG4bK01[0-9a-f]{16};rport$/),
      `Record-Route: <sip:${token}@203.0.113.10:5060;lr>`,
      `Record-Route: <sip:${token}@127.0.0.1:5090;lr>`,
      "Via: SIP/2.0/UDP 127.0.0.1:5080;received=127.0.0.1;rport=5080;branch=z9hG4bKpbx",
      "Max-Forwards: 69",
      ...lines(request({ method: "INVITE", uri: "sip:1001@10.0.0.5:5062", via })).slice(3),
    ]);
  });

  it("is never led by a token that is not ours", () => {
    const sealed = tokens.seal(phone);
    const other = new FlowTokens(Buffer.alloc(32, 8)).seal(phone);
    const changed = `${sealed[0] === "A" ? "B" : "A"}${sealed.slice(1)}`;
    for (const token of [other, changed, sealed.slice(0, -1), "", "x".repeat(200)]) {
      const more = [`Route: <sip:${token}@127.0.0.1:5090;lr>`];
      const onward = outward(request({ uri: "sip:0900@198.51.100.3:5061", via, more }));
      expect(onward).toMatchObject({ host: "198.51.100.3", port: 5061 });
    }
  });

  it("to a trunk goes to its Route, else its Request-URI, and never back to ourselves", () => {
    expect(outward(request({ uri: "sip:33@trunk.example.com", via }))).toMatchObject({
      host: "trunk.example.com",
      port: 0,
    });
    const more = ["Route: <sip:[2001:db8::5]:5070;lr>"];
    expect(outward(request({ uri: "sip:33@trunk.example.com", via, more }))).toMatchObject({
      host: "2001:db8::5",
      port: 5070,
    });
    expect(outward(request({ uri: "sip:33@203.0.113.10", via }))).toBeUndefined();
    expect(outward(request({ uri: "tel:+33123456789", via }))).toBeUndefined();
  });

  it("gets its answer back at the PBX only, at the port it sent from", () => {
    const onward = outward(request({ via, more: [`Route: <sip:${tokens.seal(phone)}@127.0.0.1:5090;lr>`] }));
    const answer = answerTo(onward?.bytes ?? Buffer.alloc(0));
    const back = proxy.inwardResponse(new MessageReader().read(answer));
    expect(back?.port).toBe(5080);
    expect(lines(back?.bytes)[1]).toBe(
      "Via: SIP/2.0/UDP 127.0.0.1:5080;received=127.0.0.1;rport=5080;branch=z9hG4bKpbx",
    );
    expect(proxy.inwardResponse(new MessageReader().read(answerTo(request({ via }))))).toBeUndefined();
  });

  it("over TCP says where it ends", () => {
    const token = tokens.seal({ ...phone, transport: "tcp" });
    const bytes = Buffer.from(
      request({ via, more: [`Route: <sip:${token}@127.0.0.1:5090;lr>`] })
        .toString("latin1")
        .replace("Content-Length: 0\r\n", ""),
      "latin1",
    );
    expect(lines(outward(bytes)?.bytes)).toContain("Content-Length: 0");
  });
});

it("seals and opens the flow of any client, and opens nothing else", () => {
  const flow = fc.record<Flow>({
    transport: fc.constantFrom("udp", "tcp"),
    address: fc.constantFrom("192.0.2.1", "203.0.113.255", "2001:db8::1", "::1"),
    port: fc.integer({ min: 1, max: 65_535 }),
    listener: fc.integer({ min: 0, max: 255 }),
  });
  fc.assert(
    fc.property(flow, fc.nat(), fc.integer({ min: 1, max: 255 }), (one, at, change) => {
      const token = tokens.seal(one);
      expect(tokens.open(token)).toEqual(one);
      expect(token).toMatch(/^[\w-]{23,40}$/);
      const bytes = Buffer.from(token, "base64url");
      bytes[at % bytes.length] = (bytes[at % bytes.length] ?? 0) ^ change;
      expect(tokens.open(bytes.toString("base64url"))).toBeUndefined();
    }),
  );
  fc.assert(
    fc.property(fc.string(), (word) => {
      expect(tokens.open(word)).toBeUndefined();
    }),
  );
});

it("never throws, whatever the bytes are", () => {
  const base = request({ method: "INVITE", more: [`Route: <sip:${tokens.seal(phone)}@127.0.0.1:5090;lr>`] });
  const mutated = fc
    .array(fc.tuple(fc.nat(base.length - 1), fc.integer({ min: 0, max: 255 })), { maxLength: 8 })
    .map((changes) => {
      const bytes = Buffer.from(base);
      for (const [at, octet] of changes) bytes[at] = octet;
      return bytes;
    });
  fc.assert(
    fc.property(fc.oneof(mutated, fc.uint8Array({ maxLength: 200 }).map(Buffer.from)), (bytes) => {
      isAnswer(bytes);
      proxy.inwardRequest(new MessageReader().read(bytes), phone);
      proxy.inwardResponse(new MessageReader().read(bytes));
      proxy.outwardRequest(bytes, pbx, () => 0);
      proxy.outwardResponse(bytes, "udp");
    }),
    { numRuns: 2_000 },
  );
});
