/** The command `sipprot` in everybody's path: a link to this installation. */
import { lstatSync, readlinkSync, rmSync, symlinkSync } from "node:fs";
import { installationFolder } from "../config.ts";

const LINK = "/usr/local/bin/sipprot";
const PROGRAM = `${installationFolder}/control/bin/sipprot`;

/** Makes the link when root and when no other file is in its place. Says how the command can be called. */
export function linkCommand(isRoot: boolean, link = LINK): string {
  const called = `npx sipprot (in ${installationFolder})`;
  if (!isRoot) return called;
  const found = readLink(link);
  if (found === PROGRAM) return "sipprot";
  if (found !== undefined && !found.endsWith("/control/bin/sipprot")) return called;
  try {
    rmSync(link, { force: true });
    symlinkSync(PROGRAM, link);
    return "sipprot";
  } catch {
    return called;
  }
}

/** Removes the link when it is ours. */
export function unlinkCommand(link = LINK): boolean {
  if (readLink(link) !== PROGRAM) return false;
  rmSync(link, { force: true });
  return true;
}

/** Where the link points; an empty text for a file that is no link; undefined when nothing is there. */
function readLink(link: string): string | undefined {
  try {
    return lstatSync(link).isSymbolicLink() ? readlinkSync(link) : "";
  } catch {
    return undefined;
  }
}
