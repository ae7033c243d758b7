/** The commands of a program as a shell needs them: what may follow what, with a few words on each. */
import type { Argument, Command, Option } from "commander";
import { type Offer, offerOf } from "../offers.ts";

/** A word a shell may put in, and what it means. */
export interface Word {
  readonly word: string;
  readonly description: string;
}

export interface OptionNode {
  /** Its spellings, the long one last. */
  readonly flags: readonly string[];
  readonly description: string;
  readonly takesValue: boolean;
  readonly offer: Offer | undefined;
}

export interface ArgumentNode {
  readonly offer: Offer | undefined;
  /** Stands for all that follow as well. */
  readonly isLast: boolean;
}

/** One command. Its path is a space and a name for each step: ` list allow`; the program's own is empty. */
export interface CommandNode {
  readonly path: string;
  /** Each way to spell a step to a command below → that command's path. */
  readonly steps: ReadonlyMap<string, string>;
  readonly commands: readonly Word[];
  readonly options: readonly OptionNode[];
  readonly arguments: readonly ArgumentNode[];
}

/** The program and all commands below it. */
export function describeCommands(program: Command): CommandNode[] {
  return describe(program, "");
}

function describe(command: Command, path: string): CommandNode[] {
  const steps = new Map<string, string>();
  for (const one of command.commands) {
    for (const name of [one.name(), ...one.aliases()]) steps.set(name, `${path} ${one.name()}`);
  }
  const node: CommandNode = {
    path,
    steps,
    commands: command.commands.map((one) => ({ word: one.name(), description: shorten(one.description()) })),
    options: command.options.map(describeOption),
    arguments: command.registeredArguments.map(describeArgument),
  };
  return [node, ...command.commands.flatMap((one) => describe(one, `${path} ${one.name()}`))];
}

function describeOption(option: Option): OptionNode {
  return {
    flags: [option.short, option.long].filter((flag) => flag !== undefined),
    description: shorten(option.description),
    takesValue: option.required || option.optional,
    offer: offerOf(option),
  };
}

function describeArgument(argument: Argument): ArgumentNode {
  return { offer: offerOf(argument), isLast: argument.variadic };
}

/** A menu has little room, and no line of it may break. */
function shorten(text: string): string {
  const line = text.replace(/\s+/g, " ");
  return line.length <= 60 ? line : `${line.slice(0, 59)}…`;
}
