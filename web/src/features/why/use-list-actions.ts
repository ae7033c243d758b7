/** Puts an address on a list, takes an entry off, or lifts and allows; each with the way back. */
import type { ListAddition } from "@sipprot/shared/list-desk";
import type { ListEntry, ListName } from "@sipprot/shared/lists";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "use-intl";
import { useErrorText } from "../../components/error-text.ts";
import { showNotice } from "../../components/notices.ts";
import { useUndo } from "../../components/undo.tsx";
import { serverNowMs } from "../../trpc/server-clock.ts";
import { useTRPC, useTRPCClient } from "../../trpc/trpc.ts";

export interface ListActions {
  readonly add: (addition: ListAddition) => void;
  readonly liftAndAllow: (given: { readonly block: string; readonly hours: number; readonly note: string }) => void;
  readonly remove: (list: ListName, entry: ListEntry) => void;
  readonly isBusy: boolean;
  readonly error: unknown;
}

/** `onDone` is called once something was done, not when it was refused. */
export function useListActions(onDone: () => void): ListActions {
  const t = useTranslations("why");
  const trpc = useTRPC();
  const client = useTRPCClient();
  const queries = useQueryClient();
  const offerUndo = useUndo();
  const word = useErrorText();
  const renew = () => queries.invalidateQueries();

  /** What takes a change back, and says so when it cannot. */
  const wayBack = (text: string, undo: () => Promise<unknown>) => {
    offerUndo({
      text,
      undo: async () => {
        try {
          await undo();
        } catch (error) {
          void showNotice({ color: "red", title: t("notUndone"), message: word(error).text });
        }
        await renew();
      },
    });
  };
  const removeAgain = (list: ListName, networks: string[]) => () => client.lists.remove.mutate({ list, networks });

  const add = useMutation(
    trpc.lists.add.mutationOptions({
      onSuccess: ({ networks, stillAllowed, added }, { list }) => {
        onDone();
        const address = networks.join(", ");
        const text = list === "allow" ? t("allowedNow", { address }) : t("deniedNow", { address });
        // An entry that was there and got a new note or time cannot be had back by removing it.
        if (added > 0) wayBack(text, removeAgain(list, networks));
        else void showNotice({ message: text });
        if (stillAllowed.length > 0) {
          void showNotice({ color: "orange", message: t("stillAllowed", { networks: stillAllowed.join(", ") }) });
        }
      },
      onSettled: renew,
    }),
  );
  const liftAndAllow = useMutation(
    trpc.blocks.liftAndAllow.mutationOptions({
      onSuccess: ({ entry }, { note }) => {
        onDone();
        const text = t("liftedAndAllowedNow", { address: entry.network });
        if (entry.note === note) wayBack(text, removeAgain("allow", [entry.network]));
        else void showNotice({ message: text });
      },
      onSettled: renew,
    }),
  );
  const remove = useMutation(
    trpc.lists.remove.mutationOptions({
      onSettled: renew,
      onError: (error) => void showNotice({ color: "red", title: t("notRemoved"), message: word(error).text }),
    }),
  );
  return {
    add: (addition) => add.mutate(addition),
    liftAndAllow: (given) => liftAndAllow.mutate(given),
    remove: (list, entry) =>
      remove.mutate(
        { list, networks: [entry.network] },
        {
          onSuccess: () => {
            onDone();
            wayBack(t("removedNow", { network: entry.network }), () =>
              client.lists.add.mutate({ list, networks: [entry.network], note: entry.note, ...timeLeft(entry) }),
            );
          },
        },
      ),
    isBusy: add.isPending || liftAndAllow.isPending || remove.isPending,
    error: add.error ?? liftAndAllow.error,
  };
}

function timeLeft({ expiresAtSeconds }: ListEntry): { forSeconds?: number } {
  if (expiresAtSeconds === undefined) return {};
  return { forSeconds: Math.max(1, Math.ceil(expiresAtSeconds - serverNowMs() / 1000)) };
}
