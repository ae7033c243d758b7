/** Before the tests with real parts, once for all files: what dead runs left is gone, the programs are compiled, Asterisk's chroot is there. */
import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { asteriskChroot } from "./asterisk-chroot.ts";
import { removeDeadNetworks } from "./network.ts";

const checkout = fileURLToPath(new URL("../..", import.meta.url));

export async function setup(): Promise<void> {
  await removeDeadNetworks();
  execFileSync("npm", ["run", "build", "--silent"], { cwd: checkout, stdio: "inherit" });
  await asteriskChroot();
}
