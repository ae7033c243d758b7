/** The words of `sipprot settings`. */
import { settingNames, settingsSchema } from "@sipprot/shared/settings";
import { Argument, type Command } from "commander";
import { z } from "zod";
import { setSetting, showSettings } from "../commands/settings.ts";
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
    .action((name, value) => inSession((session) => setSetting(session, name, value)));
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
