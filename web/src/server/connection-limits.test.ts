import { once } from "node:events";
import type { Socket } from "node:net";
import { PassThrough } from "node:stream";
import { expect, it } from "vitest";
import { ConnectionLimits } from "./connection-limits.ts";

const socketFrom = (remoteAddress: string) => Object.assign(new PassThrough(), { remoteAddress }) as unknown as Socket;
const admitMany = (limits: ConnectionLimits, count: number, address: (index: number) => string) =>
  Array.from({ length: count }, (_, index) => socketFrom(address(index))).filter((one) => limits.admit(one));

it("One source has a hundred connections, and room again when one of them ends", async () => {
  const limits = new ConnectionLimits();
  const admitted = admitMany(limits, 150, () => "192.0.2.7");
  expect(admitted).toHaveLength(100);
  expect(admitMany(limits, 1, () => "192.0.2.8")).toHaveLength(1);
  admitted[0]?.destroy();
  await once(admitted[0] as Socket, "close");
  expect(admitMany(limits, 2, () => "::ffff:192.0.2.7")).toHaveLength(1);
});

it("A /64 of IPv6 is one source", () => {
  expect(admitMany(new ConnectionLimits(), 150, (index) => `2001:db8::${index.toString(16)}`)).toHaveLength(100);
});

it("All sources together have a thousand, and all can be cut off", async () => {
  const limits = new ConnectionLimits();
  const admitted = admitMany(limits, 1200, (index) => `10.0.${index >> 8}.${index & 255}`);
  expect(admitted).toHaveLength(1000);
  limits.cutAll();
  expect(admitted.every((socket) => socket.destroyed)).toBe(true);
});
