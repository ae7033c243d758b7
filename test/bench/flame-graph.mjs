/**
 * The packet's path as a flame graph, JavaScript and kernel together.
 *
 * npm run build && sudo node test/bench/flame-graph.mjs transparent|relay batch|dgram FILE.svg [seconds]
 *
 * Needs perf (Debian: linux-perf). Samples a worker under the load of relay.bench.mjs and writes the picture; the shares of
 * the groups that the time went to are printed as well.
 */
import { execFileSync, spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { drawFlames, foldStacks } from "./flames.mjs";
import { closeStage, openStage, startGate, stopGate } from "./relay-stage.mjs";

const [mode = "transparent", io = "batch", file = "flames.svg", secondsText = "6"] = process.argv.slice(2);
const seconds = Number(secondsText);
const folder = mkdtempSync(join(tmpdir(), "sipprot-flames-"));
try {
  const stage = await openStage(mode);
  const gate = await startGate(stage, io, ["--perf-basic-prof", "--interpreted-frames-native-stack"]);
  // Long enough that hardly anything is compiled any more while the samples are taken.
  for (let turn = 0; turn < 20 && gate.counted.judged < 100_000; turn += 1) {
    await stage.measure("saturate", stage.through, 1);
  }
  const data = join(folder, "perf.data");
  const perf = spawn(
    "perf",
    ["record", "-e", "cpu-clock", "-F", "1999", "-g", "-p", String(gate.child.pid), "-o", data],
    {
      stdio: "ignore",
    },
  );
  const { perSecond } = await stage.measure("saturate", stage.through, seconds);
  perf.kill("SIGINT");
  await new Promise((resolve) => perf.once("exit", resolve));
  const text = execFileSync("perf", ["script", "-i", data, "-F", "comm,ip,sym,dso"], {
    maxBuffer: 2 ** 30,
    encoding: "utf8",
  });
  await stopGate(stage, gate);
  rmSync(`/tmp/perf-${gate.child.pid}.map`, { force: true });
  const { root, groups } = foldStacks(text);
  const title = `${mode} mode, ${io}, ${root.samples} samples at ${Math.round(perSecond)} requests/s`;
  writeFileSync(file, drawFlames(root, title));
  console.log(title);
  for (const [group, share] of groups) console.log(`  ${(share * 100).toFixed(1).padStart(5)} %  ${group}`);
} finally {
  rmSync(folder, { recursive: true, force: true });
  await closeStage();
}
