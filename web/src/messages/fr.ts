/** All texts in French, one file a namespace. */
import account from "./fr/account.json";
import audit from "./fr/audit.json";
import blocks from "./fr/blocks.json";
import dashboard from "./fr/dashboard.json";
import errors from "./fr/errors.json";
import events from "./fr/events.json";
import feeds from "./fr/feeds.json";
import firstRun from "./fr/first-run.json";
import hosts from "./fr/hosts.json";
import kit from "./fr/kit.json";
import lists from "./fr/lists.json";
import notifications from "./fr/notifications.json";
import reports from "./fr/reports.json";
import settings from "./fr/settings.json";
import shell from "./fr/shell.json";
import signIn from "./fr/sign-in.json";
import terms from "./fr/terms.json";
import users from "./fr/users.json";
import why from "./fr/why.json";

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
