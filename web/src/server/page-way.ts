/** Which page somebody gets to see: to the sign-in, to a password of their own, to the first run, or where they wanted. Pure. */
import type { PageVisitor } from "./page-visitor.ts";

export const SIGN_IN_PATH = "/sign-in";
export const PASSWORD_PATH = "/change-password";
export const FIRST_RUN_PATH = "/first-run";
const HOME_PATH = "/";

/** True for files of ours that are no page, such as an icon or the map: they hold nothing of the installation. */
export function isFile(path: string): boolean {
  return /\.(svg|png|webp|ico|json|woff2|txt|webmanifest)$/.test(path);
}

/** Where to send them instead, with path and query; undefined when they may see what they asked for. */
export function findOtherWay(visitor: PageVisitor, path: string, query: string): string | undefined {
  // Not known is not signed out: the page says that the server is away, and asks again by itself.
  if (visitor.state === "unknown") return undefined;
  if (visitor.state === "signed-out") {
    if (path === SIGN_IN_PATH) return undefined;
    return path === HOME_PATH ? SIGN_IN_PATH : `${SIGN_IN_PATH}?next=${encodeURIComponent(`${path}${query}`)}`;
  }
  const { user, firstRun } = visitor;
  const isFirst = user.role === "administrator" && firstRun === "open";
  const needed = isFirst ? FIRST_RUN_PATH : user.mustChangePassword ? PASSWORD_PATH : undefined;
  if (needed !== undefined) return path === needed ? undefined : needed;
  if (path === SIGN_IN_PATH) return readNext(query);
  const isOver =
    path === PASSWORD_PATH || (path === FIRST_RUN_PATH && (firstRun === "finished" || !isAdministrator(visitor)));
  return isOver ? HOME_PATH : undefined;
}

/** The page that `next` names, when it is one of our own. */
export function readNext(query: string): string {
  const next = new URLSearchParams(query).get("next") ?? HOME_PATH;
  // A second slash or a backslash would name another host; what ends in the sign-in would turn in circles.
  const isOwn = /^\/(?![/\\])[^\\\s\p{Cc}]*$/u.test(next) && !next.startsWith(SIGN_IN_PATH);
  return isOwn ? next : HOME_PATH;
}

function isAdministrator(visitor: PageVisitor): boolean {
  return visitor.state === "signed-in" && visitor.user.role === "administrator";
}
