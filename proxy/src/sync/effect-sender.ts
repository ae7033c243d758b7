/** Brings blocks, lifts and denials from the journal to the store, and says what became of them. */
import { type Block, blockKey } from "@sipprot/shared/block";
import { liftBlocks, putBlocks } from "@sipprot/shared/store/block-store";
import { type DenialOutcome, denySource } from "@sipprot/shared/store/denial-store";
import type { GuardedNetwork } from "@sipprot/shared/store/deny-guard";
import type { Redis } from "ioredis";
import type { EffectJournal } from "./effect-journal.ts";

/** Entries sent at a time. */
const MAX_SENT = 100;

export interface EffectSenderOptions {
  readonly redis: Redis;
  readonly journal: EffectJournal;
  readonly by: string;
  readonly guarded: () => readonly GuardedNetwork[];
  /** The store refused a block because its source is allowed, or because it was lifted by hand: it must end here too. */
  readonly onRefusedBlock: (block: Block) => void;
  readonly onDenial: (block: Block, outcome: DenialOutcome) => void;
  readonly now: () => number;
}

export class EffectSender {
  readonly #options: EffectSenderOptions;
  #sending: Promise<void> | undefined;

  constructor(options: EffectSenderOptions) {
    this.#options = options;
  }

  /** Sends all there is; ends early when the store does not answer, and what was not sent stays in the journal. Never throws. */
  async send(): Promise<void> {
    this.#sending ??= this.#sendAll().finally(() => {
      this.#sending = undefined;
    });
    await this.#sending;
  }

  async #sendAll(): Promise<void> {
    const { redis, journal, by, now } = this.#options;
    try {
      while (redis.status === "ready") {
        const entries = journal.pending(MAX_SENT);
        if (entries.length === 0) return;
        const blocks = entries.filter((entry) => entry.kind === "block");
        const outcomes = await putBlocks(
          redis,
          blocks.map((entry) => entry.block),
          { by, nowMs: now() },
        );
        for (const [index, outcome] of outcomes.entries()) {
          const block = blocks[index]?.block;
          if (block !== undefined && (outcome === "allowed" || outcome === "lifted"))
            this.#options.onRefusedBlock(block);
        }
        journal.acknowledge(blocks);
        const lifts = entries.filter((entry) => entry.kind === "lift");
        if (lifts.length > 0)
          await liftBlocks(
            redis,
            lifts.map((entry) => blockKey(entry.block)),
            { by, nowMs: now() },
          );
        journal.acknowledge(lifts);
        for (const entry of entries) {
          if (entry.kind !== "deny") continue;
          const outcome = await denySource(redis, entry.block, { by, nowMs: now() }, this.#options.guarded());
          journal.acknowledge([entry]);
          this.#options.onDenial(entry.block, outcome);
        }
      }
    } catch {
      // The store went away or refuses: the entries stay in the journal and are sent with the next call.
    }
  }
}
