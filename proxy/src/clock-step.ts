/** What becomes of blocks when the clock is set: those counted by the old time keep their length, by the new one. Pure. */
import type { Block } from "@sipprot/shared/block";
import { MIN_STEP_MS } from "./clock.ts";

/** Was counted by the clock that showed `oldNowMs`: begun by then, and not over. */
function isOfOldTime({ sinceMs, untilMs }: Block, oldNowMs: number): boolean {
  return sinceMs <= oldNowMs + MIN_STEP_MS && untilMs > oldNowMs;
}

/**
 * The blocks of this host with their times moved as the clock was. Left alone are those of other hosts, whose clocks are their
 * own, and those of a time this host's clock never showed: read from the store while the clock was wrong.
 */
export function moveBlocks(blocks: Iterable<Block>, host: string, stepMs: number, nowMs: number): Block[] {
  const oldNowMs = nowMs - stepMs;
  const moved: Block[] = [];
  for (const block of blocks) {
    if (block.host !== host || !isOfOldTime(block, oldNowMs)) continue;
    moved.push({ ...block, sinceMs: block.sinceMs + stepMs, untilMs: block.untilMs + stepMs });
  }
  return moved;
}
