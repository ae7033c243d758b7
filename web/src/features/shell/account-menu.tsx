/** Who is signed in, with the way to their account and out. */
"use client";
import { useMutation } from "@tanstack/react-query";
import Keyboard from "lucide-react/icons/keyboard";
import LogOut from "lucide-react/icons/log-out";
import UserRound from "lucide-react/icons/user-round";
import { useTranslations } from "use-intl";
import { LazyMenu } from "../../components/lazy-menu.tsx";
import { useRoleNames } from "../../components/use-role-name.ts";
import { useTRPC } from "../../trpc/trpc.ts";
import { useMe } from "../../trpc/use-me.ts";

export function AccountMenu({ onKeys }: { readonly onKeys: () => void }) {
  const t = useTranslations("shell");
  const roles = useRoleNames();
  const trpc = useTRPC();
  const me = useMe();
  // Everything the browser holds of this session goes with the page.
  const signOut = useMutation(
    trpc.auth.signOut.mutationOptions({ onSettled: () => window.location.assign("/sign-in") }),
  );
  return (
    <LazyMenu
      label={me === undefined ? t("account") : t("accountOf", { name: me.name })}
      icon={<UserRound size={18} aria-hidden />}
      heading={me === undefined ? undefined : t("signedInAs", { name: me.name, role: roles[me.role] })}
      choices={[
        { label: t("account"), icon: <UserRound size={15} aria-hidden />, href: "/account" },
        { label: t("keys"), icon: <Keyboard size={15} aria-hidden />, onChoose: onKeys },
        { label: t("signOut"), icon: <LogOut size={15} aria-hidden />, onChoose: () => signOut.mutate() },
      ]}
    />
  );
}
