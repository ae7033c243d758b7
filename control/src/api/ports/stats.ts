/** Statistics as the procedures use them. */
import type { Stats, StatsRange } from "@sipprot/shared/stats";
import type { StatsWindow, WindowStats } from "@sipprot/shared/window-stats";

export interface StatsPort {
  readonly read: (range: StatsRange, nowMs: number) => Promise<Stats>;
  readonly window: (window: StatsWindow, nowMs: number) => Promise<WindowStats>;
}
