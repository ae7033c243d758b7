/** Tells while a long list is being loaded. */
import type { Change } from "@sipprot/shared/change";

/** As many entries in one go are no operator's click: a file, a feed, a copy that catches up. */
const LONG_ENTRIES = 500;
/** It is over when nothing came for so long: main, nft and Redis have carried out what came. */
const QUIET_MS = 1_500;
/** Half a million entries take half of that; a list that never ends is told of no longer. */
const LONGEST_MS = 60_000;

export class LoadingWatch {
  readonly #onTurn: (isLoading: boolean) => void;
  #quiet: NodeJS.Timeout | undefined;
  #longest: NodeJS.Timeout | undefined;
  isLoading = false;

  /** `onTurn` is called when it begins and when it is over. */
  constructor(onTurn: (isLoading: boolean) => void) {
    this.#onTurn = onTurn;
  }

  /** Changes that came in one go. */
  note(changes: readonly Change[]): void {
    let entries = 0;
    for (const change of changes) {
      if (change.kind === "list-put") entries += change.entries.length;
      else if (change.kind === "list-remove") entries += change.networks.length;
    }
    if (entries < LONG_ENTRIES) return;
    if (this.#quiet === undefined) {
      this.#longest = setTimeout(() => this.#turn(false), LONGEST_MS).unref();
      this.#turn(true);
    }
    clearTimeout(this.#quiet);
    this.#quiet = setTimeout(() => this.stop(), QUIET_MS).unref();
  }

  /** Whatever is being loaded is over. */
  stop(): void {
    clearTimeout(this.#quiet);
    clearTimeout(this.#longest);
    this.#quiet = undefined;
    this.#turn(false);
  }

  #turn(isLoading: boolean): void {
    if (this.isLoading === isLoading) return;
    this.isLoading = isLoading;
    this.#onTurn(isLoading);
  }
}
