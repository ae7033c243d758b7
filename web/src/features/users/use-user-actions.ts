/** What an administrator does to an account, each asked before it is done. */
import type { User } from "@sipprot/shared/account";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "use-intl";
import { useConfirm } from "../../components/confirm.tsx";
import { useAnnounce } from "../../components/live-region.tsx";
import { useTRPC } from "../../trpc/trpc.ts";

export interface UserActions {
  readonly reset: (user: User) => Promise<void>;
  readonly switchOff: (user: User) => Promise<void>;
  readonly switchOn: (user: User) => void;
  readonly remove: (user: User) => Promise<void>;
  readonly error: unknown;
  /** The account something is being done to. */
  readonly busy: string | undefined;
}

/** `onPassword` is given a one-time password to show; `onGone` is called when an account left the list. */
export function useUserActions(onPassword: (name: string, password: string) => void, onGone: () => void): UserActions {
  const t = useTranslations("users");
  const trpc = useTRPC();
  const queries = useQueryClient();
  const confirm = useConfirm();
  const announce = useAnnounce();
  const onSettled = () => {
    void queries.invalidateQueries(trpc.users.list.queryFilter());
    void queries.invalidateQueries(trpc.auth.allSessions.queryFilter());
    void queries.invalidateQueries(trpc.auth.me.queryFilter());
  };
  const reset = useMutation(
    trpc.users.reset.mutationOptions({
      onSettled,
      onSuccess: ({ user, password }) => onPassword(user.name, password),
    }),
  );
  const setDisabled = useMutation(
    trpc.users.setDisabled.mutationOptions({
      onSettled,
      onSuccess: ({ name, isDisabled }) =>
        announce(isDisabled ? t("wasSwitchedOff", { name }) : t("wasSwitchedOn", { name })),
    }),
  );
  const remove = useMutation(
    trpc.users.remove.mutationOptions({
      onSettled,
      onSuccess: (_nothing, { name }) => {
        announce(t("wasRemoved", { name }));
        onGone();
      },
    }),
  );
  const begin = () => {
    for (const mutation of [reset, setDisabled, remove]) mutation.reset();
  };
  const running = [reset, setDisabled, remove].find(({ isPending }) => isPending);
  return {
    reset: async ({ name }) => {
      begin();
      const isYes = await confirm({
        title: t("resetTitle", { name }),
        text: t("resetText"),
        confirmLabel: t("reset"),
        isDangerous: true,
      });
      if (isYes) reset.mutate({ name });
    },
    switchOff: async ({ name }) => {
      begin();
      const isYes = await confirm({
        title: t("offTitle", { name }),
        text: t("offText"),
        confirmLabel: t("off"),
        isDangerous: true,
      });
      if (isYes) setDisabled.mutate({ name, isDisabled: true });
    },
    switchOn: ({ name }) => {
      begin();
      setDisabled.mutate({ name, isDisabled: false });
    },
    remove: async ({ name }) => {
      begin();
      const isYes = await confirm({
        title: t("removeTitle", { name }),
        text: t("removeText"),
        confirmLabel: t("remove"),
        isDangerous: true,
        typeToConfirm: name,
      });
      if (isYes) remove.mutate({ name });
    },
    error: reset.error ?? setDisabled.error ?? remove.error,
    busy: running?.variables?.name,
  };
}
