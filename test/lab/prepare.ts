/** Before the tests with real parts: the programs are compiled and Asterisk's chroot is there, once for all files. */
import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { asteriskChroot } from "./asterisk-chroot.ts";

const checkout = fileURLToPath(new URL("../..", import.meta.url));

export async function setup(): Promise<void> {
  execFileSync("npx", ["tsc", "-b"], { cwd: checkout, stdio: "inherit" });
  await asteriskChroot();
}
