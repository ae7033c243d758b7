/** Transparent mode: a stock Asterisk sees its phones' own addresses and the bytes they sent; calls work in every way. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { qualifiedAccount } from "../lab/asterisk-configuration.ts";
import { Endpoint } from "../lab/attacks.ts";
import { pbxAddressIPv6, phoneAddress, phoneAddressIPv6, recorderAddress } from "../lab/network.ts";
import { type ProtectedLab, startProtectedLab } from "../lab/protected-lab.ts";
import { expectEchoCall, signIn } from "../lab/signing-in.ts";
import { pause, until } from "../lab/until.ts";

const recorder = { address: recorderAddress, port: 5060 };
const captures = fileURLToPath(new URL("../corpus/messages/asterisk", import.meta.url));

let lab: ProtectedLab;
beforeAll(async () => {
  lab = await startProtectedLab({ mode: "transparent" });
});
afterAll(() => lab?.remove());

describe("the gate in transparent mode", () => {
  it("says that all its parts are well", async () => {
    const health = await lab.gate.health();
    expect(health?.status).toBe(200);
    expect(health?.parts.filter(({ state }) => state === "failed")).toEqual([]);
  });

  it.each([
    { transport: "udp", address: phoneAddress, server: undefined },
    { transport: "tcp", address: phoneAddress, server: undefined },
    { transport: "udp", address: phoneAddressIPv6, server: { address: pbxAddressIPv6, port: 5060 } },
    { transport: "tcp", address: phoneAddressIPv6, server: { address: pbxAddressIPv6, port: 5060 } },
  ] as const)("lets a phone at $address register and call over $transport", async ({ transport, address, server }) => {
    const phone = await signIn(lab.phones, { user: "1001", address, transport, ...(server ? { server } : {}) });
    await expectEchoCall(phone);
    const contact = (await lab.asterisk.contacts()).find(
      ({ account, uri }) => account === "1001" && uri.includes(`:${phone.port}`),
    );
    expect(contact?.uri).toContain(address);
    expect((await phone.register({ expires: 0 })).status).toBe(200);
    await phone.close();
  });

  it("passes a call from phone to phone, UDP to TCP, and the hang-up by the PBX", async () => {
    const caller = await signIn(lab.phones, { user: "1002", address: phoneAddress });
    const callee = await signIn(lab.phones, { user: "1003", address: "198.51.100.11", transport: "tcp" });
    const call = await caller.call("1003");
    expect(call.status).toBe(200);
    expect((await caller.talk(call.callId, 50)).received).toBeGreaterThanOrEqual(40);
    expect((await caller.hangUp(call.callId)).status).toBe(200);
    await until(async () => (await callee.state()).requests.BYE === 1, 2000, "the callee's BYE");
    expect((await callee.state()).requests).toMatchObject({ INVITE: 1, ACK: 1, BYE: 1 });
    const back = await callee.call("1002");
    expect(back.status).toBe(200);
    expect((await callee.hangUp(back.callId)).status).toBe(200);
    const short = await caller.call("601");
    await until(
      async () =>
        (await caller.state()).calls.some(({ callId, state }) => callId === short.callId && state === "ended"),
      5000,
    );
  });

  it("lets a ringing call be given up, and a busy phone be busy", async () => {
    const caller = await signIn(lab.phones, { user: "1004", address: phoneAddress });
    const { cancel, placed } = await caller.callAndCancel("602", 500);
    expect([cancel.status, placed.status]).toEqual([200, 487]);
    await signIn(lab.phones, { user: "1005", address: phoneAddress, answers: false });
    expect((await caller.call("1005")).status).toBeGreaterThanOrEqual(480);
  });

  it("passes the PBX's own pings to a phone, and its answers back", async () => {
    const phone = await signIn(lab.phones, { user: qualifiedAccount, address: phoneAddress });
    await until(async () => ((await phone.state()).requests.OPTIONS ?? 0) >= 2, 8000);
    expect(await lab.asterisk.command("pjsip show contacts")).toMatch(/1009.*Avail/);
  });

  it("shows Asterisk the sender's own address in its security log", async () => {
    const log = await lab.asterisk.securityLog();
    const addresses = new Set(log.map(({ address }) => address).filter((address) => address !== ""));
    expect(
      [...addresses].every((address) => address.startsWith("198.51.100.") || address.startsWith("2001:db8:2:")),
    ).toBe(true);
    expect(log.some(({ event }) => event === "SuccessfulAuth")).toBe(true);
  });
});

describe("the bytes of a message", () => {
  let pbx: Endpoint;
  let client: Endpoint;
  beforeAll(async () => {
    pbx = await Endpoint.open(lab.network.pbx, { ...recorder, listens: true });
    client = await Endpoint.open(lab.network.phones, { address: "198.51.100.30", port: 5070, listens: false });
  });
  afterAll(async () => {
    await pbx?.stop();
    await client?.stop();
  });

  it("arrive over UDP as they were sent, both ways, from the client's own port", async () => {
    const messages = legitimateMessages();
    for (const bytes of messages) {
      await client.datagram(bytes, recorder);
      await pause(15);
    }
    await pause(300);
    const { datagrams } = await pbx.kept();
    expect(datagrams.map(({ base64 }) => base64)).toEqual(messages.map((bytes) => bytes.toString("base64")));
    expect(new Set(datagrams.map(({ address, port }) => `${address}:${port}`))).toEqual(
      new Set(["198.51.100.30:5070"]),
    );
    const answers = messages.slice(0, 20).map(answerTo);
    for (const bytes of answers) await pbx.datagram(bytes, { address: "198.51.100.30", port: 5070 });
    await pause(300);
    const back = await client.kept();
    expect(back.datagrams.map(({ base64 }) => base64)).toEqual(answers.map((bytes) => bytes.toString("base64")));
    expect(new Set(back.datagrams.map(({ address, port }) => `${address}:${port}`))).toEqual(
      new Set([`${recorderAddress}:5060`]),
    );
  });

  it("arrive over TCP as they were sent, wherever the stream is cut, keepalives among them", async () => {
    const { stream, port } = await client.connect(recorder);
    const bytes = Buffer.concat(legitimateMessages().flatMap((message) => [message, Buffer.from("\r\n\r\n")]));
    for (let at = 0; at < bytes.length; ) {
      const length = 1 + ((at * 7919) % 1700);
      await client.write(stream, bytes.subarray(at, at + length));
      at += length;
      await pause(3);
    }
    await until(
      async () => Buffer.from((await pbx.kept()).streams[0]?.base64 ?? "", "base64").length >= bytes.length,
      5000,
      "all bytes",
    );
    const [arrived] = (await pbx.kept()).streams;
    expect(arrived).toMatchObject({ address: "198.51.100.30", port });
    expect(Buffer.from(arrived?.base64 ?? "", "base64").equals(bytes)).toBe(true);
  });

  it("arrive in a datagram far above the MTU", async () => {
    await pbx.forget();
    const bytes = aRequest("MESSAGE", `big-${"x".repeat(8)}`, "y".repeat(20_000));
    await client.datagram(bytes, recorder);
    await until(async () => (await pbx.kept()).datagrams.length > 0, 2000, "the big datagram");
    expect((await pbx.kept()).datagrams[0]?.base64).toBe(bytes.toString("base64"));
  });
});

describe("when the gate is taken away", () => {
  it("phones go on without noticing", async () => {
    const phone = await signIn(lab.phones, { user: "1006", address: phoneAddress });
    const call = await phone.call("600");
    await lab.gate.stop();
    expect((await phone.talk(call.callId, 20)).received).toBeGreaterThanOrEqual(18);
    expect((await phone.hangUp(call.callId)).status).toBe(200);
    expect((await phone.register()).status).toBe(200);
  });
});

/** Requests of phones as captured, and what RFC 3261 allows though few do it. */
function legitimateMessages(): Buffer[] {
  const captured = readdirSync(captures)
    .filter((name) => /request-(REGISTER|OPTIONS|SUBSCRIBE)/.test(name) && /^[ab]\d/.test(name))
    .map((name) => readFileSync(join(captures, name)))
    // Sign-ins nobody answers cost credit; here it is about bytes.
    .filter((bytes) => !/^authorization:/im.test(bytes.toString("latin1")))
    .slice(0, 30);
  const folded = Buffer.from(
    aRequest("OPTIONS", "folded").toString("latin1").replace("Call-ID: ", "CALL-id  :\r\n\t "),
    "latin1",
  );
  const compact = Buffer.from(
    aRequest("OPTIONS", "compact").toString("latin1").replace("Via: ", "v: ").replace("Call-ID: ", "i: "),
    "latin1",
  );
  return [...captured, folded, compact, aRequest("MESSAGE", "binary", "\x00\x01\xff\r\n\r\nINVITE")];
}

function aRequest(method: string, id: string, body = ""): Buffer {
  const head = [
    `${method} sip:600@${recorderAddress} SIP/2.0`,
    `Via: SIP/2.0/UDP 198.51.100.30:5070;rport;branch=z9hG4bK${id}`,
    "Max-Forwards: 70",
    `From: "A \\"quoted\\" name" <sip:1001@${recorderAddress}>;tag=${id}`,
    `To: <sip:600@${recorderAddress}>`,
    `Call-ID: ${id}@198.51.100.30`,
    `CSeq: 1 ${method}`,
    "X-Unknown:   kept   as it is  ",
    `Content-Length: ${body.length}`,
  ];
  return Buffer.from(`${head.join("\r\n")}\r\n\r\n${body}`, "latin1");
}

/** A 200 with odd spacing, as a PBX might write it. */
function answerTo(request: Buffer): Buffer {
  const text = request.toString("latin1");
  const lines = text.split("\r\n").filter((line) => /^(v|via|from|f|to|t|call-id|i|cseq) ?:/i.test(line));
  return Buffer.from(
    `SIP/2.0 200 OK\r\n${lines.join("\r\n")}\r\nServer:  Odd   PBX \r\nContent-Length: 0\r\n\r\n`,
    "latin1",
  );
}
