/** The audit trail. */
import { auditRecordSchema } from "@sipprot/shared/audit";
import { pageInput, pageOutput } from "@sipprot/shared/page";
import type { TRPCRouterRecord } from "@trpc/server";
import { z } from "zod";
import { administrator } from "../trpc.ts";

const filter = z.strictObject({ by: z.string().max(200).optional(), action: z.string().max(100).optional() });

export const audit = {
  page: administrator
    .input(pageInput(["atMs"], filter))
    .output(pageOutput(auditRecordSchema))
    .query(({ ctx, input }) => ctx.services.audit.page(input)),
} satisfies TRPCRouterRecord;
