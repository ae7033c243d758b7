/** Notifications: their settings, their health, a test. */
import {
  channelAnswerSchema,
  channelHealthSchema,
  notificationChangeSchema,
  notificationChannels,
  notificationViewSchema,
} from "@sipprot/shared/notification";
import type { TRPCRouterRecord } from "@trpc/server";
import { z } from "zod";
import { administrator, viewer } from "../trpc.ts";

export const notifications = {
  get: administrator.output(notificationViewSchema).query(({ ctx }) => ctx.services.notifications.get()),
  health: viewer.output(z.array(channelHealthSchema)).query(({ ctx }) => ctx.services.notifications.health()),
  change: administrator
    .input(notificationChangeSchema)
    .output(notificationViewSchema)
    .mutation(({ ctx, input }) => ctx.services.notifications.change(input, ctx.actor)),
  sendTest: administrator
    .input(z.strictObject({ channel: z.enum(notificationChannels) }))
    .output(channelAnswerSchema)
    .mutation(({ ctx, input }) => ctx.services.notifications.sendTest(input.channel, ctx.now)),
} satisfies TRPCRouterRecord;
