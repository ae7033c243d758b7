/** The customer's name, colour and logo. */
import { brandingChangeSchema, brandingSchema, logoFileSchema } from "@sipprot/shared/branding";
import type { TRPCRouterRecord } from "@trpc/server";
import { administrator, anyone } from "../trpc.ts";

export const branding = {
  /** Shown on the sign-in, to whoever gets there. */
  get: anyone.output(brandingSchema).query(({ ctx }) => ctx.services.branding.get()),
  logo: anyone.output(logoFileSchema.nullable()).query(({ ctx }) => ctx.services.branding.logo()),
  change: administrator
    .input(brandingChangeSchema)
    .output(brandingSchema)
    .mutation(({ ctx, input }) => ctx.services.branding.change(input, ctx.actor)),
} satisfies TRPCRouterRecord;
