/** Follows the wall clock being set: blocks keep their length, and new workers begin with the new time, as with a reload. */
import { type Block, blockKey } from "@sipprot/shared/block";
import type { Logger } from "pino";
import { ClockWatch } from "./clock.ts";
import { moveBlocks } from "./clock-step.ts";

export interface ClockFollowerOptions {
  readonly hostName: string;
  readonly log: Logger;
  /** The blocks in force at this moment. */
  readonly blocks: () => Iterable<Block>;
  /** A block with other times: to be told and kept. */
  readonly putBlock: (block: Block) => void;
  /** Places new workers; rejects when those before go on. */
  readonly reload: () => Promise<void>;
  /** The new time holds everywhere. */
  readonly onTurned: () => void;
}

export class ClockFollower {
  readonly #options: ClockFollowerOptions;
  readonly #clock = new ClockWatch();
  #isTurning = false;

  constructor(options: ClockFollowerOptions) {
    this.#options = options;
  }

  /** Looks whether the clock was set since; to be called each second. A step while one is followed is followed after it. */
  look(): void {
    if (this.#isTurning) return;
    const stepMs = this.#clock.readStep();
    if (stepMs === 0) return;
    const { log } = this.#options;
    log.warn({ seconds: Math.round(stepMs / 1000) }, "the clock was set; new workers begin with the new time");
    this.#isTurning = true;
    void this.#turn(stepMs);
  }

  async #turn(stepMs: number): Promise<void> {
    const { log, reload, onTurned } = this.#options;
    const moved = this.#move(stepMs, new Map());
    await reload().catch((error: Error) => log.error({ why: error.message }, "the workers go on with the old time"));
    // What the workers before told in between was by the old time.
    this.#move(stepMs, moved);
    onTurned();
    this.#isTurning = false;
  }

  /** Moves all but those that end as they were moved to before; gives the ends by key. */
  #move(stepMs: number, before: ReadonlyMap<string, number>): ReadonlyMap<string, number> {
    const { blocks, hostName, putBlock } = this.#options;
    const left = [...blocks()].filter((block) => before.get(blockKey(block)) !== block.untilMs);
    const moved = moveBlocks(left, hostName, stepMs, Date.now());
    for (const block of moved) putBlock(block);
    return new Map(moved.map((block) => [blockKey(block), block.untilMs]));
  }
}
