/** Statistics. */
import { statsRangeSchema, statsSchema } from "@sipprot/shared/stats";
import { statsWindowSchema, windowStatsSchema } from "@sipprot/shared/window-stats";
import type { TRPCRouterRecord } from "@trpc/server";
import { viewer } from "../trpc.ts";

export const stats = {
  read: viewer
    .input(statsRangeSchema)
    .output(statsSchema)
    .query(({ ctx, input }) => ctx.services.stats.read(input, ctx.now)),
  window: viewer
    .input(statsWindowSchema)
    .output(windowStatsSchema)
    .query(({ ctx, input }) => ctx.services.stats.window(input, ctx.now)),
} satisfies TRPCRouterRecord;
