/** Accounts of people. */
import { accountNameSchema, userSchema } from "@sipprot/shared/account";
import { roleSchema } from "@sipprot/shared/role-schema";
import type { TRPCRouterRecord } from "@trpc/server";
import { z } from "zod";
import { administrator } from "../trpc.ts";

const named = z.strictObject({ name: accountNameSchema });
const namedWithRole = z.strictObject({ name: accountNameSchema, role: roleSchema });
const withPassword = z.strictObject({ user: userSchema, password: z.string() });

export const users = {
  list: administrator.output(z.array(userSchema)).query(({ ctx }) => ctx.services.users.list()),
  add: administrator
    .input(namedWithRole)
    .output(withPassword)
    .mutation(({ ctx, input }) => ctx.services.users.add(input, ctx.actor)),
  setRole: administrator
    .input(namedWithRole)
    .output(userSchema)
    .mutation(({ ctx, input }) => ctx.services.users.setRole(input.name, input.role, ctx.actor)),
  reset: administrator
    .input(named)
    .output(withPassword)
    .mutation(({ ctx, input }) => ctx.services.users.reset(input.name, ctx.actor)),
  setDisabled: administrator
    .input(z.strictObject({ name: accountNameSchema, isDisabled: z.boolean() }))
    .output(userSchema)
    .mutation(({ ctx, input }) => ctx.services.users.setDisabled(input.name, input.isDisabled, ctx.actor)),
  remove: administrator
    .input(named)
    .output(z.void())
    .mutation(({ ctx, input }) => ctx.services.users.remove(input.name, ctx.actor)),
} satisfies TRPCRouterRecord;
