/** The main process put together: copy, store, kernel, workers, health. Nothing one of them does ends the others. */
import type { Server } from "node:http";
import type { Block } from "@sipprot/shared/block";
import type { BootSettings } from "@sipprot/shared/boot-settings";
import type { Change } from "@sipprot/shared/change";
import type { Host } from "@sipprot/shared/host";
import type { GuardedNetwork } from "@sipprot/shared/store/deny-guard";
import { StoreCopy } from "@sipprot/shared/store/store-copy";
import type { Logger } from "pino";
import { ClockFollower } from "./clock-follower.ts";
import { listOwnAddresses, type ProxyConfig } from "./config.ts";
import { type EffectTargets, routeEffects } from "./effect-router.ts";
import { readGauges } from "./gauges.ts";
import { HostCountries } from "./geo/host-countries.ts";
import type { Kernel } from "./kernel/kernel.ts";
import { judgeKernel } from "./kernel-health.ts";
import { COUNTERS_EVERY_MS, KernelKeeper } from "./kernel-keeper.ts";
import { LoadMeter } from "./load-meter.ts";
import type { Placement } from "./placement.ts";
import { Supervisor } from "./supervisor.ts";
import { HealthBoard } from "./sync/health-board.ts";
import { type HealthAnswer, startHealthServer } from "./sync/health-server.ts";
import { Metrics } from "./sync/metrics.ts";
import { judgeSnapshot, judgeStore, type SnapshotStart } from "./sync/part-health.ts";
import { PbxWatch } from "./sync/pbx-watch.ts";
import type { SnapshotLoad } from "./sync/snapshot.ts";
import { SnapshotKeeper } from "./sync/snapshot-keeper.ts";
import { StoreLink } from "./sync/store-link.ts";

/** How often the parts are looked at. */
const WATCH_EVERY_MS = 1000;
/** How often the kernel is read back whole, and the host's own addresses are looked at; and how often a short look is taken. */
const CHECK_EVERY_MS = 30_000;
const GLANCE_EVERY_MS = 5000;
/** How long the start waits for the heartbeats of all workers to be seen in the kernel, and how often it looks. */
const ALIVE_WAIT_MS = 3000;
const ALIVE_LOOK_EVERY_MS = 250;
/** How often the workers are asked who is in good standing: after a crash, that much is forgotten. */
const STANDING_EVERY_MS = 60_000;
/** How long a stop waits for it: pm2 waits for all of the stop no longer than 5 s. */
const STANDING_AT_END_MS = 1_000;
/** How long the start waits for the store, so that the first message meets today's lists and not yesterday's. */
const STORE_WAIT_MS = 2000;

export interface GateParts {
  readonly config: ProxyConfig;
  readonly log: Logger;
  readonly secret: Uint8Array;
  readonly loaded: SnapshotLoad;
  readonly workerProgram: string;
  readonly placement: Placement;
  /** Undefined in relay mode. */
  readonly kernel: Kernel | undefined;
}

export class Gate {
  readonly #parts: GateParts;
  readonly #copy: StoreCopy;
  readonly #board: HealthBoard;
  readonly #snapshots: SnapshotKeeper;
  readonly #store: StoreLink;
  readonly #supervisor: Supervisor;
  readonly #keeper: KernelKeeper | undefined;
  readonly #metrics: Metrics;
  #pbx = new PbxWatch();
  readonly #countries = new HostCountries(() => this.#copy.settings.geoDatabaseFile);
  readonly #snapshotStart: SnapshotStart;
  readonly #startedAtMs = Date.now();
  #load = new LoadMeter(this.#startedAtMs);
  readonly #clock: ClockFollower;
  readonly #timers: NodeJS.Timeout[] = [];
  #ownAddresses = listOwnAddresses();
  #protect: BootSettings["protect"];
  #server: Server | undefined;
  #stopping: Promise<void> | undefined;

