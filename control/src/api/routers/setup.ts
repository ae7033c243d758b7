/** The first run: its progress, and what only it asks. */
import {
  callerPlaceSchema,
  firstRunEndSchema,
  firstRunSchema,
  firstRunStepSchema,
  pbxPlaceSchema,
  probeSchema,
  sipPlaceSchema,
  standingSchema,
  stepOutcomeSchema,
} from "@sipprot/shared/first-run";
import type { TRPCRouterRecord } from "@trpc/server";
import { z } from "zod";
import { administrator, self, viewer } from "../trpc.ts";

export const setup = {
  /** Also while the password must be changed: that is a step of it. */
  progress: self.output(firstRunSchema).query(({ ctx }) => ctx.services.setup.progress()),
  completeStep: administrator
    .input(z.strictObject({ step: firstRunStepSchema, outcome: stepOutcomeSchema }))
    .output(firstRunSchema)
    .mutation(({ ctx, input }) => ctx.services.setup.completeStep(input.step, input.outcome)),
  end: administrator
    .input(z.strictObject({ end: firstRunEndSchema }))
    .output(firstRunSchema)
    .mutation(({ ctx, input }) => ctx.services.setup.end(input.end)),
  standing: viewer.output(standingSchema).query(({ ctx }) => ctx.services.setup.standing(ctx.now)),
  caller: viewer.output(callerPlaceSchema).query(({ ctx }) => ctx.services.setup.caller(ctx.address)),
  pbx: administrator.output(pbxPlaceSchema).query(({ ctx }) => ctx.services.setup.pbx()),
  probePbx: administrator
    .input(sipPlaceSchema)
    .output(probeSchema)
    .mutation(({ ctx, input }) => ctx.services.setup.probe(input)),
  choosePbx: administrator
    .input(sipPlaceSchema)
    .output(pbxPlaceSchema)
    .mutation(({ ctx, input }) => ctx.services.setup.choosePbx(input, ctx.actor)),
} satisfies TRPCRouterRecord;
