/** The policy settings. */
import { bootViewSchema } from "@sipprot/shared/boot-view";
import { settingsPatchSchema, settingsSchema } from "@sipprot/shared/settings";
import {
  pendingChangeSchema,
  pendingViewSchema,
  settingsAppliedSchema,
  settingsChangeSchema,
} from "@sipprot/shared/settings-change";
import { settingsPreviewSchema } from "@sipprot/shared/settings-preview";
import type { TRPCRouterRecord } from "@trpc/server";
import { z } from "zod";
import { administrator, viewer } from "../trpc.ts";

const pendingId = pendingChangeSchema.pick({ id: true });

export const settings = {
  get: viewer
    .output(z.strictObject({ settings: settingsSchema, unknown: z.array(z.string()), refused: z.array(z.string()) }))
    .query(({ ctx }) => ctx.services.settings.get()),
  change: administrator
    .input(settingsPatchSchema)
    .output(z.strictObject({ settings: settingsSchema, warnings: z.array(z.string()) }))
    .mutation(({ ctx, input }) => ctx.services.settings.change(input, ctx.actor)),
  save: administrator
    .input(settingsChangeSchema)
    .output(settingsAppliedSchema)
    .mutation(({ ctx, input }) => ctx.services.settings.save(input.patch, input.from, ctx.actor)),
  pending: viewer.output(pendingViewSchema).query(({ ctx }) => ctx.services.settings.pending()),
  confirm: administrator
    .input(pendingId)
    .output(pendingViewSchema)
    .mutation(({ ctx, input }) => ctx.services.settings.confirm(input.id, ctx.actor)),
  undo: administrator
    .input(pendingId)
    .output(pendingViewSchema)
    .mutation(({ ctx, input }) => ctx.services.settings.undo(input.id, ctx.actor)),
  /** A mutation by its way alone: five hundred agents do not fit into an address. Nothing is changed. */
  preview: administrator
    .input(settingsPatchSchema)
    .output(settingsPreviewSchema)
    .mutation(({ ctx, input }) => ctx.services.settings.preview(input, ctx.actor)),
  boot: viewer.output(bootViewSchema).query(({ ctx }) => ctx.services.settings.boot()),
} satisfies TRPCRouterRecord;
