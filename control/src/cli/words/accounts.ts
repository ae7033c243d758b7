/** The words of `sipprot user`, `token` and `audit`. */
import { roles } from "@sipprot/shared/role";
import { Argument, type Command, Option } from "commander";
import { showAudit } from "../commands/audit.ts";
import { createToken, revokeToken, showTokens } from "../commands/token.ts";
import { addUser, removeUser, resetUser, setRole, showUsers, switchUser } from "../commands/user.ts";
import { type InSession, wholeNumber } from "./in-session.ts";

/** Changes printed when nothing is said. */
const DEFAULT_CHANGES = 50;

export function addAccountWords(program: Command, inSession: InSession): void {
  const roleOption = () => new Option("--role <role>", "what it may do").choices(roles).default("viewer");
  const users = program.command("user").alias("us").description("manage the accounts of people").helpCommand(false);
  users
    .command("list")
    .alias("ls")
    .description("print all accounts")
    .action(() => inSession(showUsers));
  users
    .command("add <name>")
    .description("add an account; its one-time password is printed once")
    .addOption(roleOption())
    .action((name, options) => inSession((session) => addUser(session, name, options.role)));
  users
    .command("role <name>")
    .addArgument(new Argument("<role>").choices(roles))
    .description("change what an account may do")
    .action((name, role) => inSession((session) => setRole(session, name, role)));
  users
    .command("reset <name>")
    .description("give a new one-time password; sessions end, the second factor goes")
    .action((name) => inSession((session) => resetUser(session, name)));
  users
    .command("disable <name>")
    .description("switch an account off; its sessions end, everything of it stays")
    .action((name) => inSession((session) => switchUser(session, name, true)));
  users
    .command("enable <name>")
    .description("switch an account on again")
    .action((name) => inSession((session) => switchUser(session, name, false)));
  users
    .command("remove <name>")
    .alias("rm")
    .description("remove an account; its sessions end")
    .action((name) => inSession((session) => removeUser(session, name)));
  const tokens = program
    .command("token")
    .alias("t")
    .description("manage the tokens of other programs")
    .helpCommand(false);
  tokens
    .command("list")
    .alias("ls")
    .description("print all tokens")
    .action(() => inSession(showTokens));
  tokens
    .command("create <name>")
    .description("create a token; it is printed once")
    .addOption(roleOption())
    .option("--for <duration>", "let it expire after this time, such as 24h or 90d")
    .action((name, options) => inSession((session) => createToken(session, name, options)));
  tokens
    .command("revoke <id>")
    .description("take a token away for good, at once")
    .action((id) => inSession((session) => revokeToken(session, id)));
  program
    .command("audit")
    .alias("a")
    .description("print who changed what, the newest last")
    .option("--by <text>", "only changes by whoever has this in the name")
    .option("--action <text>", "only actions with this in their name, such as lists or users.reset")
    .option("--since <duration>", "only changes not longer ago, such as 24h or 7d")
    .addOption(
      new Option("--limit <number>", "at most so many").argParser(wholeNumber(1, 50_000)).default(DEFAULT_CHANGES),
    )
    .option("--full", "also print what was given, and what was there before and after")
    .action((options) => inSession((session) => showAudit(session, options)));
}
