/** What happened on all hosts: the latest, live, the log page by page, and rules made of it. */
import { eventSchema } from "@sipprot/shared/event";
import {
  eventExportInput,
  eventExportOutput,
  eventPageInput,
  eventPageOutput,
  ruleInput,
  ruleOfferSchema,
} from "@sipprot/shared/event-log";
import { type TRPCRouterRecord, tracked } from "@trpc/server";
import { z } from "zod";
import { liveOutput } from "../live-output.ts";
import { operator, viewer } from "../trpc.ts";

const streamId = z.string().regex(/^\d{1,15}-\d{1,10}$/, "expected the id of a batch");
const batch = z.strictObject({ id: streamId, events: z.array(eventSchema) });

export const events = {
  latest: viewer
    .input(z.strictObject({ maxBatches: z.number().int().min(1).max(200).default(50), beforeId: streamId.optional() }))
    .output(z.array(batch))
    .query(({ ctx, input }) => ctx.services.events.latest(input.maxBatches, input.beforeId)),
  /** A client that reconnects sends the id of the last batch it had, and misses nothing. The first batch may be empty. */
  live: viewer
    .input(z.strictObject({ lastEventId: streamId.optional() }).optional())
    .output(liveOutput(z.array(eventSchema)))
    .subscription(async function* ({ ctx, input, signal }) {
      const stream = ctx.services.events.live(input?.lastEventId, signal ?? new AbortController().signal);
      for await (const one of stream) yield tracked(one.id, one.events);
    }),
  page: viewer
    .input(eventPageInput)
    .output(eventPageOutput)
    .query(({ ctx, input }) => ctx.services.events.page(input)),
  export: viewer
    .input(eventExportInput)
    .output(eventExportOutput)
    .query(({ ctx, input }) => ctx.services.events.exportPiece(input)),
  offerRule: operator
    .input(ruleInput)
    .output(ruleOfferSchema)
    .query(({ ctx, input }) => ctx.services.events.offerRule(input, ctx.actor)),
} satisfies TRPCRouterRecord;
