/** The first run, as the procedures use it. */
import type {
  CallerPlace,
  FirstRun,
  FirstRunEnd,
  FirstRunStep,
  PbxPlace,
  Probe,
  SipPlace,
  Standing,
  StepOutcome,
} from "@sipprot/shared/first-run";
import type { Actor } from "../actor.ts";

export interface SetupPort {
  readonly progress: () => Promise<FirstRun>;
  readonly completeStep: (step: FirstRunStep, outcome: StepOutcome) => Promise<FirstRun>;
  readonly end: (end: FirstRunEnd) => Promise<FirstRun>;
  readonly standing: (nowMs: number) => Promise<Standing>;
  readonly caller: (address: string) => Promise<CallerPlace>;
  readonly pbx: () => Promise<PbxPlace>;
  readonly probe: (place: SipPlace) => Promise<Probe>;
  /** Puts the gate before another PBX; what it was before is restored when the gate is not well with it. */
  readonly choosePbx: (place: SipPlace, actor: Actor) => Promise<PbxPlace>;
}
