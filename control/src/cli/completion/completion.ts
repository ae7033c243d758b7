/** `sipprot completion SHELL`: made from the program itself, so that no command, option or value is missing. */
import type { Command } from "commander";
import { writeFish } from "./fish.ts";
import { writeBash, writeZsh } from "./posix.ts";
import { describeCommands } from "./tree.ts";

export const shells = ["bash", "zsh", "fish"] as const;
export type Shell = (typeof shells)[number];

/** What each shell is to read. */
export function writeCompletions(program: Command): Record<Shell, string> {
  const nodes = describeCommands(program);
  return { bash: writeBash(nodes), zsh: writeZsh(nodes), fish: writeFish(nodes) };
}

/** What one shell is to read. */
export function writeCompletion(program: Command, shell: Shell): string {
  return writeCompletions(program)[shell];
}
