/** The policy settings. */
import { settingsPatchSchema, settingsSchema } from "@sipprot/shared/settings";
import type { TRPCRouterRecord } from "@trpc/server";
import { z } from "zod";
import { administrator, viewer } from "../trpc.ts";

export const settings = {
  get: viewer
    .output(z.strictObject({ settings: settingsSchema, unknown: z.array(z.string()), refused: z.array(z.string()) }))
    .query(({ ctx }) => ctx.services.settings.get()),
  change: administrator
    .input(settingsPatchSchema)
    .output(z.strictObject({ settings: settingsSchema, warnings: z.array(z.string()) }))
    .mutation(({ ctx, input }) => ctx.services.settings.change(input, ctx.actor)),
} satisfies TRPCRouterRecord;
