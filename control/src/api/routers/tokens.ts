/** API tokens for other programs. */
import { tokenNameSchema, tokenSchema } from "@sipprot/shared/account";
import { roleSchema } from "@sipprot/shared/role-schema";
import type { TRPCRouterRecord } from "@trpc/server";
import { z } from "zod";
import { administrator } from "../trpc.ts";

const newToken = z.strictObject({
  name: tokenNameSchema,
  role: roleSchema,
  expiresAtMs: z.number().int().positive().optional(),
});

export const tokens = {
  list: administrator.output(z.array(tokenSchema)).query(({ ctx }) => ctx.services.tokens.list()),
  create: administrator
    .input(newToken)
    .output(z.strictObject({ secret: z.string(), token: tokenSchema }))
    .mutation(({ ctx, input }) => ctx.services.tokens.create(input, ctx.actor)),
  revoke: administrator
    .input(z.strictObject({ id: z.string().max(64) }))
    .output(z.void())
    .mutation(({ ctx, input }) => ctx.services.tokens.revoke(input.id, ctx.actor)),
} satisfies TRPCRouterRecord;
