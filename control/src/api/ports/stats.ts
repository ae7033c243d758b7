/** Statistics as the procedures use them. */
import type { Stats, StatsRange } from "@sipprot/shared/stats";

export interface StatsPort {
  readonly read: (range: StatsRange, nowMs: number) => Promise<Stats>;
}
