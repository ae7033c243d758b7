/** The daily firewall report. */
import { channelAnswerSchema } from "@sipprot/shared/notification";
import { reportFormats, reportLanguages, reportSchema } from "@sipprot/shared/report";
import { daySchema } from "@sipprot/shared/stats";
import type { TRPCRouterRecord } from "@trpc/server";
import { z } from "zod";
import { operator, viewer } from "../trpc.ts";

const ofDay = z.strictObject({ date: daySchema });

export const reports = {
  daily: viewer
    .input(ofDay)
    .output(reportSchema)
    .query(({ ctx, input }) => ctx.services.reports.daily(input.date)),
  formatted: viewer
    .input(ofDay.extend({ format: z.enum(reportFormats), language: z.enum(reportLanguages).default("en") }))
    .output(z.string())
    .query(({ ctx, input }) => ctx.services.reports.formatted(input.date, input.format, input.language)),
  mail: operator
    .input(ofDay)
    .output(channelAnswerSchema)
    .mutation(({ ctx, input }) => ctx.services.reports.mail(input.date, ctx.actor)),
} satisfies TRPCRouterRecord;
