/**
 * The program that holds the lab's phones inside a network namespace.
 * One JSON command a line on stdin: `{"id":1,"do":"register","phone":"1001","with":{…}}`; one JSON answer a line on stdout.
 */
import { createInterface } from "node:readline";
import { OutgoingCall } from "./outgoing-call.mjs";
import { Phone } from "./phone.mjs";

/** @type {Map<string, Phone>} */
const phones = new Map();

/** @param {string} name */
function phoneOf(name) {
  const phone = phones.get(name);
  if (phone === undefined) throw new Error(`there is no phone ${name}`);
  return phone;
}

/** @param {Phone} phone @param {string} callId */
function callOf(phone, callId) {
  const call = phone.calls.get(callId);
  if (call === undefined) throw new Error(`phone ${phone.options.user} has no call ${callId}`);
  return call;
}

/** @type {Record<string, (phone: string, with_: any) => unknown>} */
const commands = {
  async open(name, options) {
    phones.get(name)?.close();
    const phone = await Phone.open(options);
    phones.set(name, phone);
    return { port: phone.wire.localPort(), contact: phone.contact() };
  },
  register: (name, how) => phoneOf(name).register(how),
  ping: (name) => phoneOf(name).ping(),
  subscribe: (name, what) => phoneOf(name).subscribe(what),
  call: (name, { target }) => new OutgoingCall(phoneOf(name), target).place(),
  /** Rings for a while, then gives up. */
  async callAndCancel(name, { target, afterMs }) {
    const call = new OutgoingCall(phoneOf(name), target);
    const placed = call.place();
    await new Promise((resolve) => setTimeout(resolve, afterMs));
    return { cancel: await call.cancel(), placed: await placed };
  },
  talk: (name, { callId, packets }) => callOf(phoneOf(name), callId).media?.talk(packets),
  hangUp: (name, { callId }) => callOf(phoneOf(name), callId).hangUp(),
  send(name, { base64 }) {
    phoneOf(name).wire.send(Buffer.from(base64, "base64"));
    return {};
  },
  state(name) {
    const phone = phoneOf(name);
    return {
      counts: phone.wire.counts,
      retransmissions: phone.transactions.retransmissions,
      requests: phone.requests,
      incoming: [...phone.incoming.calls.values()].map(({ state, endedBy, media }) => ({
        state,
        endedBy,
        received: media.received,
      })),
      calls: [...phone.calls.values()].map(({ callId, state }) => ({ callId, state })),
      sentMessages: phone.sentMessages,
    };
  },
  close(name) {
    phoneOf(name).close();
    phones.delete(name);
    return {};
  },
  /** The same command for many phones at the same moment; `with` may be given for each. */
  each: (_name, { phones: names, do: command, with: with_, withEach }) =>
    Promise.all(
      names.map((/** @type {string} */ name, /** @type {number} */ index) =>
        commands[command]?.(name, withEach?.[index] ?? with_ ?? {}),
      ),
    ),
};

for await (const line of createInterface({ input: process.stdin })) {
  const { id, do: command, phone, with: with_ } = JSON.parse(line);
  Promise.resolve()
    .then(() => {
      const act = commands[command];
      if (act === undefined) throw new Error(`there is no command ${command}`);
      return act(phone ?? "", with_ ?? {});
    })
    .then(
      (result) => process.stdout.write(`${JSON.stringify({ id, result: result ?? {} })}\n`),
      (error) => process.stdout.write(`${JSON.stringify({ id, error: String(error?.stack ?? error) })}\n`),
    );
}
process.exit(0);
