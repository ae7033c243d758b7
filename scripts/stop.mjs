/** `npm stop`: stops everything of ours and gives the port back to the PBX. */
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";

const launcher = fileURLToPath(new URL("../control/dist/cli/launch.js", import.meta.url));
if (existsSync(launcher)) {
  process.exitCode =
    spawnSync(process.execPath, [launcher, "stop", ...process.argv.slice(2)], { stdio: "inherit" }).status ?? 1;
} else {
  process.stdout.write("nothing was built here, so nothing of ours runs\n");
}
