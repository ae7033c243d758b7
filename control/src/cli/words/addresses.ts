/** The words of the commands about one address, and of those that watch what happens. */
import { gates } from "@sipprot/shared/reason";
import { type Command, Option } from "commander";
import { checkAddress } from "../commands/check.ts";
import { explain } from "../commands/explain.ts";
import { showReport } from "../commands/report.ts";
import { showStatus } from "../commands/status.ts";
import { unblockAddress } from "../commands/unblock.ts";
import { watch } from "../commands/watch.ts";
import { verdicts } from "../watch-line.ts";
import type { InSession } from "./in-session.ts";

export function addAddressWords(program: Command, inSession: InSession): void {
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
    .command("check <IP>")
    .alias("c")
    .description("print every list an address or network is on, and why it is blocked")
    .option("--why", "also print the messages that led to a block")
    .action((ip, options) => inSession((session) => checkAddress(session, ip, options)));
  program
    .command("explain <IP>")
    .alias("e")
    .description(
      "print everything that is known of an address or network: lists, blocks, strikes, and what happened lately",
    )
    .action((ip) => inSession((session) => explain(session, ip)));
  program
    .command("unblock <IP>")
    .alias("u")
    .description("lift the dynamic blocks of an address on every host, and say whether they confirm it")
    .action((ip) => inSession((session) => unblockAddress(session, ip)));
  program
    .command("watch")
    .alias("w")
    .description("print decisions and changes as they happen, one line each, until Ctrl-C")
    .addOption(new Option("--gate <gate...>", "only what these gates decided").choices(gates))
    .addOption(new Option("--verdict <verdict...>", "only these verdicts").choices(verdicts))
    .option("--country <code...>", "only sources of these countries, such as FR")
    .option("--source <network>", "only this address or network")
    .option("--endpoint <endpoint>", "only this protected address, with or without its port")
    .option("--since <duration>", "begin so long ago, as far as it is kept, such as 10m or 24h")
    .action((options) => inSession((session) => watch(session, options)));
}
