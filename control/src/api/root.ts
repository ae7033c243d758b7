/** The router: all procedures, ready to be served and to be called. */
import { procedures } from "./procedures.ts";
import { createCallerFactory, router } from "./trpc.ts";

export const appRouter = router(procedures);

/** Calls procedures without HTTP, in a context. */
export const createCaller = createCallerFactory(appRouter);
