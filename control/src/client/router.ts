/** The server's procedures as other programs see them: inputs, outputs and errors, nothing of the server. Types only. */
import type { ErrorShape } from "@sipprot/control/api/error-shape";
import type { procedures } from "@sipprot/control/api/procedures";
import type { inferRouterInputs, inferRouterOutputs, TRPCBuiltRouter } from "@trpc/server";

/** All procedures, by noun; for a tRPC client of your own. */
export type AppRouter = TRPCBuiltRouter<
  { ctx: object; meta: object; errorShape: ErrorShape; transformer: false },
  typeof procedures
>;
/** What a procedure takes: `RouterInputs["lists"]["add"]`. */
export type RouterInputs = inferRouterInputs<AppRouter>;
/** What a procedure answers: `RouterOutputs["reports"]["daily"]`. */
export type RouterOutputs = inferRouterOutputs<AppRouter>;
