/** The audit trail. */
import { auditFilterSchema, auditFormats, auditRecordSchema } from "@sipprot/shared/audit";
import { pageInput, pageOutput } from "@sipprot/shared/page";
import type { TRPCRouterRecord } from "@trpc/server";
import { z } from "zod";
import { administrator } from "../trpc.ts";

export const audit = {
  page: administrator
    .input(pageInput(["atMs"], auditFilterSchema))
    .output(pageOutput(auditRecordSchema))
    .query(({ ctx, input }) => ctx.services.audit.page(input)),
  export: administrator
    .input(
      z.strictObject({
        format: z.enum(auditFormats),
        filter: auditFilterSchema.optional(),
        /** `next` of the piece before. */
        after: z
          .string()
          .regex(/^\d{1,20}-\d{1,20}$/)
          .optional(),
      }),
    )
    .output(z.strictObject({ text: z.string(), next: z.string().optional() }))
    .query(({ ctx, input }) => ctx.services.audit.export(input)),
} satisfies TRPCRouterRecord;
