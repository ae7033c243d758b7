/** The command line as a whole: its global options and its commands. Their words are in `words`, what they do in `commands`. */
import { Argument, Command, Option } from "commander";
import { version } from "../version.ts";
import { shells, writeCompletion } from "./completion/completion.ts";
import { offering } from "./offers.ts";
import type { GlobalOptions, Session } from "./session.ts";
import { addAccountWords } from "./words/accounts.ts";
import { addAddressWords } from "./words/addresses.ts";
import { addFeedWords, addNotifyWords } from "./words/feeds.ts";
import { addInstallationWords } from "./words/installation.ts";
import { addListWords } from "./words/lists.ts";
import { addSettingsWords } from "./words/settings.ts";

/** Opens a session with the global options and runs a command in it. */
export type Run = (options: GlobalOptions, work: (session: Session) => Promise<void>) => Promise<void>;

const EXIT_CODES = `
Exit codes:
  0  done
  1  a problem was found, or it could not be done: see standard error
  2  the command was not understood`;

const logs = ["stdout://", "stderr://", "syslog://", "file:///"];

/** Where what commander prints goes, and how wide it may be. */
export interface Printing {
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
  readonly columns?: number | undefined;
}

/** Builds the program. Each command runs through `run`. */
export function buildProgram(run: Run, { out, err, columns = 80 }: Printing): Command {
  const program = new Command("sipprot")
    .description("sipPROT - CLI. Works on the store itself, so also while the proxy is down.")
    .addOption(
      offering(
        new Option(
          "--config <FILE>",
          "load the boot settings from FILE (default: conf/sipprot.conf of the installation)",
        ),
        { kind: "files" },
      ),
    )
    .addOption(
      offering(new Option("--log <URI>", "log changes to stdout://, stderr://, syslog:// or file:///PATH"), {
        kind: "words",
        words: logs,
      }),
    )
    .option("--debug", "include debug logs (standard error unless --log is given)")
    .option("--json", "answer, and report errors, as JSON")
    .version(`sipPROT : ${version}`, "-v, --version", "print the version")
    .helpOption("-h, --help", "show help")
    .helpCommand(false)
    .addHelpText("after", EXIT_CODES)
    .exitOverride()
    .configureOutput({
      writeOut: out,
      writeErr: err,
      getOutHelpWidth: () => columns,
      getErrHelpWidth: () => columns,
    });
  const inSession = (work: (session: Session) => Promise<void>) => run(program.opts<GlobalOptions>(), work);
  addAddressWords(program, inSession);
  addListWords(program, inSession);
  addSettingsWords(program, inSession);
  addFeedWords(program, inSession);
  addNotifyWords(program, inSession);
  addAccountWords(program, inSession);
  addInstallationWords(program, inSession);
  program
    .command("completion")
    .addArgument(new Argument("<shell>").choices(shells))
    .description("print what makes a shell complete commands, options and values")
    .action((shell) => out(writeCompletion(program, shell)));
  program
    .command("version")
    .alias("v")
    .description("print only the version")
    .action(() => {
      out(program.opts<GlobalOptions>().json ? `${JSON.stringify({ version })}\n` : `sipPROT : ${version}\n`);
    });
  const known = program.commands.map((command) => command.name());
  program
    .command("help")
    .alias("h")
    .addArgument(offering(new Argument("[command...]"), { kind: "words", words: known }))
    .description("show a list of commands, or help for one command")
    .action((words: string[]) => findCommand(program, words).help());
  return program;
}

/** The program to be looked at, not to be run. */
export function describeProgram(): Command {
  const nothing = () => undefined;
  return buildProgram(async () => undefined, { out: nothing, err: nothing });
}

function findCommand(program: Command, words: readonly string[]): Command {
  let command = program;
  for (const word of words) {
    const next = command.commands.find((one) => one.name() === word || one.aliases().includes(word));
    if (next === undefined)
      program.error(`error: unknown command '${word}'`, { exitCode: 2, code: "commander.unknownCommand" });
    else command = next;
  }
  return command;
}
