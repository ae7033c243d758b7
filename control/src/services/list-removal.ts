/** Takes entries off a list: some, all, or all that a filter shows; and puts back what was just taken off. */
import { randomUUID } from "node:crypto";
import { SipprotError } from "@sipprot/shared/errors";
import type { ConfirmationOffer, RemovalQuestion, RemoveAll, Removed, Restored } from "@sipprot/shared/list-desk";
import type { ListName } from "@sipprot/shared/lists";
import type { GuardedNetwork } from "@sipprot/shared/store/deny-guard";
import { removeAllEntries } from "@sipprot/shared/store/list-clearing";
import { restoreRemoved } from "@sipprot/shared/store/list-restore";
import { type Author, countList, removeListEntries } from "@sipprot/shared/store/list-store";
import type { Redis } from "ioredis";
import { isOpen } from "./list-filter.ts";
import { confirmationNeeded, RemovalConfirmation } from "./removal-confirmation.ts";
import type { MirrorKeeper } from "./store-mirror.ts";

/** Removes these networks; the removal can be taken back by its name. */
export async function removeNamed(
  redis: Redis,
  list: ListName,
  networks: readonly string[],
  author: Author,
): Promise<Removed> {
  const undo = randomUUID();
  const { removed } = await removeListEntries(redis, list, networks, author, undo);
  return removed === 0 ? { removed } : { removed, undo };
}

/** Puts a removal back. Throws `not-found` when its time is over or it was taken back already. */
export async function restoreNamed(
  redis: Redis,
  list: ListName,
  undo: string,
  author: Author,
  guarded: readonly GuardedNetwork[],
): Promise<Restored> {
  const restored = await restoreRemoved(redis, list, undo, author, guarded);
  if (restored !== undefined) return restored;
  throw new SipprotError("not-found", "this removal cannot be taken back any more", {
    field: "undo",
    remedy: "add what is missing again, or import an export from before",
  });
}

/** Removes all that a filter shows, after a second look. */
export class ListClearing {
  readonly #redis: Redis;
  readonly #keeper: MirrorKeeper;
  readonly #confirmations = new RemovalConfirmation();

  constructor(redis: Redis, keeper: MirrorKeeper) {
    this.#redis = redis;
    this.#keeper = keeper;
  }

  /** Promises to remove what is there now. */
  async offer({ list, filter = {} }: RemovalQuestion, author: Author): Promise<ConfirmationOffer> {
    const count = isOpen(filter) ? await countList(this.#redis, list) : (await this.#findNetworks(list, filter)).length;
    return this.#confirmations.offer({ list, filter }, count, author);
  }

  /** Throws `confirmation-needed` when the promise does not hold, or the list has changed since. */
  async remove({ list, filter = {}, except, confirmation }: RemoveAll, author: Author): Promise<Removed> {
    const count = this.#confirmations.check({ list, filter }, confirmation, author);
    const changed = () => confirmationNeeded(`the ${list}list has changed since it was to be removed`);
    if (isOpen(filter) && except.length === 0) {
      const undo = randomUUID();
      if (!(await removeAllEntries(this.#redis, list, count, author, undo))) throw changed();
      return count === 0 ? { removed: count } : { removed: count, undo };
    }
    const networks = await this.#findNetworks(list, filter);
    if (networks.length !== count) throw changed();
    const kept = new Set(except);
    const gone = networks.filter((network) => !kept.has(network));
    return gone.length === 0 ? { removed: 0 } : removeNamed(this.#redis, list, gone, author);
  }

  async #findNetworks(list: ListName, filter: NonNullable<RemovalQuestion["filter"]>): Promise<string[]> {
    const mirror = await this.#keeper.open();
    await mirror.catchUp(this.#redis);
    return mirror.indexes[list].networks(filter);
  }
}
