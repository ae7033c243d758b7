/** Lifts blocks after a question, and says what the hosts say. */
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "use-intl";
import { useConfirm } from "../../components/confirm.tsx";
import { useErrorText } from "../../components/error-text.ts";
import { showNotice } from "../../components/notices.ts";
import { useTRPC } from "../../trpc/trpc.ts";

export interface Lift {
  /** `name` is the address or the account, for the question. */
  readonly ask: (keys: readonly string[], name: string) => Promise<void>;
  readonly isBusy: boolean;
}

export function useLift(): Lift {
  const t = useTranslations("why");
  const trpc = useTRPC();
  const queries = useQueryClient();
  const confirm = useConfirm();
  const word = useErrorText();
  const lift = useMutation(
    trpc.blocks.lift.mutationOptions({
      onSuccess: ({ hosts, stillDenied }) => {
        const late = hosts.filter(({ hasApplied }) => !hasApplied).map(({ host }) => host);
        const denied = stillDenied.map(({ network }) => network);
        void showNotice({
          title: t("lifted"),
          color: late.length + denied.length > 0 ? "orange" : "green",
          message: [
            late.length > 0
              ? t("liftedLate", { hosts: late.join(", ") })
              : t("liftedConfirmed", { count: hosts.length }),
            ...(denied.length > 0 ? [t("stillDenied", { networks: denied.join(", ") })] : []),
          ].join(" "),
        });
      },
      onError: (error) => {
        const { text, remedy = "" } = word(error);
        void showNotice({ color: "red", title: t("notLifted"), message: `${text} ${remedy}` });
      },
      onSettled: () => queries.invalidateQueries(),
    }),
  );
  return {
    ask: async (keys, name) => {
      const isYes = await confirm({
        title: t("liftTitle", { name }),
        text: t("liftText"),
        confirmLabel: t("liftConfirm"),
      });
      if (isYes) lift.mutate({ blocks: [...keys] });
    },
    isBusy: lift.isPending,
  };
}
