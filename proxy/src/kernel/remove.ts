/**
 * Program: takes away all that sipprot left in the kernel, as `sipprot setup --remove` and an uninstall need it.
 * Usage: node remove.js [RUN_FOLDER]. Exit code 0 when nothing of ours is left, 1 with the reason on stderr.
 */
import { SipprotError } from "@sipprot/shared/errors";
import { NftablesKernel } from "./nftables-kernel.ts";

const [runFolder] = process.argv.slice(2);
const kernel = new NftablesKernel(runFolder === undefined ? {} : { runFolder });
try {
  await kernel.remove();
} catch (error) {
  const facts = error instanceof SipprotError ? error.facts : {};
  const lines = [error instanceof Error ? error.message : String(error), facts.value, facts.remedy];
  process.stderr.write(`${lines.filter((line) => line !== undefined && line !== "").join("\n")}\n`);
  process.exitCode = 1;
}
