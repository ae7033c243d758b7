/** Everything known of one address. */
import { explanationSchema } from "@sipprot/shared/block-page";
import type { TRPCRouterRecord } from "@trpc/server";
import { z } from "zod";
import { viewer } from "../trpc.ts";

export const explain = {
  address: viewer
    .input(z.strictObject({ address: z.string().min(1).max(100) }))
    .output(explanationSchema)
    .query(({ ctx, input }) => ctx.services.blocks.explain(input.address, ctx.now)),
} satisfies TRPCRouterRecord;
