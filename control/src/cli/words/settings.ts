/** The words of `sipprot settings`. */
import { settingNames, settingsSchema } from "@sipprot/shared/settings";
import { Argument, type Command } from "commander";
import { z } from "zod";
import { endTrial, setSetting, showPending, showSettings } from "../commands/settings.ts";
import { offering } from "../offers.ts";
import type { InSession } from "./in-session.ts";

export function addSettingsWords(program: Command, inSession: InSession): void {
  const settings = program
    .command("settings")
    .alias("se")
    .description("read and change the policy settings")
    .helpCommand(false);
  const names = { kind: "words", words: settingNames } as const;
  settings
    .command("get")
    .addArgument(offering(new Argument("[name]"), names))
    .description("print one setting, or all of them")
    .action((name) => inSession((session) => showSettings(session, name)));
  settings
    .command("set")
    .addArgument(offering(new Argument("<name>"), names))
    .addArgument(offering(new Argument("<value>"), { kind: "after", words: closedValues() }))
    .description("change a setting; lists are separated by commas")
    .option("--trial", "undo a dangerous change after a minute, unless it is confirmed: settings confirm")
    .action((name, value, options) => inSession((session) => setSetting(session, name, value, options)));
  settings
    .command("pending")
    .description("print the change that is undone unless it is confirmed")
    .action(() => inSession((session) => showPending(session)));
  settings
    .command("confirm")
    .description("keep the change that waits for its confirmation")
    .action(() => inSession((session) => endTrial(session, "confirmed")));
  settings
    .command("undo")
    .description("undo the change that waits for its confirmation, at once")
    .action(() => inSession((session) => endTrial(session, "undone")));
}

/** The values of the settings that have few of them. */
function closedValues(): Record<string, string[]> {
  const values: Record<string, string[]> = {};
  for (const name of settingNames) {
    const schema = settingsSchema.shape[name].unwrap();
    if (schema instanceof z.ZodBoolean) values[name] = ["true", "false"];
    else if (schema instanceof z.ZodEnum) values[name] = schema.options.map(String);
  }
  return values;
}
