/** `sipprot user list|add|role|reset|disable|enable|remove`: the accounts of people, also when nobody can sign in any more. */
import { accountNameSchema, type User } from "@sipprot/shared/account";
import { SipprotError } from "@sipprot/shared/errors";
import type { Role } from "@sipprot/shared/role";
import { createUsersService } from "../../services/users.ts";
import { withAudit } from "../audited.ts";
import type { Session } from "../session.ts";

export async function showUsers(session: Session): Promise<void> {
  const users = await session.withStore(({ redis }) => createUsersService(redis).list());
  session.answer(users, () =>
    session.table(
      [
        { heading: "NAME", align: "left", wraps: true },
        { heading: "ROLE", align: "left" },
        { heading: "SECOND FACTOR", align: "left" },
        { heading: "PASSWORD", align: "left" },
        { heading: "STATE", align: "left" },
      ],
      users.map((user) => [
        user.name,
        user.role,
        user.hasSecondFactor ? "yes" : "no",
        user.mustChangePassword ? "one-time" : "own",
        user.isDisabled ? "off" : "on",
      ]),
    ),
  );
}

export async function addUser(session: Session, text: string, role: Role): Promise<void> {
  const name = readName(text);
  const answer = await withAudit(session, "users.add", { name, role }, (redis, actor) =>
    createUsersService(redis).add({ name, role }, actor),
  );
  tell(session, answer);
}

export async function resetUser(session: Session, text: string): Promise<void> {
  const name = readName(text);
  const answer = await withAudit(session, "users.reset", { name }, (redis, actor) =>
    createUsersService(redis).reset(name, actor),
  );
  tell(session, answer);
}

export async function setRole(session: Session, text: string, role: Role): Promise<void> {
  const name = readName(text);
  const user = await withAudit(session, "users.setRole", { name, role }, (redis, actor) =>
    createUsersService(redis).setRole(name, role, actor),
  );
  session.answer(user, () => `${user.name}: ${user.role}`);
}

export async function switchUser(session: Session, text: string, isDisabled: boolean): Promise<void> {
  const name = readName(text);
  const user = await withAudit(session, "users.setDisabled", { name, isDisabled }, (redis, actor) =>
    createUsersService(redis).setDisabled(name, isDisabled, actor),
  );
  session.answer(user, () => (isDisabled ? `${name}: off, its sessions ended` : `${name}: on`));
}

export async function removeUser(session: Session, text: string): Promise<void> {
  const name = readName(text);
  await withAudit(session, "users.remove", { name }, (redis, actor) => createUsersService(redis).remove(name, actor));
  session.answer({ removed: name }, () => `${name}: removed`);
}

function tell(session: Session, answer: { readonly user: User; readonly password: string }): void {
  session.answer(
    answer,
    () => `${answer.user.name} (${answer.user.role}), one-time password: ${answer.password}   (shown only now)`,
  );
}

function readName(text: string): string {
  const parsed = accountNameSchema.safeParse(text);
  if (parsed.success) return parsed.data;
  throw new SipprotError("bad-input", "this cannot be the name of an account", {
    field: "NAME",
    value: text.slice(0, 80),
    expected: parsed.error.issues[0]?.message ?? "a name",
  });
}
