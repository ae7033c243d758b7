/** The words of the command line: its commands, arguments and options. What they do is in `commands`. */
import type { ListName } from "@sipprot/shared/lists";
import { roles } from "@sipprot/shared/role";
import { Command, Option } from "commander";
import { version } from "../version.ts";
import { checkAddress } from "./commands/check.ts";
import { runDoctor } from "./commands/doctor.ts";
import { explain } from "./commands/explain.ts";
import { addEntries, removeEntries, showEntries } from "./commands/list.ts";
import { exportFile, importFile, removeByFile } from "./commands/list-file.ts";
import { showReport } from "./commands/report.ts";
import { setSetting, showSettings } from "./commands/settings.ts";
import { setUp } from "./commands/setup.ts";
import { showStatus } from "./commands/status.ts";
import { createToken, revokeToken, showTokens } from "./commands/token.ts";
import { unblockAddress } from "./commands/unblock.ts";
import { addUser, resetUser, showUsers } from "./commands/user.ts";
import type { GlobalOptions, Session } from "./session.ts";

/** Opens a session with the global options and runs a command in it. */
export type Run = (options: GlobalOptions, work: (session: Session) => Promise<void>) => Promise<void>;

const EXIT_CODES = `
Exit codes:
  0  done
  1  a problem was found, or the command could not be done; the reason is on standard error
  2  the command was not understood`;

/** Builds the program. Each command runs through `run`; what is printed by commander goes to `out` and `err`. */
export function buildProgram(run: Run, out: (text: string) => void, err: (text: string) => void): Command {
  const program = new Command("sipprot")
    .description("sipPROT - CLI. Works on the store itself, so also while the proxy is down.")
    .option("--config <FILE>", "load the boot settings from FILE (default: conf/sipprot.conf of the installation)")
    .option("--log <URI>", "log changes to stdout://, stderr://, syslog:// or file:///PATH")
    .option("--debug", "include debug logs (standard error unless --log is given)")
    .option("--json", "answer, and report errors, as JSON")
    .version(`sipPROT : ${version}`, "-v, --version", "print the version")
    .helpOption("-h, --help", "show help")
    .helpCommand(false)
    .addHelpText("after", EXIT_CODES)
    .exitOverride()
    .configureOutput({ writeOut: out, writeErr: err });
  const inSession = (work: (session: Session) => Promise<void>) => run(program.opts<GlobalOptions>(), work);

  program
    .command("status")
    .alias("s")
    .description("print the number of IPs per list, or the lists themselves")
    .option("--all", "print all lists")
    .option("--allow", "print the allowlist")
    .option("--deny", "print the denylist")
    .option("--dynamic", "print the dynamic (temporary) list")
    .action((options) => inSession((session) => showStatus(session, options)));
  program
    .command("report")
    .alias("r")
    .description("print the daily attack report")
    .option("--date <day>", "the day in UTC, such as 2026-11-22 (default: today)")
    .addOption(new Option("--csv", "as CSV").conflicts("mail"))
    .option("--mail", "mail it to the recipients of the notifications instead")
    .action((options) => inSession((session) => showReport(session, options)));
  program
    .command("setup")
    .description("prepare the store; nothing is done when it is prepared already")
    .addOption(new Option("--boot", "also start with the machine, by a systemd unit").conflicts(["remove", "state"]))
    .option("--remove", "stop everything, take the kernel's tables and settings, the unit and the command away")
    .option("--state", "with --remove: also delete lists, settings, logs and secrets")
    .action((options) => inSession((session) => setUp(session, options)));
  addListCommands(program, inSession);
  program
    .command("check <IP>")
    .description("print every list an address or network is on, and why it is blocked")
    .option("--why", "also print the messages that led to a block")
    .action((ip, options) => inSession((session) => checkAddress(session, ip, options)));
  program
    .command("explain <IP>")
    .description(
      "print everything that is known of an address or network: lists, blocks, strikes, and what happened lately",
    )
    .action((ip) => inSession((session) => explain(session, ip)));
  program
    .command("unblock <IP>")
    .description("lift the dynamic blocks of an address on every host, and say whether they confirm it")
    .action((ip) => inSession((session) => unblockAddress(session, ip)));
  addSettingsCommands(program, inSession);
  addAccountCommands(program, inSession);
  program
    .command("doctor")
    .description("look for problems: settings, store, proxy, kernel, PBX, and ways around the proxy")
    .action(() => inSession(runDoctor));
  program
    .command("version")
    .description("print only the version")
    .action(() => {
      out(program.opts<GlobalOptions>().json ? `${JSON.stringify({ version })}\n` : `sipPROT : ${version}\n`);
    });
  program
    .command("help [command...]")
    .alias("h")
    .description("show a list of commands, or help for one command")
    .action((words: string[]) => findCommand(program, words).help());
  return program;
}

