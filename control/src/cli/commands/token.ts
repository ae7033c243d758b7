/** `sipprot token list|create|revoke`: what other programs sign in with. */
import { tokenNameSchema } from "@sipprot/shared/account";
import { SipprotError } from "@sipprot/shared/errors";
import type { Role } from "@sipprot/shared/role";
import { createTokensService } from "../../services/tokens.ts";
import { withAudit } from "../audited.ts";
import type { Session } from "../session.ts";
import { formatDate, readDuration } from "../time.ts";

export async function showTokens(session: Session): Promise<void> {
  const tokens = await session.withStore(({ redis }) => createTokensService(redis).list());
  session.answer(tokens, () =>
    session.table(
      [
        { heading: "ID", align: "left" },
        { heading: "NAME", align: "left", wraps: true },
        { heading: "ROLE", align: "left" },
        { heading: "CREATED BY", align: "left", wraps: true },
        { heading: "EXPIRES", align: "left" },
        { heading: "LAST USED", align: "left" },
      ],
      tokens.map((token) => [
        token.id,
        token.name,
        token.role,
        token.createdBy,
        formatDate(token.expiresAtMs, "never"),
        formatDate(token.lastUsedAtMs, "never"),
      ]),
    ),
  );
}

export async function createToken(
  session: Session,
  text: string,
  options: { readonly role: Role; readonly for?: string },
): Promise<void> {
  const name = tokenNameSchema.safeParse(text).data;
  if (name === undefined) {
    throw new SipprotError("bad-input", "this cannot be the name of a token", {
      field: "NAME",
      value: text.slice(0, 80),
      expected: "1 to 64 characters",
    });
  }
  const seconds = options.for === undefined ? undefined : readDuration(options.for);
  const { role } = options;
  const answer = await withAudit(session, "tokens.create", { name, role, seconds }, (redis, actor) => {
    const expiresAtMs = seconds === undefined ? undefined : actor.nowMs + seconds * 1000;
    return createTokensService(redis).create({ name, role, expiresAtMs }, actor);
  });
  session.answer(answer, () => `${name} (${role}): ${answer.secret}   (shown only now; id ${answer.token.id})`);
}

export async function revokeToken(session: Session, id: string): Promise<void> {
  await withAudit(session, "tokens.revoke", { id }, (redis, actor) => createTokensService(redis).revoke(id, actor));
  session.answer({ revoked: id }, () => `${id}: revoked`);
}
