/** The accounts of people. */
"use client";
import { Button, Text } from "@mantine/core";
import type { User } from "@sipprot/shared/account";
import { MAX_USERS } from "@sipprot/shared/redis-keys";
import { useQuery } from "@tanstack/react-query";
import UserPlus from "lucide-react/icons/user-plus";
import { useMemo, useRef } from "react";
import { useTranslations } from "use-intl";
import type { DataColumn } from "../../components/data-column.ts";
import { DataState } from "../../components/data-state.tsx";
import { DateTime } from "../../components/date-time.tsx";
import { FormError } from "../../components/form-error.tsx";
import { PlainTable } from "../../components/plain-table.tsx";
import { SecretDialog } from "../../components/secret-dialog.tsx";
import { SectionCard } from "../../components/section-card.tsx";
import { useDialog } from "../../components/use-dialog.ts";
import { useRoleNames } from "../../components/use-role-name.ts";
import { useTRPC } from "../../trpc/trpc.ts";
import { useMe } from "../../trpc/use-me.ts";
import { isLastAdministrator } from "./last-administrator.ts";
import { useUserActions } from "./use-user-actions.ts";
import { AddUserDialog, RoleDialog } from "./user-dialogs.tsx";
import { UserMenu } from "./user-menu.tsx";
import { UserState } from "./user-state.tsx";

export function UsersSection() {
  const t = useTranslations("users");
  const roles = useRoleNames();
  const trpc = useTRPC();
  const me = useMe();
  const users = useQuery(trpc.users.list.queryOptions());
  const addButton = useRef<HTMLButtonElement>(null);
  const adding = useDialog<undefined>();
  const ranking = useDialog<User>();
  const secret = useDialog<{ readonly name: string; readonly password: string }>();
  const showPassword = (name: string, password: string) => {
    secret.open({ name, password });
    adding.close();
  };
  // The row of a removed account takes the focus with it.
  const actions = useUserActions(showPassword, () => addButton.current?.focus());
  const columns = useMemo<ReadonlyArray<DataColumn<User>>>(
    () => [
      {
        id: "name",
        header: t("name"),
        isTitle: true,
        cell: ({ name }) => (
          <>
            <span translate="no">{name}</span> {name === me?.name && <Text span c="dimmed">{`(${t("you")})`}</Text>}
          </>
        ),
      },
      { id: "role", header: t("role"), cell: ({ role }) => roles[role] },
      { id: "state", header: t("state"), cell: (user) => <UserState user={user} /> },
      {
        id: "factor",
        header: t("factor"),
        cell: ({ hasSecondFactor, recoveryCodesLeft }) =>
          hasSecondFactor ? t("factorOn", { count: recoveryCodesLeft }) : t("factorOff"),
      },
      {
        id: "password",
        header: t("passwordOf"),
        cell: ({ passwordChangedAtMs }) => <DateTime atMs={passwordChangedAtMs} />,
      },
    ],
    [t, roles, me],
  );
  const count = users.data?.length ?? 0;
  return (
    <SectionCard
      title={t("users")}
      note={t("usersNote", { count, most: MAX_USERS })}
      actions={
        <Button
          ref={addButton}
          data-focus-place
          leftSection={<UserPlus size={16} aria-hidden />}
          disabled={count >= MAX_USERS}
          onClick={() => adding.open(undefined)}
        >
          {t("addUser")}
        </Button>
      }
    >
      <FormError error={actions.error} />
      <DataState query={users}>
        {(known) => (
          <PlainTable
            label={t("users")}
            columns={columns}
            rows={known}
            rowKey={({ name }) => name}
            rowActions={(user) => (
              <UserMenu
                user={user}
                actions={actions}
                isLastAdministrator={isLastAdministrator(known, user)}
                onRole={() => ranking.open(user)}
              />
            )}
          />
        )}
      </DataState>
      {adding.isShown && <AddUserDialog onAdded={showPassword} onClose={adding.close} />}
      {ranking.isShown && ranking.subject !== undefined && (
        <RoleDialog user={ranking.subject} onClose={ranking.close} />
      )}
      {secret.isShown && secret.subject !== undefined && (
        <SecretDialog
          title={t("passwordTitle", { name: secret.subject.name })}
          text={t("passwordText")}
          secret={secret.subject.password}
          copyLabel={t("copyPassword")}
          keptLabel={t("kept")}
          onKept={secret.close}
        />
      )}
    </SectionCard>
  );
}
