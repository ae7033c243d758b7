/** All procedures, by noun: what the router is made of, and what other programs know of it. */
import { audit } from "./routers/audit.ts";
import { auth } from "./routers/auth.ts";
import { blocks } from "./routers/blocks.ts";
import { branding } from "./routers/branding.ts";
import { events } from "./routers/events.ts";
import { explain } from "./routers/explain.ts";
import { feeds } from "./routers/feeds.ts";
import { hosts } from "./routers/hosts.ts";
import { lists } from "./routers/lists.ts";
import { notifications } from "./routers/notifications.ts";
import { reports } from "./routers/reports.ts";
import { services } from "./routers/services.ts";
import { settings } from "./routers/settings.ts";
import { setup } from "./routers/setup.ts";
import { stats } from "./routers/stats.ts";
import { tokens } from "./routers/tokens.ts";
import { users } from "./routers/users.ts";

export const procedures = {
  audit,
  auth,
  blocks,
  branding,
  events,
  explain,
  feeds,
  hosts,
  lists,
  notifications,
  reports,
  services,
  settings,
  setup,
  stats,
  tokens,
  users,
};
