/** Batches where they work, and a reason in words where they do not. */
import { describe, expect, it } from "vitest";
import { loadSystemCalls, type SystemCalls } from "./batch/system-calls.ts";
import { chooseDatagramIo } from "./datagram-io.ts";

/** Numbers of ENOSYS and EPERM, as the C library would leave them. */
const noSuchCall = (): number => 38;
const notPermitted = (): number => 1;

async function withCalls(change: Partial<SystemCalls>) {
  const real = await loadSystemCalls();
  return chooseDatagramIo("auto", async () => ({ ...real, ...change }));
}

describe.skipIf(process.platform !== "linux")("the choice of sockets", () => {
  it("takes batches when they work, asked for or not", async () => {
    for (const wish of ["batch", "auto"] as const) {
      const { io, whyNotBatch } = await chooseDatagramIo(wish);
      expect([io.kind, whyNotBatch]).toEqual(["batch", ""]);
    }
  });

  it("loads nothing when dgram is wished for", async () => {
    const { io, whyNotBatch } = await chooseDatagramIo("dgram", () => Promise.reject(new Error("was loaded")));
    expect([io.kind, whyNotBatch]).toEqual(["dgram", ""]);
  });

  it.each(["batch", "auto"] as const)("falls back with the reason when koffi is not there (%s)", async (wish) => {
    const { io, whyNotBatch } = await chooseDatagramIo(wish, () => Promise.reject(new Error("koffi cannot be loaded")));
    expect([io.kind, whyNotBatch]).toEqual(["dgram", "koffi cannot be loaded"]);
  });

  it.each([
    ["recvmmsg", { recvmmsg: () => -1, errno: noSuchCall }, "the system refuses recvmmsg (ENOSYS)"],
    ["sendmmsg", { sendmmsg: () => -1, errno: notPermitted }, "the system refuses sendmmsg (EPERM)"],
    ["socketpair", { socketpair: () => -1, errno: notPermitted }, "the system refuses socketpair (EPERM)"],
  ])("falls back when a sandbox forbids %s", async (_, change, why) => {
    const { io, whyNotBatch } = await withCalls(change);
    expect([io.kind, whyNotBatch]).toEqual(["dgram", why]);
  });

  it("falls back when the memory is laid out in another way", async () => {
    const real = await loadSystemCalls();
    // One header further than we think: what a longer header would look like.
    const { io, whyNotBatch } = await withCalls({
      recvmmsg: (fd, vector, length, flags, timeout) => real.recvmmsg(fd, vector + 64, length - 1, flags, timeout) + 1,
    });
    expect(io.kind).toBe("dgram");
    expect(whyNotBatch).toContain("gave other bytes than were sent");
  });
});
