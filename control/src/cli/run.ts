/** Runs one call of the command line and turns whatever happens into output and an exit code. */
import { SipprotError } from "@sipprot/shared/errors";
import { CommanderError } from "commander";
import { buildProgram } from "./program.ts";
import { Session, type Terminal } from "./session.ts";
import { escapeText } from "./text.ts";

/** 0 done, 1 a problem was found or the command could not be done, 2 the command was not understood. */
export type ExitCode = 0 | 1 | 2;

/** Long options that people type with one dash, as the manual of sipPROT 5 does. */
const oneDash = /^-(all|allow|deny|dynamic|config|log|debug|help|version|json)(?==|$)/;

/** Runs the command line on its arguments (without the program's name). Never throws. */
export async function runCommandLine(args: readonly string[], terminal: Terminal): Promise<ExitCode> {
  const words = args.map((word) => (oneDash.test(word) ? `-${word}` : word));
  const isJson = words.includes("--json");
  let session: Session | undefined;
  // With --json commander's own complaints come as JSON too, from the error it throws.
  const program = buildProgram(
    async (options, work) => {
      session = new Session(terminal, options);
      await work(session);
    },
    { out: terminal.out, err: isJson ? () => {} : terminal.err, columns: terminal.columns },
  );
  if (words.length === 0) {
    program.outputHelp({ error: true });
    return 2;
  }
  try {
    await program.parseAsync(words, { from: "user" });
    return session?.exitCode ?? 0;
  } catch (error) {
    if (error instanceof CommanderError) return endAsCommander(error, isJson, terminal);
    session?.log.error({ err: error }, "command failed");
    terminal.err(isJson ? formatAsJson(error) : formatForPeople(error));
    return 1;
  }
}

function endAsCommander(error: CommanderError, isJson: boolean, terminal: Terminal): ExitCode {
  // Help and version were asked for; help that appears because a command is missing has exit code 1.
  if (error.exitCode === 0) return 0;
  if (isJson) terminal.err(`${JSON.stringify({ error: { code: "usage", message: error.message } }, null, 2)}\n`);
  return 2;
}

function formatAsJson(error: unknown): string {
  const { code, message, facts } = describe(error);
  return `${JSON.stringify({ error: { code, message, ...facts } }, null, 2)}\n`;
}

function formatForPeople(error: unknown): string {
  const { code, message, facts } = describe(error);
  const lines = [`error: ${message}`, `  code:     ${code}`];
  if (facts.field !== undefined) lines.push(`  field:    ${facts.field}`);
  if (facts.value !== undefined) lines.push(`  value:    ${facts.value}`);
  if (facts.expected !== undefined) lines.push(`  expected: ${facts.expected}`);
  if (facts.remedy !== undefined) lines.push(`  remedy:   ${facts.remedy}`);
  return `${lines.map(escapeText).join("\n")}\n`;
}

function describe(error: unknown): Pick<SipprotError, "message" | "facts"> & { readonly code: string } {
  if (error instanceof SipprotError) return error;
  return {
    code: "unexpected",
    message: error instanceof Error ? error.message : String(error),
    facts: { remedy: "run it again with --debug, and report what it prints" },
  };
}