  constructor(parts: GateParts) {
    this.#parts = parts;
    const { config, log, loaded, kernel } = parts;
    const { boot } = config;
    this.#protect = boot.protect;
    this.#copy = loaded.read?.copy ?? new StoreCopy();
    this.#snapshotStart = { writtenAtMs: loaded.read?.writtenAtMs, troubles: loaded.troubles };
    this.#board = new HealthBoard((part) => log.info(part, "health"), Date.now);
    this.#snapshots = new SnapshotKeeper(boot.stateFolder, this.#copy, loaded.read?.standing);
    this.#keeper =
      kernel &&
      new KernelKeeper(
        kernel,
        this.#copy,
        (isWanted) => this.#countries.listNetworks(isWanted),
        (block) => this.#putBlock(block),
      );
    this.#metrics = new Metrics(() => {
      return readGauges({ copy: this.#copy, store: this.#store, supervisor: this.#supervisor, keeper: this.#keeper });
    });
    this.#supervisor = new Supervisor({
      workers: config.workers,
      workerProgram: parts.workerProgram,
      hostName: boot.hostName,
      secret: parts.secret,
      ownNetworks: () => this.#guarded().map(({ network }) => network),
      copy: this.#copy,
      standing: () => this.#snapshots.standing,
      placement: parts.placement,
      io: boot.io,
      onEffects: (worker, effects) => routeEffects(this.#targets, worker, effects),
      onCounters: (worker, counters) => {
        this.#metrics.add(worker, counters);
        this.#pbx.note(counters);
        this.#load.note(worker, counters);
        this.#store.traffic.note(counters);
      },
      onStanding: (worker, standing) => {
        this.#snapshots.keepStanding(worker, standing);
        this.#store.registered.note(worker, standing);
      },
      onHealth: ({ part, state, detail }) => this.#board.set(part, state, detail),
      onEvent: (what, facts) => log.info(facts, what),
    });
    this.#store = new StoreLink({
      location: boot,
      hostName: boot.hostName,
      copy: this.#copy,
      stateFolder: boot.stateFolder,
      guarded: () => this.#guarded(),
      describeHost: () => this.#describeHost(),
      onChanges: (changes) => this.#tell(changes),
      onStrikes: (strikes) => this.#supervisor.tellStrikes(strikes),
      onAccountFailures: (failures) => this.#supervisor.tellAccountFailures(failures),
      onDenial: ({ source, strikes }, outcome) => log.info({ source, strikes, outcome }, "denial for good"),
      onGivenBack: () => log.warn("Redis was empty: lists, settings and blocks known here were given back to it"),
    });
    this.#clock = new ClockFollower({
      hostName: boot.hostName,
      log,
      blocks: () => this.#copy.blocks.values(),
      putBlock: (block) => this.#putBlock(block),
      reload: () => this.#supervisor.reload(),
      onTurned: () => {
        this.#pbx = new PbxWatch();
        this.#load = new LoadMeter(Date.now());
      },
    });
    for (const trouble of loaded.troubles) log.warn(trouble);
  }

  /** Starts everything; resolves when traffic passes through the workers. Rejects only when the health address cannot be had. */
  async start(): Promise<void> {
    const { config } = this.#parts;
    this.#server = await startHealthServer(config.boot.health, () => this.#describeHealth(), this.#metrics);
    this.#watch();
    this.#store.start();
    const endMs = performance.now() + STORE_WAIT_MS;
    while (!this.#store.state.isInStep && performance.now() < endMs)
      await new Promise((resolve) => setTimeout(resolve, 20));
    await this.#keeper?.start();
    await this.#supervisor.place();
    await this.#waitAlive();
    // One that could not be used is replaced at once: the next may be the one that is needed.
    if (this.#parts.loaded.troubles.length > 0) this.#snapshots.touch();
    this.#watch();
    this.#every(WATCH_EVERY_MS, () => this.#watch());
    this.#every(CHECK_EVERY_MS, () => this.#check());
    this.#every(GLANCE_EVERY_MS, () => void this.#keeper?.glance(config.workers));
    this.#every(STANDING_EVERY_MS, () => this.#supervisor.askStanding());
    this.#every(COUNTERS_EVERY_MS, () => void this.#keeper?.extendHammered(Date.now()));
  }

  /**
   * Begins anew with these protected addresses and with new workers, and loses no message where new workers can stand beside
   * the old. Rejects when they did not come up: then those before are still at work.
   */
  async reload(protect: BootSettings["protect"]): Promise<void> {
    this.#protect = protect;
    this.#supervisor.tellOwnNetworks(this.#guarded().map(({ network }) => network));
    await this.#supervisor.reload();
    await this.#keeper?.check();
  }

  /** Stops: the traffic goes first, so that no message is lost; the bans stay. Asked twice it stops once. */
  stop(): Promise<void> {
    this.#stopping ??= this.#stop();
    return this.#stopping;
  }

  async #stop(): Promise<void> {
    for (const timer of this.#timers) clearInterval(timer);
    await this.#supervisor.gatherStanding(STANDING_AT_END_MS);
    await this.#supervisor.stop();
    await this.#keeper?.settle();
    await this.#parts.kernel?.close().catch((error: Error) => this.#parts.log.warn({ why: error.message }, "kernel"));
    await this.#store.stop();
    await this.#snapshots.close();
    this.#server?.close();
  }

  get #targets(): EffectTargets {
    return {
      copy: this.#copy,
      hasKernel: this.#keeper !== undefined,
      tell: (changes, exceptWorker) => this.#tell(changes, exceptWorker),
      tellAccountFailures: (failures, worker) => this.#supervisor.tellAccountFailures(failures, worker),
      keep: (entries) => this.#store.keep(entries),
      tellHosts: (account, atMs) => this.#store.tellAccountFailure(account, atMs),
      writeEvents: (events) => this.#store.writeEvents(events),
      banSource: (source, untilMs) => this.#keeper?.ban(source, untilMs),
    };
  }

  /** Changes that are in the copy already. */
  #tell(changes: readonly Change[], exceptWorker?: number): void {
    this.#supervisor.tell(changes, exceptWorker);
    this.#keeper?.follow(changes);
    this.#snapshots.touch();
  }

  #putBlock(block: Block): void {
    const change: Change = { kind: "block-put", block };
    this.#copy.apply(change);
    this.#tell([change]);
    this.#store.keep([{ kind: "block", block }]);
  }

  /** What is never refused and never denied: this host's addresses, what is protected, the PBX. */
  #guarded(): GuardedNetwork[] {
    const { boot, path } = this.#parts.config;
    const guarded = this.#ownAddresses.map((network) => ({ network, what: "an address of this host" }));
    for (const { address } of this.#protect) guarded.push({ network: address, what: "a protected address" });
    if (path === "relay") guarded.push({ network: boot.pbx.address, what: "the PBX" });
    return guarded;
  }

  #watch(): void {
    this.#clock.look();
    const nowMs = Date.now();
    const { state, detail } = this.#supervisor.watch();
    const { pathReason } = this.#parts.config;
    this.#board.set("data-path", state, pathReason === "" ? detail : `${detail}; relay mode because ${pathReason}`);
    judgeStore(this.#board, this.#store, this.#snapshotStart);
    judgeSnapshot(this.#board, this.#snapshots, this.#snapshotStart);
    judgeKernel(this.#board, this.#keeper, this.#parts.config.workers);
    const pbx = this.#pbx.judge(nowMs);
    this.#board.set("pbx", pbx.state, pbx.detail);
  }

  async #waitAlive(): Promise<void> {
    const keeper = this.#keeper;
    if (keeper === undefined) return;
    const endMs = performance.now() + ALIVE_WAIT_MS;
    do {
      await new Promise((resolve) => setTimeout(resolve, ALIVE_LOOK_EVERY_MS));
      await keeper.check();
    } while (!keeper.isWell(this.#parts.config.workers) && performance.now() < endMs);
  }

  #check(): void {
    void this.#keeper?.check();
    void this.#followCountries();
    const addresses = listOwnAddresses();
    if (addresses.join() === this.#ownAddresses.join()) return;
    this.#ownAddresses = addresses;
    this.#parts.log.info({ addresses }, "the addresses of this host changed");
    this.#supervisor.tellOwnNetworks(this.#guarded().map(({ network }) => network));
    const { path } = this.#parts.config;
    const isOpenWish = this.#protect.length === 0 || this.#supervisor.isIncomplete;
    if (path === "transparent" && isOpenWish) void this.#supervisor.place();
  }

  #describeHost(): Host {
    const { config } = this.#parts;
    const load = this.#load.read(Date.now());
    return {
      name: config.boot.hostName,
      version: config.version,
      path: config.path,
      endpoints: this.#supervisor.endpoints,
      workers: config.workers,
      startedAtMs: this.#startedAtMs,
      seenAtMs: Date.now(),
      lastChangeId: this.#copy.lastChangeId,
      health: this.#board.parts,
      seen: this.#pbx.seen,
      ...(load === undefined ? {} : { load }),
    };
  }

  #describeHealth(): HealthAnswer {
    const { name, version, path, endpoints, startedAtMs, health } = this.#describeHost();
    const { failOpen, mode } = this.#copy.settings;
    return {
      status: this.#board.overall,
      host: name,
      version,
      path,
      endpoints,
      failOpen,
      mode,
      startedAtMs,
      placedAtMs: this.#supervisor.placedAtMs,
      parts: health,
    };
  }

  async #followCountries(): Promise<void> {
    if (this.#copy.settings.geoWholeHost && (await this.#countries.hasChanged())) this.#keeper?.refreshCountries();
  }

  #every(everyMs: number, work: () => void): void {
    this.#timers.push(setInterval(work, everyMs));
  }
}
