/** Who is signed in, with the way to their account and out. */
"use client";
import { ActionIcon, Menu } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import Keyboard from "lucide-react/icons/keyboard";
import LogOut from "lucide-react/icons/log-out";
import UserRound from "lucide-react/icons/user-round";
import Link from "next/link";
import { useTranslations } from "use-intl";
import { useRoleNames } from "../../components/use-role-name.ts";
import { useTRPC } from "../../trpc/trpc.ts";
import { useMe } from "../../trpc/use-me.ts";

export function AccountMenu({ onKeys }: { readonly onKeys: () => void }) {
  const t = useTranslations("shell");
  const roles = useRoleNames();
  const trpc = useTRPC();
  const me = useMe();
  // Everything the browser holds of this session goes with it.
  const signOut = useMutation(
    trpc.auth.signOut.mutationOptions({ onSettled: () => window.location.assign("/sign-in") }),
  );
  return (
    <Menu position="bottom-end" withinPortal={false}>
      <Menu.Target>
        <ActionIcon size={36} aria-label={me === undefined ? t("account") : t("accountOf", { name: me.name })}>
          <UserRound size={18} aria-hidden />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {me !== undefined && <Menu.Label>{t("signedInAs", { name: me.name, role: roles[me.role] })}</Menu.Label>}
        <Menu.Item component={Link} href="/account" prefetch={false} leftSection={<UserRound size={15} aria-hidden />}>
          {t("account")}
        </Menu.Item>
        <Menu.Item leftSection={<Keyboard size={15} aria-hidden />} onClick={onKeys}>
          {t("keys")}
        </Menu.Item>
        <Menu.Divider />
        <Menu.Item leftSection={<LogOut size={15} aria-hidden />} onClick={() => signOut.mutate()}>
          {t("signOut")}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
