/** Notifications: their settings, their health, a test. */
import {
  channelAnswerSchema,
  channelHealthSchema,
  notificationChangeSchema,
  notificationChannels,
  notificationRecordSchema,
  notificationViewSchema,
  testDialogueSchema,
} from "@sipprot/shared/notification";
import { pageInput, pageOutput } from "@sipprot/shared/page";
import type { TRPCRouterRecord } from "@trpc/server";
import { z } from "zod";
import { administrator, viewer } from "../trpc.ts";

const ofChannel = z.strictObject({ channel: z.enum(notificationChannels) });

export const notifications = {
  get: administrator.output(notificationViewSchema).query(({ ctx }) => ctx.services.notifications.get()),
  health: viewer.output(z.array(channelHealthSchema)).query(({ ctx }) => ctx.services.notifications.health()),
  change: administrator
    .input(notificationChangeSchema)
    .output(notificationViewSchema)
    .mutation(({ ctx, input }) => ctx.services.notifications.change(input, ctx.actor)),
  sendTest: administrator
    .input(ofChannel)
    .output(channelAnswerSchema)
    .mutation(({ ctx, input }) => ctx.services.notifications.sendTest(input.channel, ctx.actor)),
  testDialogue: administrator
    .input(ofChannel)
    .output(testDialogueSchema.optional())
    .query(({ ctx, input }) => ctx.services.notifications.testDialogue(input.channel)),
  history: administrator
    .input(pageInput(["atMs"], z.strictObject({})))
    .output(pageOutput(notificationRecordSchema))
    .query(({ ctx, input }) => ctx.services.notifications.history(input, ctx.now)),
} satisfies TRPCRouterRecord;
