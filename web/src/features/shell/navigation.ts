/** The pages in the order of the navigation, each with its sign and the letter that leads to it after `g`. */
import type { Role } from "@sipprot/shared/role";
import Activity from "lucide-react/icons/activity";
import Bell from "lucide-react/icons/bell";
import CircleHelp from "lucide-react/icons/circle-question-mark";
import FileText from "lucide-react/icons/file-text";
import History from "lucide-react/icons/history";
import LayoutDashboard from "lucide-react/icons/layout-dashboard";
import ListChecks from "lucide-react/icons/list-checks";
import ListX from "lucide-react/icons/list-x";
import Rss from "lucide-react/icons/rss";
import Server from "lucide-react/icons/server";
import Settings from "lucide-react/icons/settings";
import ShieldBan from "lucide-react/icons/shield-ban";
import UserRound from "lucide-react/icons/user-round";
import Users from "lucide-react/icons/users";

export type PageName =
  | "dashboard"
  | "allowlist"
  | "denylist"
  | "dynamicList"
  | "why"
  | "events"
  | "reports"
  | "hosts"
  | "feeds"
  | "notifications"
  | "settings"
  | "users"
  | "audit"
  | "account";

export interface PageLink {
  readonly name: PageName;
  readonly href: string;
  readonly icon: typeof Activity;
  /** Pressed after `g`. */
  readonly letter: string;
  /** Pages of one group stand together. */
  readonly group: "watch" | "lists" | "look" | "system";
  /** Not offered to lower roles, who would be refused. */
  readonly needs?: Role;
}

export const pageLinks: readonly PageLink[] = [
  { name: "dashboard", href: "/", icon: LayoutDashboard, letter: "d", group: "watch" },
  { name: "allowlist", href: "/allowlist", icon: ListChecks, letter: "a", group: "lists" },
  { name: "denylist", href: "/denylist", icon: ListX, letter: "n", group: "lists" },
  { name: "dynamicList", href: "/dynamic-list", icon: ShieldBan, letter: "b", group: "lists" },
  { name: "why", href: "/why", icon: CircleHelp, letter: "w", group: "look" },
  { name: "events", href: "/events", icon: Activity, letter: "e", group: "look" },
  { name: "reports", href: "/reports", icon: FileText, letter: "r", group: "look" },
  { name: "hosts", href: "/hosts", icon: Server, letter: "h", group: "system" },
  { name: "feeds", href: "/feeds", icon: Rss, letter: "f", group: "system" },
  { name: "notifications", href: "/notifications", icon: Bell, letter: "o", group: "system", needs: "administrator" },
  { name: "settings", href: "/settings", icon: Settings, letter: "s", group: "system" },
  { name: "users", href: "/users", icon: Users, letter: "u", group: "system", needs: "administrator" },
  { name: "audit", href: "/audit", icon: History, letter: "t", group: "system", needs: "administrator" },
  { name: "account", href: "/account", icon: UserRound, letter: "m", group: "system" },
];

/** The page an address belongs to: the longest that it begins with. */
export function pageOf(path: string): PageLink | undefined {
  const holds = ({ href }: PageLink) => path === href || (href !== "/" && path.startsWith(`${href}/`));
  return pageLinks.filter(holds).sort((one, other) => other.href.length - one.href.length)[0];
}
