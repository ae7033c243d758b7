/** A flood in which every message is from another address: the PBX is asked by a limited number of strangers, and every phone is let in. */
import { changeSettings } from "@sipprot/shared/store/settings-store";
import { afterAll, beforeAll, expect, it } from "vitest";
import { Endpoint } from "../lab/attacks.ts";
import { FaultStage } from "../lab/fault-stage.ts";
import { InventiveAttacker } from "../lab/inventive-attacker.ts";
import { worldAddress } from "../lab/site.ts";
import { pause } from "../lab/until.ts";

/** Low, so that a slow machine too sends many times as much. */
const LIMIT = 10;
const FLOOD_PER_SECOND = 500;
const FLOOD_SECONDS = 12;
const BURST_SECONDS = 4;
/** T1 of RFC 3261: after so long a phone sends again what was not answered. */
const SEND_AGAIN_MS = 500;

let stage: FaultStage;
let attacker: InventiveAttacker | undefined;
beforeAll(async () => {
  stage = await FaultStage.open();
});
afterAll(async () => {
  await attacker?.stop();
  await stage?.close();
});

/** A phone that nobody heard of yet registers, and sends again what was not answered. Returns how often it had to send. */
async function registerForTheFirstTime(last: number): Promise<number> {
  const address = worldAddress(last);
  const phone = await Endpoint.open(stage.site.world, { address, port: 5060, listens: false });
  const lines = [
    `REGISTER sip:${stage.host.address} SIP/2.0`,
    `Via: SIP/2.0/UDP ${address}:5060;rport;branch=z9hG4bK-first-${last}`,
    "Max-Forwards: 70",
    `From: <sip:${last}@${stage.host.address}>;tag=${last}`,
    `To: <sip:${last}@${stage.host.address}>`,
    `Call-ID: first-${last}@${address}`,
    "CSeq: 1 REGISTER",
    "Content-Length: 0",
  ];
  const register = Buffer.from(`${lines.join("\r\n")}\r\n\r\n`, "latin1");
  let sent = 0;
  for (; (await phone.kept()).datagramCount === 0 && sent < 10; sent += 1) {
    await phone.datagram(register, { address: stage.host.address, port: 5060 });
    await pause(SEND_AGAIN_MS);
  }
  await phone.stop();
  return sent;
}

it("reaches the PBX at the limit of all strangers; known phones miss nothing, new ones are in when they send again", async () => {
  const { host, load } = stage;
  // From now on the phones of the load are known.
  const before = await load.during(host, () => pause(3000), { rate: 100, roundSeconds: 4 });
  expect(await registerForTheFirstTime(240)).toBe(1);
  await changeSettings(stage.redis, { strangerMessagesPerSecond: LIMIT }, "test");
  // In force within a second on every host.
  await pause(2000);
  const countBefore = await host.countRequests();
  const startMs = performance.now();
  attacker = await InventiveAttacker.start(stage.site, host.address, FLOOD_PER_SECOND);
  // What may come at once is used up first.
  await pause(BURST_SECONDS * 1000);
  const times: number[] = [];
  const during = await load.during(
    host,
    async () => {
      for (let last = 241; last < 245; last += 1) times.push(await registerForTheFirstTime(last));
      await pause(Math.max(0, startMs + FLOOD_SECONDS * 1000 - performance.now()));
    },
    { rate: 300, roundSeconds: 2 },
  );
  const { datagrams, connections } = await attacker.end();
  const seconds = (performance.now() - startMs) / 1000;
  const strangers = (await host.countRequests()) - countBefore - during.sent;
  console.log(
    `${datagrams} invented strangers, ${strangers} reached the PBX in ${seconds.toFixed(0)} s; sent by new phones: ${times}`,
  );
  expect([before.answered, during.answered]).toEqual([before.sent, during.sent]);
  // One of them may have come just when there was room.
  expect(times).toContain(2);
  expect(Math.max(...times)).toBe(2);
  expect(strangers).toBeLessThanOrEqual(LIMIT * (seconds + BURST_SECONDS) + connections + 10);
  expect(datagrams).toBeGreaterThan(1.5 * strangers);
});
