/** All procedures, by noun. */
import type { inferRouterInputs, inferRouterOutputs } from "@trpc/server";
import { audit } from "./routers/audit.ts";
import { auth } from "./routers/auth.ts";
import { blocks } from "./routers/blocks.ts";
import { events } from "./routers/events.ts";
import { explain } from "./routers/explain.ts";
import { hosts } from "./routers/hosts.ts";
import { lists } from "./routers/lists.ts";
import { services } from "./routers/services.ts";
import { settings } from "./routers/settings.ts";
import { tokens } from "./routers/tokens.ts";
import { users } from "./routers/users.ts";
import { createCallerFactory, router } from "./trpc.ts";

export const appRouter = router({
  audit,
  auth,
  blocks,
  events,
  explain,
  hosts,
  lists,
  services,
  settings,
  tokens,
  users,
});

export type AppRouter = typeof appRouter;
export type RouterInputs = inferRouterInputs<AppRouter>;
export type RouterOutputs = inferRouterOutputs<AppRouter>;

/** Calls procedures without HTTP, in a context. */
export const createCaller = createCallerFactory(appRouter);
