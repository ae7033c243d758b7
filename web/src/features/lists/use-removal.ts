/** Takes entries off a list: after a question, with a way back. */

import type { Removed } from "@sipprot/shared/list-desk";
import type { ListFilter } from "@sipprot/shared/list-page";
import type { ListName } from "@sipprot/shared/lists";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { useConfirm } from "../../components/confirm.tsx";
import { useUndo } from "../../components/undo.tsx";
import type { RowSelection } from "../../components/use-selection.ts";
import { useTold } from "../../components/use-told.ts";
import { useTRPC, useTRPCClient } from "../../trpc/trpc.ts";

/** From so many on the number is typed before they go. */
const MANY = 100;
/** Networks named in the question. */
const MAX_NAMED = 3;

export function useRemoval(list: ListName, selection: RowSelection, onRemoved: () => void) {
  const t = useTranslations("lists");
  const trpc = useTRPC();
  const client = useTRPCClient();
  const queries = useQueryClient();
  const confirm = useConfirm();
  const offerUndo = useUndo();
  const { done, failed } = useTold();
  const [isBusy, setBusy] = useState(false);
  const refresh = () => queries.invalidateQueries(trpc.lists.pathFilter());

  const offerBack = ({ removed, undo }: Removed, asked: number) => {
    const gone = Math.max(0, asked - removed);
    const text = gone === 0 ? t("removed", { count: removed }) : t("removedSome", { count: removed, gone });
    if (undo === undefined) return done(text);
    offerUndo({ text, undo: () => restore(undo).catch(failed) });
  };
  const restore = async (undo: string) => {
    const { restored, present, refused } = await client.lists.restore.mutate({ list, undo });
    await refresh();
    const said = [t("restored", { count: restored })];
    if (present > 0) said.push(t("restoredPresent", { count: present }));
    if (refused > 0) said.push(t("restoredRefused", { count: refused }));
    done(said.join(" "));
  };
  const work = async (task: () => Promise<void>) => {
    setBusy(true);
    await task().catch(failed);
    setBusy(false);
    onRemoved();
  };
  const question = (count: number, text: string) => ({
    title: t("removeTitle", { count }),
    text,
    confirmLabel: t("removeConfirm", { count }),
    isDangerous: true,
    ...(count >= MANY ? { typeToConfirm: String(count) } : {}),
  });

  /** These entries, named in the question. */
  const removeSome = async (networks: readonly string[]) => {
    const named = networks.slice(0, MAX_NAMED).join(", ");
    const more = networks.length - MAX_NAMED;
    const names = more > 0 ? t("namedAndMore", { named, more }) : named;
    const text = list === "allow" ? t("removeAllowed", { names }) : t("removeDenied", { names });
    if (!(await confirm(question(networks.length, text)))) return;
    await work(async () => {
      // Let go before they are gone: nobody else took them away. Whoever fails finds them chosen again.
      const chosen = networks.filter(selection.has);
      selection.forget(networks);
      const outcome = await client.lists.remove.mutate({ list, networks: [...networks] }).catch((error: unknown) => {
        selection.toggle(chosen, true);
        throw error;
      });
      offerBack(outcome, networks.length);
      await refresh();
    });
  };

  /** All that a filter shows, as many as there are at this moment. */
  const removeAll = async (filter: ListFilter, except: readonly string[]) => {
    const isNarrowed = Object.keys(filter).length > 0;
    await work(async () => {
      const { confirmation, count } = await client.lists.offerRemoveAll.query({ list, filter });
      const left = Math.max(0, count - except.length);
      const text = isNarrowed ? t("removeShown", { count: left }) : t("removeWhole", { count: left });
      if (left === 0 || !(await confirm(question(left, text)))) return;
      const outcome = await client.lists.removeAll.mutate({ list, filter, except: [...except], confirmation });
      selection.clear();
      offerBack(outcome, left);
      await refresh();
    });
  };

  /** What the reader has chosen. */
  const removeChosen = (filter: ListFilter) => {
    const { chosen } = selection;
    return chosen.kind === "all" ? removeAll(filter, [...chosen.except]) : removeSome([...chosen.keys]);
  };
  return { removeSome, removeAll, removeChosen, offerBack, isBusy };
}
