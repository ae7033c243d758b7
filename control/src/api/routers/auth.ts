/** Signing in, and one's own account. */
import {
  accountNameSchema,
  newPasswordSchema,
  secondFactorSchema,
  sessionSchema,
  typedPasswordSchema,
  userSchema,
} from "@sipprot/shared/account";
import { preferencesSchema } from "@sipprot/shared/preferences";
import type { TRPCRouterRecord } from "@trpc/server";
import { z } from "zod";
import { administrator, anyone, self, settledSelf } from "../trpc.ts";

const sessionId = z.strictObject({ id: z.string().max(128) });

export const auth = {
  signIn: anyone
    .input(
      z.strictObject({ name: accountNameSchema, password: typedPasswordSchema, code: secondFactorSchema.optional() }),
    )
    .output(userSchema)
    .mutation(async ({ ctx, input }) => {
      const { secret, endsAtMs, user } = await ctx.services.auth.signIn(input, ctx.agent, ctx.actor);
      ctx.cookies.set(secret, endsAtMs);
      return user;
    }),
  signOut: self.output(z.void()).mutation(async ({ ctx }) => {
    await ctx.services.auth.signOut(ctx.session, ctx.actor);
    ctx.cookies.clear();
  }),
  me: self.output(userSchema).query(({ ctx }) => ctx.services.auth.me(ctx.session)),
  setPreferences: settledSelf
    .input(preferencesSchema)
    .output(userSchema)
    .mutation(({ ctx, input }) => ctx.services.auth.setPreferences(ctx.session, input, ctx.actor)),
  changePassword: self
    .input(
      z.strictObject({
        password: typedPasswordSchema,
        newPassword: newPasswordSchema,
        code: secondFactorSchema.optional(),
      }),
    )
    .output(userSchema)
    .mutation(async ({ ctx, input }) => {
      const { secret, endsAtMs, user } = await ctx.services.auth.changePassword(
        ctx.session,
        input,
        ctx.agent,
        ctx.actor,
      );
      ctx.cookies.set(secret, endsAtMs);
      return user;
    }),
  sessions: settledSelf
    .output(z.array(sessionSchema))
    .query(({ ctx }) => ctx.services.auth.sessions(ctx.session, false, ctx.now)),
  revokeSession: settledSelf
    .input(sessionId)
    .output(z.void())
    .mutation(({ ctx, input }) => ctx.services.auth.revokeSession(ctx.session, input.id, false, ctx.actor)),
  revokeOtherSessions: settledSelf
    .output(z.strictObject({ ended: z.number().int().nonnegative() }))
    .mutation(({ ctx }) => ctx.services.auth.revokeOtherSessions(ctx.session, ctx.actor)),
  allSessions: administrator
    .output(z.array(sessionSchema))
    .query(({ ctx }) => ctx.services.auth.sessions(ctx.caller.session ?? noSession, true, ctx.now)),
  revokeAnySession: administrator
    .input(sessionId)
    .output(z.void())
    .mutation(({ ctx, input }) =>
      ctx.services.auth.revokeSession(ctx.caller.session ?? noSession, input.id, true, ctx.actor),
    ),
  offerSecondFactor: settledSelf
    .input(z.strictObject({ password: typedPasswordSchema }))
    .output(z.strictObject({ secret: z.string(), uri: z.string() }))
    .mutation(({ ctx, input }) => ctx.services.auth.offerSecondFactor(ctx.session, input.password, ctx.actor)),
  confirmSecondFactor: settledSelf
    .input(z.strictObject({ code: secondFactorSchema }))
    .output(z.strictObject({ recoveryCodes: z.array(z.string()) }))
    .mutation(({ ctx, input }) => ctx.services.auth.confirmSecondFactor(ctx.session, input.code, ctx.actor)),
  renewRecoveryCodes: settledSelf
    .input(z.strictObject({ password: typedPasswordSchema, code: secondFactorSchema }))
    .output(z.strictObject({ recoveryCodes: z.array(z.string()) }))
    .mutation(({ ctx, input }) => ctx.services.auth.renewRecoveryCodes(ctx.session, input, ctx.actor)),
  removeSecondFactor: settledSelf
    .input(z.strictObject({ password: typedPasswordSchema, code: secondFactorSchema }))
    .output(z.void())
    .mutation(({ ctx, input }) => ctx.services.auth.removeSecondFactor(ctx.session, input, ctx.actor)),
} satisfies TRPCRouterRecord;

/** A token has no session; none is marked as the current one. */
const noSession = { id: "", user: "" };
