/** Lifts blocks, one, some or all that a filter shows, and keeps what the hosts confirm. */
import type { BlockPageInput, BlockRow, Lifted } from "@sipprot/shared/block-page";
import type { ListEntry } from "@sipprot/shared/lists";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { useConfirm } from "../../components/confirm.tsx";
import { useAnnounce } from "../../components/live-region.tsx";
import { rescueFocus } from "../../components/use-return-focus.ts";
import type { RowSelection } from "../../components/use-selection.ts";
import { useTold } from "../../components/use-told.ts";
import { useTRPC, useTRPCClient } from "../../trpc/trpc.ts";

/** As many as one call takes. */
const MAX_AT_ONCE = 200;

/** What was lifted, and what is known of it now. */
export interface LiftOutcome {
  readonly lifted: number;
  readonly hosts: Lifted["hosts"];
  readonly stillDenied: Lifted["stillDenied"];
  /** The entry that lets the source through, where it was allowed too. */
  readonly allowed?: ListEntry;
}

export interface Allowance {
  readonly block: string;
  readonly hours: number;
  readonly note: string;
}

export function useLift(selection: RowSelection) {
  const t = useTranslations("blocks");
  const trpc = useTRPC();
  const client = useTRPCClient();
  const queries = useQueryClient();
  const confirm = useConfirm();
  const announce = useAnnounce();
  const { failed } = useTold();
  const [isBusy, setBusy] = useState(false);
  const [outcome, setOutcome] = useState<LiftOutcome>();

  const work = async (task: () => Promise<LiftOutcome>) => {
    setBusy(true);
    setOutcome(undefined);
    announce(t("lifting"));
    try {
      setOutcome(await task());
    } catch (error) {
      failed(error);
    } finally {
      setBusy(false);
      await queries.invalidateQueries(trpc.blocks.pathFilter());
      rescueFocus();
    }
  };
  const liftKeys = async (keys: readonly string[]): Promise<LiftOutcome> => {
    const sum: { lifted: number; hosts: Lifted["hosts"]; stillDenied: ListEntry[] } = {
      lifted: 0,
      hosts: [],
      stillDenied: [],
    };
    // Let go before they are gone: nobody else took them away. Whoever fails finds them chosen again.
    const chosen = keys.filter(selection.has);
    selection.forget(keys);
    try {
      for (let start = 0; start < keys.length; start += MAX_AT_ONCE) {
        const answer = await client.blocks.lift.mutate({ blocks: keys.slice(start, start + MAX_AT_ONCE) });
        sum.lifted += answer.lifted.length;
        sum.hosts = answer.hosts;
        sum.stillDenied.push(...answer.stillDenied);
      }
    } catch (error) {
      selection.toggle(chosen, true);
      throw error;
    }
    return sum;
  };
  const ask = (count: number) =>
    confirm({
      title: t("liftTitle", { count }),
      text: t("liftText"),
      confirmLabel: t("liftConfirm", { count }),
    });

  const liftOne = ({ key }: BlockRow) => work(() => liftKeys([key]));
  const liftAndAllow = (allowance: Allowance) =>
    work(async () => {
      const { lifted, hosts, stillDenied, entry } = await client.blocks.liftAndAllow.mutate(allowance);
      void queries.invalidateQueries(trpc.lists.pathFilter());
      selection.forget(lifted);
      return { lifted: lifted.length, hosts, stillDenied, allowed: entry };
    });
  const liftChosen = async (filter: BlockPageInput["filter"], total: number) => {
    const { chosen } = selection;
    if (!(await ask(selection.count(total)))) return;
    await work(async () => {
      if (chosen.kind === "some") return liftKeys([...chosen.keys]);
      const except = [...chosen.except];
      const answer = await client.blocks.liftMatching.mutate({ ...(filter === undefined ? {} : { filter }), except });
      selection.clear();
      return { ...answer, stillDenied: [] };
    });
  };
  return { liftOne, liftAndAllow, liftChosen, isBusy, outcome, forgetOutcome: () => setOutcome(undefined) };
}
