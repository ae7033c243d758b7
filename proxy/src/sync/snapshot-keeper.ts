/** Writes the snapshot when something changed: soon, but not with each change, and never two at once. */

import type { StoreCopy } from "@sipprot/shared/store/store-copy";
import { writeSnapshot } from "./snapshot.ts";

/** A change waits this long for others. */
export const SNAPSHOT_DELAY_MS = 2000;
/** Writing takes at most one part in so many of the time, however large the lists and however fast they change. */
const REST_FACTOR = 20;

export class SnapshotKeeper {
  readonly #folder: string;
  readonly #copy: StoreCopy;
  readonly #standing = new Map<number, unknown>();
  #earlier: readonly unknown[];
  #timer: NodeJS.Timeout | undefined;
  #writing: Promise<void> | undefined;
  #isTouched = false;
  #tookMs = 0;
  /** When the last one was written; 0 for never. */
  writtenAtMs = 0;
  /** Why the last one could not be written, or "". */
  trouble = "";

  /** `earlier` is what workers of an earlier process exported: kept until the first of ours tells more. */
  constructor(folder: string, copy: StoreCopy, earlier: readonly unknown[] = []) {
    this.#earlier = earlier;
    this.#folder = folder;
    this.#copy = copy;
  }

  /** What is known of sources in good standing, for a worker that begins. */
  get standing(): readonly unknown[] {
    return [...this.#earlier, ...this.#standing.values()];
  }

  /** What a worker exported; kept with the next snapshot. */
  keepStanding(workerIndex: number, standing: unknown): void {
    // Every worker began with all of the earlier, so the new has it too.
    this.#earlier = [];
    this.#standing.set(workerIndex, standing);
    this.touch();
  }

  /** Something changed. */
  touch(): void {
    this.#isTouched = true;
    this.#timer ??= setTimeout(() => void this.#write(), Math.max(SNAPSHOT_DELAY_MS, REST_FACTOR * this.#tookMs));
  }

  /** Writes what is not yet on the disk, and no more after that. */
  async close(): Promise<void> {
    clearTimeout(this.#timer);
    await this.#writing;
    if (this.#isTouched) await this.#write();
    clearTimeout(this.#timer);
  }

  async #write(): Promise<void> {
    if (this.#writing !== undefined) await this.#writing;
    this.#timer = undefined;
    this.#isTouched = false;
    const nowMs = Date.now();
    const startMs = performance.now();
    this.#writing = writeSnapshot(this.#folder, this.#copy, this.standing, nowMs).then(
      () => {
        this.writtenAtMs = nowMs;
        this.#tookMs = performance.now() - startMs;
        this.trouble = "";
      },
      (error: Error) => {
        this.trouble = error.message;
        this.touch();
      },
    );
    await this.#writing;
  }
}
