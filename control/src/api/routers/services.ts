/** The programs of this installation. */
import { serviceActionSchema, serviceStatusSchema } from "@sipprot/shared/service";
import type { TRPCRouterRecord } from "@trpc/server";
import { z } from "zod";
import { administrator, viewer } from "../trpc.ts";

export const services = {
  list: viewer.output(z.array(serviceStatusSchema)).query(({ ctx }) => ctx.services.services.list()),
  act: administrator
    .input(z.strictObject({ action: serviceActionSchema }))
    .output(z.array(serviceStatusSchema))
    .mutation(({ ctx, input }) => ctx.services.services.act(input.action, ctx.actor)),
} satisfies TRPCRouterRecord;