type InSession = (work: (session: Session) => Promise<void>) => Promise<void>;

function addListCommands(program: Command, inSession: InSession): void {
  const lists = program.command("list").alias("l").description("manage the lists").helpCommand(false);
  const descriptions: Record<ListName, string> = {
    allow: "addresses that are let through before every other rule",
    deny: "addresses that are refused for good",
  };
  for (const name of ["allow", "deny"] as const) {
    const list = lists.command(name).description(descriptions[name]).helpCommand(false);
    list
      .command("add <network...>")
      .description("put addresses or networks on the list; all of them or none")
      .option("--note <text>", "why", "")
      .option("--for <duration>", "take them off after this time, such as 30m, 24h or 7d")
      .action((networks, options) => inSession((session) => addEntries(session, name, networks, options)));
    list
      .command("remove <network...>")
      .description("take addresses or networks off the list; all of them or none")
      .action((networks) => inSession((session) => removeEntries(session, name, networks)));
    list
      .command("show")
      .description("print the list with notes and times")
      .action(() => inSession((session) => showEntries(session, name)));
    list
      .command("import <FILE>")
      .description(
        "put what a CSV file names on the list (IP_ADDRESS,NOTE,TIME,ADDED_BY); bad lines are named and left out",
      )
      .action((file) => inSession((session) => importFile(session, name, file)));
    list
      .command("export [FILE]")
      .description("write the list as CSV to a new file, or to standard output")
      .action((file) => inSession((session) => exportFile(session, name, file)));
    list
      .command("remove-file <FILE>")
      .description("take what a CSV file names off the list")
      .action((file) => inSession((session) => removeByFile(session, name, file)));
  }
}

function addSettingsCommands(program: Command, inSession: InSession): void {
  const settings = program.command("settings").description("read and change the policy settings").helpCommand(false);
  settings
    .command("get [name]")
    .description("print one setting, or all with their defaults")
    .action((name) => inSession((session) => showSettings(session, name)));
  settings
    .command("set <name> <value>")
    .description("change a setting; lists are separated by commas")
    .action((name, value) => inSession((session) => setSetting(session, name, value)));
}

function addAccountCommands(program: Command, inSession: InSession): void {
  const role = () => new Option("--role <role>", "what it may do").choices(roles).default("viewer");
  const users = program.command("user").description("manage the accounts of people").helpCommand(false);
  users
    .command("list")
    .description("print all accounts")
    .action(() => inSession(showUsers));
  users
    .command("add <name>")
    .description("add an account; its one-time password is printed once")
    .addOption(role())
    .action((name, options) => inSession((session) => addUser(session, name, options.role)));
  users
    .command("reset <name>")
    .description("give a new one-time password; sessions end, the second factor goes")
    .action((name) => inSession((session) => resetUser(session, name)));
  const tokens = program.command("token").description("manage the tokens of other programs").helpCommand(false);
  tokens
    .command("list")
    .description("print all tokens")
    .action(() => inSession(showTokens));
  tokens
    .command("create <name>")
    .description("create a token; it is printed once")
    .addOption(role())
    .option("--for <duration>", "let it expire after this time, such as 24h or 90d")
    .action((name, options) => inSession((session) => createToken(session, name, options)));
  tokens
    .command("revoke <id>")
    .description("take a token away for good, at once")
    .action((id) => inSession((session) => revokeToken(session, id)));
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
