/** The dynamic blocks: in force now, lifted by hand. */
import {
  blockKeySchema,
  blockLookSchema,
  blockPageInput,
  blockPageOutput,
  blocksFoundSchema,
  blockWithEvidenceSchema,
  liftedAndAllowedSchema,
  liftedMatchingSchema,
  liftedSchema,
  MAX_ALLOW_HOURS,
  matchingLiftSchema,
} from "@sipprot/shared/block-page";
import { MAX_NOTE_CHARACTERS } from "@sipprot/shared/lists";
import type { TRPCRouterRecord } from "@trpc/server";
import { z } from "zod";
import { operator, viewer } from "../trpc.ts";

export const blocks = {
  page: viewer
    .input(blockPageInput)
    .output(blockPageOutput)
    .query(({ ctx, input }) => ctx.services.blocks.page(input, ctx.now)),
  evidence: viewer
    .input(z.strictObject({ block: blockKeySchema }))
    .output(blockWithEvidenceSchema)
    .query(({ ctx, input }) => ctx.services.blocks.evidence(input.block, ctx.now)),
  find: viewer
    .input(blockLookSchema)
    .output(blocksFoundSchema)
    .query(({ ctx, input }) => ctx.services.blocks.find(input.blocks, ctx.now)),
  lift: operator
    .input(z.strictObject({ blocks: z.array(blockKeySchema).min(1).max(200) }))
    .output(liftedSchema)
    .mutation(({ ctx, input }) => ctx.services.blocks.lift(input.blocks, ctx.actor)),
  liftMatching: operator
    .input(matchingLiftSchema)
    .output(liftedMatchingSchema)
    .mutation(({ ctx, input }) => ctx.services.blocks.liftMatching(input, ctx.actor)),
  liftAndAllow: operator
    .input(
      z.strictObject({
        block: blockKeySchema,
        hours: z.number().int().min(1).max(MAX_ALLOW_HOURS),
        note: z.string().max(MAX_NOTE_CHARACTERS).default(""),
      }),
    )
    .output(liftedAndAllowedSchema)
    .mutation(({ ctx, input }) => ctx.services.blocks.liftAndAllow(input, ctx.actor)),
} satisfies TRPCRouterRecord;
