/** What the words of every command need: to run in a session, and to read numbers. */
import { InvalidArgumentError } from "commander";
import type { Session } from "../session.ts";

/** Opens a session with the global options and runs a command in it. */
export type InSession = (work: (session: Session) => Promise<void>) => Promise<void>;

/** Reads a whole number within bounds; what is none is a mistake in the command. */
export function wholeNumber(least: number, most: number): (text: string) => number {
  return (text) => {
    const number = Number(text);
    if (/^\d+$/.test(text) && number >= least && number <= most) return number;
    throw new InvalidArgumentError(`expected a whole number from ${least} to ${most}`);
  };
}
