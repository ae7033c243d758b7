import { expect, it } from "vitest";
import { parseUdpTable } from "./receive-drops.ts";

it("reads both tables as the kernel writes them on a little-endian machine", () => {
  const text = [
    "   sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode ref pointer drops",
    "  346: 0A7100CB:13C4 00000000:0000 07 00000000:00000A40 00:00000000 00000000     0        0 12345 2 0000000000000000 17",
    "  347: B80D0120000000000000000010000000:13C4 00000000000000000000000000000000:0000 07 00000000:00000000 00:00000000 00000000 0 0 12346 2 0000000000000000 0",
    "rubbish",
    "",
  ].join("\n");
  expect(parseUdpTable(text, true)).toEqual([
    { address: "203.0.113.10", port: 5060, drops: 17, waitingBytes: 0xa40 },
    { address: "2001:db8::10", port: 5060, drops: 0, waitingBytes: 0 },
  ]);
});
