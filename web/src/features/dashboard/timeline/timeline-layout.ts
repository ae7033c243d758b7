/** What the timeline draws, as numbers: the segments of each step, its sum, and which steps carry a label. Pure. */
import { type Gate, gates } from "@sipprot/shared/gate";
import type { WindowStats } from "@sipprot/shared/window-stats";

export type TimelineStep = WindowStats["timeline"][number];

/** One part of a bar, from `start` to `start + count` messages. */
export interface Segment {
  readonly gate: Gate;
  /** True for what observe mode let pass. */
  readonly isObserved: boolean;
  readonly start: number;
  readonly count: number;
}

/** The segments of a step from the bottom up: what was refused in the order of the gates, then what would have been. */
export function stackStep({ refused, wouldRefuse }: TimelineStep): Segment[] {
  const segments: Segment[] = [];
  let start = 0;
  for (const [counts, isObserved] of [
    [refused, false],
    [wouldRefuse, true],
  ] as const) {
    for (const gate of gates) {
      const count = counts[gate] ?? 0;
      if (count === 0) continue;
      segments.push({ gate, isObserved, start, count });
      start += count;
    }
  }
  return segments;
}

/** Messages of a step that were refused or would have been. */
export function sumStep(step: TimelineStep): number {
  const last = stackStep(step).at(-1);
  return last === undefined ? 0 : last.start + last.count;
}

/** Gates that occur in any of the steps, in the order of the policy. */
export function listGates(steps: readonly TimelineStep[]): Gate[] {
  return gates.filter((gate) =>
    steps.some(({ refused, wouldRefuse }) => (refused[gate] ?? wouldRefuse[gate] ?? 0) > 0),
  );
}

/** Distances between labels that read well: whole parts of an hour or of a day. */
const labelEvery = [1, 2, 3, 4, 5, 6, 10, 12, 15, 20, 30, 60] as const;

/** Which steps carry a label, so that at most `most` do. */
export function listLabelled(steps: readonly TimelineStep[], stepMs: number, most: number): TimelineStep[] {
  const every = labelEvery.find((one) => Math.ceil(steps.length / one) <= most) ?? steps.length;
  return steps.filter(({ atMs }) => Math.round(atMs / stepMs) % every === 0);
}

/** The stretch from one step to another, whichever comes first; both are in it. */
export function spanSteps(
  steps: readonly TimelineStep[],
  stepMs: number,
  one: number,
  other: number,
): { readonly fromMs: number; readonly toMs: number } | undefined {
  const first = steps[Math.min(one, other)];
  const last = steps[Math.max(one, other)];
  return first === undefined || last === undefined ? undefined : { fromMs: first.atMs, toMs: last.atMs + stepMs };
}
