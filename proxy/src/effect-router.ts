/** Where the effects of the policy go: to the other workers, to the store, to the kernel, to the counts. */
import { type Block, blockKey } from "@sipprot/shared/block";
import type { Change } from "@sipprot/shared/change";
import type { SipEvent } from "@sipprot/shared/event";
import type { StoreCopy } from "@sipprot/shared/store/store-copy";
import type { Effect } from "./policy/decision.ts";
import type { JournalEntry } from "./sync/effect-journal.ts";
import type { ForeignFailure } from "./worker-messages.ts";

export interface EffectTargets {
  readonly copy: StoreCopy;
  /** False in relay mode: there the proxy itself goes on dropping. */
  readonly hasKernel: boolean;
  /** Tells the other workers and the kernel. */
  readonly tell: (changes: readonly Change[], exceptWorker?: number) => void;
  readonly tellAccountFailures: (failures: readonly ForeignFailure[], exceptWorker: number) => void;
  /** Keeps blocks and denials until the store has them. */
  readonly keep: (entries: readonly JournalEntry[]) => void;
  readonly tellHosts: (account: string, atMs: number) => void;
  readonly writeEvents: (events: readonly SipEvent[]) => void;
  /** A source the kernel shall drop though no block of it is known: it is on the denylist. */
  readonly banSource: (source: string, untilMs: number) => void;
}

/** Takes what one worker's policy wants done. */
export function routeEffects(targets: EffectTargets, workerIndex: number, effects: readonly Effect[]): void {
  const kept: JournalEntry[] = [];
  const changes: Change[] = [];
  const events: SipEvent[] = [];
  const failures = new Map<string, { account: string; count: number; atMs: number }>();
  const put = (block: Block) => {
    // The copy, the workers and the kernel have no use for the messages.
    const change: Change = { kind: "block-put", block: { ...block, evidence: [] } };
    targets.copy.apply(change);
    changes.push(change);
    kept.push({ kind: "block", block });
  };
  for (const effect of effects) {
    switch (effect.kind) {
      case "block":
        put(keepKernelMark(effect.block, targets.copy));
        break;
      case "lift": {
        const { source, account } = effect;
        const block = targets.copy.blocks.get(blockKey(effect));
        if (block === undefined) break;
        const change: Change = { kind: "block-lift", source, ...(account === undefined ? {} : { account }) };
        targets.copy.apply(change);
        changes.push(change);
        kept.push({ kind: "lift", block });
        break;
      }
      case "deny":
        kept.push({ kind: "deny", block: effect.block });
        break;
      case "kernel-ban": {
        if (!targets.hasKernel) break;
        const block = targets.copy.blocks.get(effect.source);
        if (block === undefined) targets.banSource(effect.source, effect.untilMs);
        else if (block.proven) put({ ...block, inKernel: true, untilMs: Math.max(block.untilMs, effect.untilMs) });
        break;
      }
      case "account-failure": {
        const known = failures.get(effect.account);
        failures.set(effect.account, { account: effect.account, count: (known?.count ?? 0) + 1, atMs: effect.atMs });
        targets.tellHosts(effect.account, effect.atMs);
        break;
      }
      case "event":
        events.push(effect.event);
    }
  }
  if (changes.length > 0) targets.tell(changes, workerIndex);
  if (kept.length > 0) targets.keep(kept);
  if (failures.size > 0) targets.tellAccountFailures([...failures.values()], workerIndex);
  if (events.length > 0) targets.writeEvents(events);
}

/** A block that was extended stays in the kernel: the worker that extends it may not know that it is there. */
function keepKernelMark(block: Block, copy: StoreCopy): Block {
  const known = copy.blocks.get(blockKey(block));
  return known?.inKernel === true && block.proven ? { ...block, inKernel: true } : block;
}
