/** The command line on a store of the test's own, in this process: what it prints, and with which exit code it ends. */
import { Readable } from "node:stream";
import { runCommandLine } from "@sipprot/control/cli/run";
import type { TestRedis } from "./redis-server.ts";

export interface Answer {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

export interface Surroundings {
  readonly environment?: Readonly<Record<string, string>>;
  /** What is piped in. */
  readonly input?: string;
  /** Width of a terminal; without, the output goes to a program. */
  readonly columns?: number;
}

/** The environment of a call in a process of its own. */
export function environmentOf(store: TestRedis): Record<string, string> {
  const { PATH = "" } = process.env;
  return { PATH, SIPPROT_STATE: store.location.stateFolder, SIPPROT_HEALTH: "127.0.0.1:1" };
}

/** Runs one call, in the name of alice. */
export async function runSipprot(
  store: TestRedis,
  args: readonly string[],
  around: Surroundings = {},
): Promise<Answer> {
  const printed = { out: "", err: "" };
  const code = await runCommandLine(args, {
    environment: {
      SIPPROT_STATE: store.location.stateFolder,
      SIPPROT_HEALTH: "127.0.0.1:1",
      SUDO_USER: "alice",
      ...around.environment,
    },
    out: (text) => {
      printed.out += text;
    },
    err: (text) => {
      printed.err += text;
    },
    input: Readable.from(around.input === undefined ? [] : [around.input]),
    columns: around.columns,
  });
  return { code, ...printed };
}
