/** Feeds: denylists kept by others. */
import { feedChangeSchema, feedIdSchema, feedSchema, feedViewSchema } from "@sipprot/shared/feed";
import type { TRPCRouterRecord } from "@trpc/server";
import { z } from "zod";
import { administrator, operator, viewer } from "../trpc.ts";

const named = z.strictObject({ id: feedIdSchema });
const views = z.array(feedViewSchema);

export const feeds = {
  list: viewer.output(views).query(({ ctx }) => ctx.services.feeds.list()),
  add: administrator
    .input(feedSchema)
    .output(views)
    .mutation(({ ctx, input }) => ctx.services.feeds.add(input, ctx.actor)),
  put: administrator
    .input(feedChangeSchema)
    .output(views)
    .mutation(({ ctx, input }) => ctx.services.feeds.put(input, ctx.actor)),
  remove: administrator
    .input(named)
    .output(views)
    .mutation(({ ctx, input }) => ctx.services.feeds.remove(input.id, ctx.actor)),
  fetchNow: operator
    .input(named)
    .output(views)
    .mutation(({ ctx, input }) => ctx.services.feeds.fetchNow(input.id, ctx.actor)),
} satisfies TRPCRouterRecord;
