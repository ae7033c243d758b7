/** Where the workers stand in the packets' path: what the supervisor needs of either mode. */
import type { Settings } from "@sipprot/shared/settings";
import type { WorkerEndpoint } from "./worker-messages.ts";

export interface Placement {
  /** What of the last plan's wishes could not be had, one sentence each; the rest stands. */
  readonly problems: readonly string[];
  /**
   * Decides on the endpoints of each worker under these settings, in order of the workers.
   * Rejects with a `SipprotError` when there is nothing to stand at.
   */
  plan(settings: Settings, workers: number): Promise<ReadonlyArray<readonly WorkerEndpoint[]>>;
  /** Puts in place what the sockets of the last plan's workers need before they can be opened. */
  prepare(): Promise<void>;
  /** The workers of the last plan are ready: lets the traffic come to them. */
  open(): Promise<void>;
  /**
   * Decides on endpoints that can be opened beside those of the workers at work. Undefined where that cannot be: in relay
   * mode, when nothing is steered, when there are too many sockets.
   */
  planBeside(settings: Settings, workers: number): Promise<ReadonlyArray<readonly WorkerEndpoint[]> | undefined>;
  /** The workers planned beside are ready: all traffic comes to them; what the earlier still send goes on. */
  switchOver(): Promise<void>;
  /** The earlier workers have ended. */
  settle(): Promise<void>;
  /** A worker is gone; its share must not wait for it. */
  releaseWorker(workerIndex: number): Promise<void>;
  /** No more traffic to the workers: it flows as if we were not there. What they still send goes on. */
  drain(): Promise<void>;
  /** The workers have ended: nothing of ours is in the path. */
  close(): Promise<void>;
}

/** Settings that decide where the workers stand; when one changes, they are placed anew. */
export function placementKey(settings: Settings): string {
  const { sipPorts, protocols, failOpen } = settings;
  return JSON.stringify([sipPorts, protocols, failOpen]);
}
