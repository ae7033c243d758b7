/** The gauges of the main process: read when Prometheus asks. */

import type { StoreCopy } from "@sipprot/shared/store/store-copy";
import type { KernelKeeper } from "./kernel-keeper.ts";
import type { Supervisor } from "./supervisor.ts";
import type { GaugeReading } from "./sync/metrics.ts";
import type { StoreLink } from "./sync/store-link.ts";

export interface GaugeSources {
  readonly copy: StoreCopy;
  readonly store: StoreLink;
  readonly supervisor: Supervisor;
  readonly keeper: KernelKeeper | undefined;
}

export function readGauges({ copy, store, supervisor, keeper }: GaugeSources): GaugeReading[] {
  const { state, events, journal } = store;
  const plain = (name: string, help: string, value: number): GaugeReading => ({ name: `sipprot_${name}`, help, value });
  const list = (value: "allow" | "deny"): GaugeReading => ({
    ...plain("list_entries", "Entries of the lists in force", copy.lists[value].size),
    label: { name: "list", value },
  });
  return [
    list("allow"),
    list("deny"),
    plain("blocks", "Dynamic blocks in force", copy.blocks.size),
    plain("redis_in_step", "1 while the lists in force are those of Redis", state.isInStep ? 1 : 0),
    plain("redis_lag_seconds", "Age of the last change when it arrived", state.lagMs / 1000),
    plain("redis_reloads", "How often everything was read anew", state.reloads),
    plain("changes_skipped", "Changes that could not be read", state.skipped),
    plain("events_queued", "Events that wait for Redis", events.queued),
    plain("events_dropped", "Messages whose events were given up", events.dropped),
    plain("effects_waiting", "Blocks and denials that wait for Redis", journal.size),
    plain("effects_lost", "Blocks and denials given up", journal.lost),
    plain("worker_restarts", "Workers started again", supervisor.restarts),
    plain("main_memory_bytes", "Resident memory of the main process", process.memoryUsage.rss()),
    ...kernelGauges(keeper),
  ];
}

function kernelGauges(keeper: KernelKeeper | undefined): GaugeReading[] {
  const reading = keeper?.reading;
  if (reading === undefined) return [];
  const sets = (["bans", "denied", "allowed"] as const).map((set) => ({
    name: "sipprot_kernel_elements",
    help: "Elements of the kernel's sets as read back",
    value: reading[set],
    label: { name: "set", value: set },
  }));
  const inStep = reading.isInStep ? 1 : 0;
  return [...sets, { name: "sipprot_kernel_in_step", help: "1 while the kernel has what was ordered", value: inStep }];
}
