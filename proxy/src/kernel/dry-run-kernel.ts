/** The kernel that changes nothing: for observe mode, for machines without the privilege, and for tests. Same promises, no packets. */

import { checkBanSource, dropEarliest } from "./ban-table.ts";
import type { Ban, Glance, GuardedPort, Kernel, KernelState, Limits } from "./kernel.ts";
import { isOdd } from "./network-sets.ts";
import { listEndpoints, type SteeringDescription } from "./steering-description.ts";

export class DryRunKernel implements Kernel {
  private readonly nowMs: () => number;
  private bans = new Map<string, number>();
  private allowed = new Set<string>();
  private denied = new Set<string>();
  private steering: SteeringDescription | undefined;
  private guarded: readonly GuardedPort[] = [];
  private limits: Limits = { isDnsProtected: false };

  constructor({ nowMs = Date.now }: { readonly nowMs?: () => number } = {}) {
    this.nowMs = nowMs;
  }

  async applySteering(description: SteeringDescription): Promise<void> {
    listEndpoints(description);
    this.steering = description;
  }

  handSteeringOver(description: SteeringDescription): Promise<void> {
    return this.applySteering(description);
  }

  drainSteering(): Promise<void> {
    return this.releaseSteering();
  }

  async releaseSteering(): Promise<void> {
    this.steering = undefined;
  }

  async releaseWorker(): Promise<void> {}

  async setGuarded(ports: readonly GuardedPort[]): Promise<void> {
    this.guarded = [...ports];
  }

  async setBans(bans: Iterable<Ban>): Promise<void> {
    const list = [...bans];
    for (const { source } of list) checkBanSource(source);
    this.bans = new Map();
    await this.addBans(list);
  }

  async addBans(bans: Iterable<Ban>): Promise<void> {
    const list = [...bans];
    for (const { source } of list) checkBanSource(source);
    for (const { source, untilMs } of list) if (untilMs > this.nowMs()) this.bans.set(source, untilMs);
    dropEarliest(this.bans);
  }

  async liftBans(sources: Iterable<string>): Promise<void> {
    for (const source of sources) if (!isOdd(source)) this.bans.delete(source);
  }

  async setAllowed(networks: Iterable<string>): Promise<void> {
    this.allowed = new Set(networks);
  }

  async setDenied(networks: Iterable<string>): Promise<void> {
    this.denied = new Set(networks);
  }

  async changeAllowed(changes: ReadonlyMap<string, boolean>): Promise<void> {
    applyTo(this.allowed, changes);
  }

  async changeDenied(changes: ReadonlyMap<string, boolean>): Promise<void> {
    applyTo(this.denied, changes);
  }

  async setLimits(limits: Limits): Promise<void> {
    this.limits = limits;
  }

  async readCounters(): Promise<ReadonlyMap<string, number>> {
    return new Map();
  }

  async glance(): Promise<Glance> {
    return { isInStep: true, aliveWorkers: [] };
  }

  async readBack(): Promise<KernelState> {
    const now = this.nowMs();
    for (const [source, untilMs] of this.bans) if (untilMs <= now) this.bans.delete(source);
    return {
      isInStep: true,
      differences: [],
      bans: this.bans.size,
      denied: this.denied.size,
      allowed: this.allowed.size,
      aliveWorkers: [],
    };
  }

  async repair(): Promise<void> {}

  async close(): Promise<void> {
    this.steering = undefined;
  }

  async remove(): Promise<void> {
    this.steering = undefined;
    this.bans = new Map();
    this.allowed = new Set();
    this.denied = new Set();
    this.guarded = [];
    this.limits = { isDnsProtected: false };
  }

  /** What would be in force. */
  get orders(): {
    readonly steering: SteeringDescription | undefined;
    readonly guarded: readonly GuardedPort[];
    readonly limits: Limits;
    readonly bans: ReadonlyMap<string, number>;
  } {
    return { steering: this.steering, guarded: this.guarded, limits: this.limits, bans: this.bans };
  }
}

function applyTo(networks: Set<string>, changes: ReadonlyMap<string, boolean>): void {
  for (const [network, isWanted] of changes) {
    if (isWanted) networks.add(network);
    else networks.delete(network);
  }
}
