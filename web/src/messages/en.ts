/** All texts in English, one file a namespace. */
import account from "./en/account.json";
import audit from "./en/audit.json";
import blocks from "./en/blocks.json";
import dashboard from "./en/dashboard.json";
import errors from "./en/errors.json";
import events from "./en/events.json";
import feeds from "./en/feeds.json";
import firstRun from "./en/first-run.json";
import hosts from "./en/hosts.json";
import kit from "./en/kit.json";
import lists from "./en/lists.json";
import notifications from "./en/notifications.json";
import reports from "./en/reports.json";
import settings from "./en/settings.json";
import shell from "./en/shell.json";
import signIn from "./en/sign-in.json";
import terms from "./en/terms.json";
import users from "./en/users.json";
import why from "./en/why.json";

export const messages = {
  account,
  audit,
  blocks,
  dashboard,
  errors,
  events,
  feeds,
  "first-run": firstRun,
  hosts,
  kit,
  lists,
  notifications,
  reports,
  settings,
  shell,
  "sign-in": signIn,
  terms,
  users,
  why,
};
