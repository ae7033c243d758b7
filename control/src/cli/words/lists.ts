/** The words of `sipprot list`. */
import { type ListName, listNames } from "@sipprot/shared/lists";
import { Argument, type Command } from "commander";
import { addEntries, removeEntries, showEntries } from "../commands/list.ts";
import { exportFile, importFile, removeByFile } from "../commands/list-file.ts";
import { offering } from "../offers.ts";
import type { InSession } from "./in-session.ts";

const descriptions: Record<ListName, string> = {
  allow: "addresses that are let through before every other rule",
  deny: "addresses that are refused for good",
};

export function addListWords(program: Command, inSession: InSession): void {
  const lists = program.command("list").alias("l").description("manage the lists").helpCommand(false);
  for (const name of listNames) {
    const list = lists.command(name).alias(name.slice(0, 1)).description(descriptions[name]).helpCommand(false);
    list
      .command("add <network...>")
      .description("put addresses or networks on the list; all of them or none")
      .option("--note <text>", "why", "")
      .option("--for <duration>", "take them off after this time, such as 30m, 24h or 7d")
      .action((networks, options) => inSession((session) => addEntries(session, name, networks, options)));
    list
      .command("remove <network...>")
      .alias("rm")
      .description("take addresses or networks off the list; all of them or none")
      .action((networks) => inSession((session) => removeEntries(session, name, networks)));
    list
      .command("show")
      .alias("ls")
      .description("print the list with notes and times")
      .action(() => inSession((session) => showEntries(session, name)));
    list
      .command("import")
      .addArgument(offering(new Argument("<FILE>"), { kind: "files" }))
      .description(
        "put what a CSV file names on the list (IP_ADDRESS,NOTE,TIME,ADDED_BY); bad lines are named and left out",
      )
      .action((file) => inSession((session) => importFile(session, name, file)));
    list
      .command("export")
      .addArgument(offering(new Argument("[FILE]"), { kind: "files" }))
      .description("write the list as CSV to a new file, or to standard output")
      .action((file) => inSession((session) => exportFile(session, name, file)));
    list
      .command("remove-file")
      .addArgument(offering(new Argument("<FILE>"), { kind: "files" }))
      .description("take what a CSV file names off the list")
      .action((file) => inSession((session) => removeByFile(session, name, file)));
  }
}
