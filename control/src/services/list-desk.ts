/** The lists as the server offers them: pages from memory, changes through the store. */
import { listTemplate } from "@sipprot/shared/list-csv";
import type { ListName } from "@sipprot/shared/lists";
import { listNames } from "@sipprot/shared/lists";
import type { GuardedNetwork } from "@sipprot/shared/store/deny-guard";
import { editListEntry } from "@sipprot/shared/store/list-edit";
import { countList, removeListEntries } from "@sipprot/shared/store/list-store";
import { removeAllEntries } from "@sipprot/shared/store/list-writer";
import type { Redis } from "ioredis";
import type { Actor } from "../api/actor.ts";
import type { ListsPort } from "../api/ports/lists.ts";
import { exportPortion } from "./list-export.ts";
import { createListFiles } from "./list-files.ts";
import { addToList } from "./lists.ts";
import { confirmationNeeded, RemovalConfirmation } from "./removal-confirmation.ts";
import type { MirrorKeeper } from "./store-mirror.ts";

/** `ownNetworks` must never be denied; the address of whoever asks is added to them. */
export function createListsService(
  redis: Redis,
  keeper: MirrorKeeper,
  ownNetworks: () => readonly GuardedNetwork[],
  nowMs: () => number,
): ListsPort {
  const confirmations = new RemovalConfirmation();
  const guardedFor = ({ address }: Actor): GuardedNetwork[] => [
    ...ownNetworks(),
    { network: address, what: "the address you are signed in from" },
  ];
  /** Whoever changes something sees it on their next page. */
  const seen = async <Result>(result: Result): Promise<Result> => {
    await (await keeper.open()).catchUp(redis);
    return result;
  };

  return {
    prepare: async () => {
      await keeper.open();
    },

    page: async (query) => {
      const mirror = await keeper.read(redis);
      const { rows, ...rest } = mirror.indexes[query.list].page(query);
      return { ...rest, rows: rows.map(({ entry }) => ({ ...entry, country: mirror.countries.find(entry.network) })) };
    },

    counts: async () => {
      const [allow = 0, deny = 0] = await Promise.all(listNames.map((list: ListName) => countList(redis, list)));
      return { allow, deny };
    },

    add: async ({ list, networks, note, forSeconds }, actor) => {
      const outcome = await addToList(redis, list, { networks, note, forSeconds }, actor, guardedFor(actor));
      return seen({
        added: outcome.added,
        updated: outcome.updated,
        networks: [...outcome.networks],
        liftedBlocks: [...outcome.liftedBlocks],
        stillAllowed: [...outcome.stillAllowed],
      });
    },

    edit: async ({ list, network, note, expiresAtSeconds }, actor) => {
      const outcome = await editListEntry(redis, list, network, { note, expiresAtSeconds }, actor);
      actor.tell(outcome);
      return seen({ before: outcome.before, after: outcome.after });
    },

    remove: async ({ list, networks }, actor) => seen(await removeListEntries(redis, list, networks, actor)),

    offerRemoveAll: async (list, actor) => confirmations.offer(list, await countList(redis, list), actor),

    removeAll: async (list, confirmation, actor) => {
      const count = confirmations.check(list, confirmation, actor);
      actor.tell({ before: { entries: count } });
      if (!(await removeAllEntries(redis, list, count, actor))) {
        throw confirmationNeeded(`the ${list}list has changed since it was to be removed`);
      }
      return seen({ removed: count });
    },

    template: () => listTemplate,

    exportPiece: async (list, place) => {
      const { csv, next } = exportPortion(await keeper.read(redis), list, place);
      return next === undefined ? { csv } : { csv, next };
    },

    files: createListFiles(redis, guardedFor, nowMs),
  };
}
