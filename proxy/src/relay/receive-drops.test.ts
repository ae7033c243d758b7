import { spawn } from "node:child_process";
import { createSocket } from "node:dgram";
import { once } from "node:events";
import { describe, expect, it } from "vitest";
import { findUdpRows, ReceiveDrops, udpTableMark } from "./receive-drops.ts";

const table = Buffer.from(
  [
    "   sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode ref pointer drops",
    "  344: 0100007F:1F90 0A7100CB:13C4 01 00000000:00000FFF 00:00000000 00000000     0        0 12343 2 0000000000000000 99",
    "  346: 0A7100CB:13C4 00000000:0000 07 00000000:00000A40 00:00000000 00000000     0        0 12345 2 0000000000000000 17",
    "  347: B80D0120000000000000000010000000:13C4 00000000000000000000000000000000:0000 07 00000000:00000000 00:00000000 00000000 0 0 12346 2 0000000000000000 0",
    "  348: 0A7100CB:13C5 00000000:0000 07 rubbish",
    "",
  ].join("\n"),
);

describe("the kernel's table of UDP sockets", () => {
  it("is read for our own sockets, as a little-endian machine writes it", () => {
    const rows = (address: string, port: number) => findUdpRows(table, udpTableMark({ address, port }, true));
    expect(rows("203.0.113.10", 5060)).toEqual([{ drops: 17, waitingBytes: 0xa40 }]);
    expect(rows("2001:db8::10", 5060)).toEqual([{ drops: 0, waitingBytes: 0 }]);
    expect(rows("203.0.113.10", 5061)).toEqual([]);
    expect(rows("203.0.113.11", 5060)).toEqual([]);
  });

  it("shows an address in the host's byte order", () => {
    expect(udpTableMark({ address: "203.0.113.10", port: 80 }, true)).toBe(": 0A7100CB:0050 ");
    expect(udpTableMark({ address: "203.0.113.10", port: 80 }, false)).toBe(": CB00710A:0050 ");
  });
});

/** Binds a socket, says its port, and never reads. */
const deafProgram = `
  const socket = require("node:dgram").createSocket({ type: process.argv[1], recvBufferSize: 8192 });
  socket.bind(0, process.argv[2], () => {
    require("node:fs").writeSync(1, String(socket.address().port));
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 60_000);
  });
`;

describe.runIf(process.platform === "linux")("what waits in a socket, and what it lost", () => {
  it.each([
    ["udp4", "127.0.0.1"],
    ["udp6", "::1"],
  ] as const)("is what the kernel says, over %s", async (type, address) => {
    const deaf = spawn(process.execPath, ["-e", deafProgram, type, address], { stdio: ["ignore", "pipe", "inherit"] });
    const sender = createSocket(type);
    try {
      const [said] = (await once(deaf.stdout, "data")) as [Buffer];
      const port = Number(String(said));
      const drops = new ReceiveDrops([{ address, port }]);
      expect([await drops.areEmpty(), await drops.readNew()]).toEqual([true, 0]);
      for (let count = 0; count < 100; count += 1) {
        await new Promise((resolve) => sender.send(Buffer.alloc(1_000), port, address, resolve));
      }
      expect(await drops.areEmpty()).toBe(false);
      const lost = await drops.readNew();
      expect(lost).toBeGreaterThan(50);
      expect(lost).toBeLessThan(100);
      expect(await drops.readNew()).toBe(0);
    } finally {
      sender.close();
      deaf.kill("SIGKILL");
    }
  });
});
