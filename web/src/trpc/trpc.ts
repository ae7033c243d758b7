/** The procedures of the control server for components: typed, cached by TanStack Query. */
import type { AppRouter } from "@sipprot/client";
import { createTRPCContext } from "@trpc/tanstack-react-query";

export const { TRPCProvider, useTRPC, useTRPCClient } = createTRPCContext<AppRouter>();
