/** Sentences many tests say: a phone comes in, a call goes through, nothing is answered. */
import { expect } from "vitest";
import { pbxAddress } from "./network.ts";
import type { Phone, PhoneOptions, PhoneRoom } from "./phones.ts";

/** Long enough for two retransmissions, short enough for a test: silence is what is expected. */
const SILENCE_MS = 1800;

/** Switches a phone on and registers it; it must be let in. */
export async function signIn(room: PhoneRoom, options: PhoneOptions): Promise<Phone> {
  const phone = await room.phone(options);
  const { status, statuses } = await phone.register();
  expect({ status, statuses }).toMatchObject({ status: 200 });
  return phone;
}

/** Calls an echo, talks, hangs up; each step must work. */
export async function expectEchoCall(phone: Phone, packets = 25): Promise<void> {
  const call = await phone.call("600");
  expect(call.status).toBe(200);
  const talked = await phone.talk(call.callId, packets);
  expect(talked.sent).toBe(packets);
  expect(talked.received).toBeGreaterThanOrEqual(Math.floor(packets * 0.9));
  expect((await phone.hangUp(call.callId)).status).toBe(200);
}

/**
 * Says whether a user agent at this address is answered at all: the status of one REGISTER without credentials, or 0 for silence.
 * It never signs in: an address that did would be in good standing from then on.
 */
export async function firstAnswer(room: PhoneRoom, address: string, more: Partial<PhoneOptions> = {}): Promise<number> {
  const phone = await room.phone({ user: "1010", address, timeoutMs: SILENCE_MS, ...more });
  const { status } = await phone.register({ isUnsigned: true, expires: 60 });
  await phone.close();
  return status;
}

/** One wrong guess of a patient guesser: the statuses it got. */
export async function guessOnce(phone: Phone, attempt: number): Promise<readonly number[]> {
  return (await phone.register({ password: `wrong-${attempt}` })).statuses;
}

/** Guesses one after the other at a new address until silence falls; how many were answered. */
export async function guessUntilSilence(
  room: PhoneRoom,
  address: string,
  most: number,
  more: Partial<PhoneOptions> = {},
): Promise<number> {
  const phone = await room.phone({
    user: "1010",
    address,
    timeoutMs: SILENCE_MS,
    server: { address: pbxAddress, port: 5060 },
    ...more,
  });
  let answered = 0;
  while (answered < most) {
    const statuses = await guessOnce(phone, answered);
    if (statuses.at(-1) === 0) break;
    answered += 1;
  }
  await phone.close();
  return answered;
}
