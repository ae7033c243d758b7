/** The hosts that run the proxy. */
import { hostStatusSchema } from "@sipprot/shared/host";
import type { TRPCRouterRecord } from "@trpc/server";
import { z } from "zod";
import { administrator, viewer } from "../trpc.ts";

export const hosts = {
  list: viewer.output(z.array(hostStatusSchema)).query(({ ctx }) => ctx.services.hosts.list(ctx.now)),
  remove: administrator
    .input(z.strictObject({ name: z.string().min(1).max(253) }))
    .output(z.void())
    .mutation(({ ctx, input }) => ctx.services.hosts.remove(input.name, ctx.actor)),
} satisfies TRPCRouterRecord;
