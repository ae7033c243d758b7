/** Applies a rule, and offers the way back. */
import type { Rule, RuleOffer } from "@sipprot/shared/event-log";
import type { Settings } from "@sipprot/shared/settings";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useTranslations } from "use-intl";
import { useErrorText } from "../../components/error-text.ts";
import { showNotice } from "../../components/notices.ts";
import { useUndo } from "../../components/undo.tsx";
import { useCountryName } from "../../components/use-country-name.ts";
import { useTRPC, useTRPCClient } from "../../trpc/trpc.ts";

type Patch = NonNullable<RuleOffer["patch"]>;

export function useApplyRule(onDone: () => void) {
  const t = useTranslations("events");
  const router = useRouter();
  const trpc = useTRPC();
  const client = useTRPCClient();
  const queries = useQueryClient();
  const offerUndo = useUndo();
  const word = useErrorText();
  const country = useCountryName();

  const wayBack = (text: string, undo: () => Promise<unknown>) => {
    onDone();
    offerUndo({
      text,
      undo: async () => {
        try {
          await undo();
        } catch (error) {
          void showNotice({ color: "red", title: t("notUndone"), message: word(error).text });
        }
        await queries.invalidateQueries();
      },
    });
  };
  const deny = useMutation(
    trpc.lists.add.mutationOptions({
      onSuccess: ({ networks }) =>
        wayBack(t("deniedNow", { count: networks.length }), () =>
          client.lists.remove.mutate({ list: "deny", networks }),
        ),
      onSettled: () => queries.invalidateQueries(),
    }),
  );
  const change = useMutation({
    mutationFn: async ({ patch, rule }: { readonly patch: Patch; readonly rule: Rule }) => {
      const { settings: before } = await client.settings.get.query();
      const { pending } = await client.settings.save.mutate({ patch, from: pick(before, patch) });
      return { before: pick(before, patch), rule, isPending: pending !== null };
    },
    onSuccess: ({ before, rule, isPending }) => {
      if (isPending) {
        // What may refuse those who were let through is undone by itself: the page of the settings asks to confirm it.
        onDone();
        router.push("/settings");
        return;
      }
      const text = rule.kind === "deny-country" ? t("countryNow", { country: country(rule.country) }) : t("agentNow");
      wayBack(text, () => client.settings.change.mutate(before));
    },
    onSettled: () => queries.invalidateQueries(),
  });
  return {
    deny: (networks: readonly string[]) => deny.mutate({ list: "deny", networks: [...networks], note: t("ruleNote") }),
    change: (patch: Patch, rule: Rule) => change.mutate({ patch, rule }),
    isBusy: deny.isPending || change.isPending,
    error: deny.error ?? change.error,
  };
}

/** Those settings as they were that the patch changes. */
function pick(before: Settings, patch: Patch): Patch {
  return {
    ...(patch.blockedAgents === undefined ? {} : { blockedAgents: before.blockedAgents }),
    ...(patch.geoMode === undefined ? {} : { geoMode: before.geoMode }),
    ...(patch.geoCountries === undefined ? {} : { geoCountries: before.geoCountries }),
  };
}
