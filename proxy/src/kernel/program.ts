/** Runs one of the system's programs (nft, ip) and says in the operator's words when it is missing or refuses. */
import { type ChildProcess, spawn } from "node:child_process";
import { SipprotError } from "@sipprot/shared/errors";

/** Words put before each command: none, or for example `ip netns exec NAME`. */
export type CommandPrefix = readonly string[];

/** Longest error text that is passed on. */
const MAX_ERROR_CHARACTERS = 500;

/**
 * Runs a program to its end and hands its output on piece by piece as it comes.
 *
 * Rejects with `missing-program` when it is not installed and `kernel-refused` when it ends with an error.
 */
export function runProgram(
  prefix: CommandPrefix,
  command: readonly string[],
  { input, onOutput }: { readonly input?: string; readonly onOutput?: (text: string) => void } = {},
): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = startProgram([...prefix, ...command]);
    let errors = "";
    child.stdout?.setEncoding("latin1").on("data", (text: string) => onOutput?.(text));
    child.stderr?.setEncoding("latin1").on("data", (text: string) => {
      if (errors.length < MAX_ERROR_CHARACTERS) errors += text;
    });
    child.on("error", (cause) => reject(missingProgram(command, cause)));
    child.on("close", (code) => {
      if (code === 0) resolve();
      else reject(refused(`${command.slice(0, 4).join(" ")} ended with ${code ?? "a signal"}`, errors));
    });
    // A program that ends before it has read all gives EPIPE here; its exit code says why.
    child.stdin?.on("error", () => {});
    child.stdin?.end(input ?? "");
  });
}

/** Runs a program and gives back all it wrote. Errors as `runProgram`. */
export async function readProgram(prefix: CommandPrefix, command: readonly string[]): Promise<string> {
  const pieces: string[] = [];
  await runProgram(prefix, command, { onOutput: (text) => pieces.push(text) });
  return pieces.join("");
}

/** Starts a program with pipes and its messages in English. */
export function startProgram([name = "", ...words]: readonly string[]): ChildProcess {
  return spawn(name, words, { stdio: ["pipe", "pipe", "pipe"], env: { ...process.env, LC_ALL: "C" } });
}

/** The error for a program that could not be started. */
export function missingProgram(command: readonly string[], cause: unknown): SipprotError {
  return new SipprotError(
    "missing-program",
    `${command[0]} could not be started`,
    { field: command[0] ?? "", remedy: "install the packages nftables and iproute2, and run as root" },
    cause,
  );
}

/** The error for a change that nft or the kernel did not take. */
export function refused(what: string, detail: string): SipprotError {
  return new SipprotError("kernel-refused", `the kernel was not changed: ${what}`, {
    value: detail.trim().slice(0, MAX_ERROR_CHARACTERS),
    remedy: /Operation not permitted/.test(detail)
      ? "run as root or with CAP_NET_ADMIN, and stop any other sipprot that holds the steering table"
      : "see the detail; sipprot doctor checks the kernel's tables",
  });
}
