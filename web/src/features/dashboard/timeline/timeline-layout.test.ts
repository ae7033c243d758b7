import { expect, it } from "vitest";
import { listGates, listLabelled, spanSteps, stackStep, sumStep, type TimelineStep } from "./timeline-layout.ts";

const step = (differing: Partial<TimelineStep> = {}): TimelineStep => ({
  atMs: 0,
  refused: {},
  wouldRefuse: {},
  ...differing,
});

it("stacks the gates in the order of the policy, and what observe mode let pass above them", () => {
  const segments = stackStep(step({ refused: { guessing: 3, denied: 2 }, wouldRefuse: { flood: 5 } }));
  expect(segments).toEqual([
    { gate: "denied", isObserved: false, start: 0, count: 2 },
    { gate: "guessing", isObserved: false, start: 2, count: 3 },
    { gate: "flood", isObserved: true, start: 5, count: 5 },
  ]);
});

it("sums a step to the top of its bar, and an empty one to nothing", () => {
  expect(sumStep(step({ refused: { scanner: 4 }, wouldRefuse: { scanner: 6 } }))).toBe(10);
  expect(sumStep(step())).toBe(0);
  expect(stackStep(step())).toEqual([]);
});

it("names the gates that occur, only observed ones too", () => {
  expect(listGates([step({ refused: { guessing: 1 } }), step({ wouldRefuse: { country: 1 } })])).toEqual([
    "country",
    "guessing",
  ]);
});

it("labels no more steps than there is room for, at whole parts of an hour", () => {
  const minutes = Array.from({ length: 61 }, (_, index) => step({ atMs: (13 * 60 + 47 + index) * 60_000 }));
  const labelled = listLabelled(minutes, 60_000, 8).map(({ atMs }) => (atMs / 60_000) % 60);
  expect(labelled).toEqual([50, 0, 10, 20, 30, 40]);
});

it("spans from the first to the end of the last, whichever way it was drawn", () => {
  const steps = [0, 1, 2, 3].map((index) => step({ atMs: index * 1000 }));
  expect(spanSteps(steps, 1000, 3, 1)).toEqual({ fromMs: 1000, toMs: 4000 });
  expect(spanSteps(steps, 1000, 2, 2)).toEqual({ fromMs: 2000, toMs: 3000 });
  expect(spanSteps(steps, 1000, 0, 9)).toBeUndefined();
});
