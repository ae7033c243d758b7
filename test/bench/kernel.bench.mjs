/**
 * Datagrams a second that the kernel drops: with sipprot's sets in place and the sender banned, and by one bare nft rule.
 *
 * npm run build && sudo node test/bench/kernel.bench.mjs [--turns 7] [--out FILE.json]
 *
 * The sender sends as fast as it can; over a pair of virtual interfaces the drop is work of the sender's processor, so a
 * costlier drop makes it slower. 10,000 other sources are banned and 10,000 denied meanwhile.
 */
import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { NftablesKernel } from "../../proxy/dist/kernel/nftables-kernel.js";
import { onEnd, runToEnd } from "./left-over.mjs";
import { spreadOf, writeResults } from "./results.mjs";
import { firstSource, hostAddresses, layOut, startSender } from "./two-ends.mjs";

const OTHERS = 10_000;
const AS_FAST_AS_IT_GOES = 2_000_000;
const TURN_MS = 600;
const { values: asked } = parseArgs({ options: { turns: { type: "string", default: "7" }, out: { type: "string" } } });

await runToEnd(async () => {
  const { folder, program, inside, outside } = layOut("kernel-bench");
  const nft = (text) => execFileSync("ip", ["netns", "exec", inside, "nft", "-f", "-"], { input: text });
  const sender = await startSender(program, outside, folder, { count: 1 });
  const others = Array.from({ length: OTHERS }, (_, index) => `100.64.${index >> 8}.${index & 255}`);
  const untilMs = Date.now() + 3_600_000;
  const ways = {
    sipprot: async () => {
      const kernel = new NftablesKernel({ prefix: ["ip", "netns", "exec", inside], runFolder: join(folder, "kernel") });
      const remove = onEnd(() => kernel.remove());
      await kernel.setGuarded([{ address: hostAddresses.pbx, port: 5_060 }]);
      // As an installation has it: an office and its provider.
      await kernel.setAllowed(["198.18.5.7", "198.18.6.0/24"]);
      await kernel.setDenied(others.map((address) => address.replace("100.64", "100.65")));
      await kernel.addBans([firstSource, ...others].map((source) => ({ source, untilMs })));
      return remove;
    },
    "bare rule": async () => {
      nft(
        `table inet bare { chain pre { type filter hook prerouting priority -310; ip saddr ${firstSource} udp dport 5060 drop; }; }\n`,
      );
      return async () => nft("delete table inet bare");
    },
  };
  const seen = Object.fromEntries(Object.keys(ways).map((name) => [name, []]));
  for (let turn = 0; turn < Number(asked.turns); turn += 1) {
    for (const [name, begin] of Object.entries(ways)) {
      const end = await begin();
      const { perSecond, answered } = await sender.pace(`${hostAddresses.pbx}:5060`, AS_FAST_AS_IT_GOES, TURN_MS);
      if (answered > 0) throw new Error("something was answered");
      await end();
      seen[name].push(perSecond);
    }
  }
  const rows = Object.entries(seen).map(([name, rates]) => ({ name, perSecond: spreadOf(rates) }));
  const ratios = seen.sipprot.map((rate, turn) => rate / seen["bare rule"][turn]);
  writeResults("kernel", { turns: Number(asked.turns), rows, ratio: spreadOf(ratios) }, asked.out);
});
