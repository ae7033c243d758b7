/** The lists as the server offers them: pages from memory, changes through the store. */
import { listTemplate } from "@sipprot/shared/list-csv";
import type { ListName } from "@sipprot/shared/lists";
import { listNames } from "@sipprot/shared/lists";
import type { GuardedNetwork } from "@sipprot/shared/store/deny-guard";
import { readHosts } from "@sipprot/shared/store/host-store";
import { editListEntry } from "@sipprot/shared/store/list-edit";
import { countList, readListEntries } from "@sipprot/shared/store/list-store";
import type { Redis } from "ioredis";
import type { Actor } from "../api/actor.ts";
import type { ListsPort } from "../api/ports/lists.ts";
import { considerNetworks } from "./list-consideration.ts";
import { exportPortion } from "./list-export.ts";
import { createListFiles } from "./list-files.ts";
import { ListClearing, removeNamed, restoreNamed } from "./list-removal.ts";
import { addToList } from "./lists.ts";
import type { MirrorKeeper } from "./store-mirror.ts";
import { tellEntries } from "./told.ts";

/** `ownNetworks` must never be denied; the address of whoever asks is added to them. */
export function createListsService(
  redis: Redis,
  keeper: MirrorKeeper,
  ownNetworks: () => readonly GuardedNetwork[],
  nowMs: () => number,
): ListsPort {
  const clearing = new ListClearing(redis, keeper);
  const guardedFor = ({ address }: Actor): GuardedNetwork[] => [
    ...ownNetworks(),
    { network: address, what: "the address you are signed in from", kind: "caller" },
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

    find: async ({ list, networks }) => {
      const { countries } = await keeper.open();
      const entries = await readListEntries(redis, list, networks);
      return entries
        .filter((entry) => entry !== undefined)
        .map((entry) => ({ ...entry, country: countries.find(entry.network) }));
    },

    consider: async ({ list, networks }, actor) =>
      considerNetworks(await keeper.read(redis), list, networks, guardedFor(actor), await readHosts(redis)),

    add: async ({ list, networks, note, forSeconds, onlyNew }, actor) => {
      const before = await tellEntries(redis, list, networks);
      const outcome = await addToList(redis, list, { networks, note, forSeconds, onlyNew }, actor, guardedFor(actor));
      actor.tell({ before, after: await tellEntries(redis, list, outcome.networks) });
      return seen({
        added: outcome.added,
        updated: outcome.updated,
        networks: [...outcome.networks],
        liftedBlocks: [...outcome.liftedBlocks],
        stillAllowed: [...outcome.stillAllowed],
      });
    },

    edit: async ({ list, network, ...edit }, actor) => {
      const outcome = await editListEntry(redis, list, network, edit, actor);
      actor.tell(outcome);
      return seen({ before: outcome.before, after: outcome.after });
    },

    remove: async ({ list, networks }, actor) => {
      actor.tell({ before: await tellEntries(redis, list, networks), after: [] });
      return seen(await removeNamed(redis, list, networks, actor));
    },

    restore: async ({ list, undo }, actor) => {
      const restored = await restoreNamed(redis, list, undo, actor, guardedFor(actor));
      actor.tell({ after: restored });
      return seen(restored);
    },

    offerRemoveAll: (question, actor) => clearing.offer(question, actor),

    removeAll: async (removal, actor) => {
      const removed = await clearing.remove(removal, actor);
      actor.tell({ before: { entries: removed.removed } });
      return seen(removed);
    },

    template: () => listTemplate,

    exportPiece: async (list, place) => {
      const { csv, next } = exportPortion(await keeper.read(redis), list, place);
      return next === undefined ? { csv } : { csv, next };
    },

    files: createListFiles(redis, guardedFor, nowMs),
  };
}
