/** The attackers' well-known tools: Debian's sipvicious, run in a namespace, their findings read. */
import { existsSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Finished, Namespace } from "./namespace.ts";
import { pbxAddress } from "./network.ts";

/** The tools' own agent names are on the default blocklist; a guesser in earnest changes them. */
export type Tool = "svmap" | "svwar" | "svcrack";

export interface SvcrackOptions {
  readonly user: string;
  /** Passwords as a range of numbers. */
  readonly range: string;
  readonly target?: string;
  readonly withinMs: number;
  /** Digits the numbers are padded to with zeros. */
  readonly digits?: number;
}

/** Guesses a password; `password` is undefined when it found none in the given time. */
export async function runSvcrack(space: Namespace, options: SvcrackOptions) {
  const { user, range, target = pbxAddress, withinMs, digits = 4 } = options;
  const done = await runTool(
    space,
    "svcrack",
    ["-u", user, "-r", range, "-z", String(digits), "--maximumtime", "4", target],
    withinMs,
  );
  return { password: tableCells(done.stdout).find(([name]) => name === user)?.[1], output: done.stdout + done.stderr };
}

/** Looks for SIP devices; the addresses that answered. */
export async function runSvmap(space: Namespace, options: { target?: string; method?: string; withinMs: number }) {
  const { target = pbxAddress, method = "OPTIONS", withinMs } = options;
  const done = await runTool(space, "svmap", ["-m", method, target], withinMs);
  return { found: tableCells(done.stdout).map(([device = ""]) => device), output: done.stdout + done.stderr };
}

/** Looks for accounts; those it believes to exist. */
export async function runSvwar(
  space: Namespace,
  options: { range: string; method: string; target?: string; withinMs: number },
) {
  const { range, method, target = pbxAddress, withinMs } = options;
  const done = await runTool(space, "svwar", ["-m", method, "-e", range, "--force", target], withinMs);
  return { found: tableCells(done.stdout).map(([extension = ""]) => extension), output: done.stdout + done.stderr };
}

/** Each run gets a home of its own: the tools write session files there. */
async function runTool(space: Namespace, tool: Tool, args: readonly string[], withinMs: number): Promise<Finished> {
  const home = await mkdtemp(join(tmpdir(), "sipprotlab-sipvicious-"));
  try {
    const seconds = String(Math.ceil(withinMs / 1000));
    return await space.run("timeout", ["-s", "INT", "-k", "5", seconds, commandOf(tool), ...args], {
      mayFail: true,
      timeoutMs: withinMs + 10_000,
      env: { HOME: home },
    });
  } finally {
    await rm(home, { recursive: true, force: true });
  }
}

/** The name this machine's Debian gives a tool. */
export function commandOf(tool: Tool): string {
  const prefixed = `/usr/bin/sipvicious_${tool}`;
  return existsSync(prefixed) ? prefixed : tool;
}

/** The rows of the table a tool prints at its end, heading left out. */
function tableCells(text: string): string[][] {
  const rows = text.split("\n").filter((line) => /^\s*[|│]/.test(line));
  const cells = rows.map((line) =>
    line
      .split(/[|│]/)
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
  return cells.filter(([first = ""]) => first !== "" && !/^(Extension|SIP Device)$/i.test(first));
}
