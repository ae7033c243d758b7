/** Statistics. */
import { statsRangeSchema, statsSchema } from "@sipprot/shared/stats";
import type { TRPCRouterRecord } from "@trpc/server";
import { viewer } from "../trpc.ts";

export const stats = {
  read: viewer
    .input(statsRangeSchema)
    .output(statsSchema)
    .query(({ ctx, input }) => ctx.services.stats.read(input, ctx.now)),
} satisfies TRPCRouterRecord;
