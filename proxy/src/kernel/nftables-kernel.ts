/** The kernel by nftables: one held nft, the steering it owns, the lasting table beside it. */

import { BAN_TABLE, writeBanTable, writeGeoElements } from "./ban-rules.ts";
import { BanTable } from "./ban-table.ts";
import {
  type Ban,
  type Glance,
  type GuardedPort,
  type Kernel,
  type KernelState,
  type Limits,
  MAX_DIFFERENCES,
} from "./kernel.ts";
import { MachineChanges } from "./machine-changes.ts";
import { setNameOf } from "./network-sets.ts";
import { NftSession } from "./nft-session.ts";
import { type CommandPrefix, readProgram } from "./program.ts";
import { SourceList } from "./source-lists.ts";
import { Steering } from "./steering.ts";
import type { SteeringDescription } from "./steering-description.ts";

export interface NftablesOptions {
  /** Words before each command, such as `ip netns exec NAME`; none by default. */
  readonly prefix?: CommandPrefix;
  /** Where undo notes are kept: outlives the process, not the machine's next start. */
  readonly runFolder?: string;
  readonly nowMs?: () => number;
  /** Told when the steering was lost and could not be put back yet; it is tried again. */
  readonly onTrouble?: (error: unknown) => void;
}

const DEFAULT_RUN_FOLDER = "/run/sipprot";
const GONE = `the table inet ${BAN_TABLE} is gone`;
const NO_LIMITS: Limits = { isDnsProtected: false };

export class NftablesKernel implements Kernel {
  private readonly prefix: CommandPrefix;
  private readonly session: NftSession;
  private readonly steering: Steering;
  private readonly bans: BanTable;
  private readonly allowed: SourceList;
  private readonly denied: SourceList;
  private guarded: readonly GuardedPort[] = [];
  private limits: Limits = NO_LIMITS;
  /** The sets of the allowlist that have had an entry; undefined as long as it is not known what is in them. */
  private allowSets: ReadonlySet<string> | undefined;
  private lastTurn: Promise<unknown> = Promise.resolve();
  /** The rules of the lasting table as the kernel lists them right after we wrote them; undefined before. */
  private fingerprint: string | undefined;

  constructor({ prefix = [], runFolder = DEFAULT_RUN_FOLDER, nowMs = Date.now, onTrouble }: NftablesOptions = {}) {
    this.prefix = prefix;
    this.session = new NftSession(prefix, () => this.steering.restore());
    this.steering = new Steering(this.session, prefix, new MachineChanges(prefix, runFolder), onTrouble);
    this.bans = new BanTable(this.session, prefix, nowMs);
    this.allowed = new SourceList("allow", this.session, prefix);
    this.denied = new SourceList("deny", this.session, prefix);
  }

  applySteering(description: SteeringDescription): Promise<void> {
    return this.steering.apply(description);
  }

  handSteeringOver(description: SteeringDescription, leaving?: SteeringDescription): Promise<void> {
    return this.steering.handOver(description, leaving);
  }

  drainSteering(): Promise<void> {
    return this.steering.drain();
  }

  releaseSteering(): Promise<void> {
    return this.steering.release();
  }

  releaseWorker(worker: number): Promise<void> {
    return this.steering.releaseWorker(worker);
  }

  setGuarded(ports: readonly GuardedPort[]): Promise<void> {
    return this.inTurn(() => {
      this.guarded = [...ports];
      return this.declareTable();
    });
  }

  setLimits(limits: Limits): Promise<void> {
    return this.inTurn(() => {
      const { wholeHostGeo: geo } = limits;
      // The networks are gone through more than once.
      this.limits = geo === undefined ? limits : { ...limits, wholeHostGeo: { ...geo, networks: [...geo.networks] } };
      return this.declareTable();
    });
  }

  setBans(bans: Iterable<Ban>): Promise<void> {
    return this.withTable(() => this.bans.replace(bans));
  }

  /** Not in turn: orders gather into batches, and need not wait for a long list. */
  async addBans(bans: Iterable<Ban>): Promise<void> {
    if (this.fingerprint === undefined) await this.withTable(async () => {});
    await this.bans.add(bans);
  }

  async liftBans(sources: Iterable<string>): Promise<void> {
    if (this.fingerprint === undefined) await this.withTable(async () => {});
    await this.bans.lift(sources);
  }

  setAllowed(networks: Iterable<string>): Promise<void> {
    const wanted = [...networks];
    return this.withTable(async () => {
      const isFirst = this.allowSets === undefined;
      // What an earlier process left is looked at until it is gone; what comes is looked at before it is there.
      if (!isFirst) await this.lookAt(wanted);
      await this.allowed.replace(wanted);
      if (!isFirst) return;
      this.allowSets = new Set();
      if (!(await this.lookAt(wanted))) await this.declareTable();
    });
  }

  setDenied(networks: Iterable<string>): Promise<void> {
    return this.withTable(() => this.denied.replace(networks));
  }

  changeAllowed(changes: ReadonlyMap<string, boolean>): Promise<void> {
    const added = [...changes].filter(([, isWanted]) => isWanted).map(([network]) => network);
    return this.withTable(async () => {
      await this.lookAt(added);
      await this.allowed.change(changes);
    });
  }

  changeDenied(changes: ReadonlyMap<string, boolean>): Promise<void> {
    return this.withTable(() => this.denied.change(changes));
  }

  readCounters(): Promise<ReadonlyMap<string, number>> {
    return this.withTable(() => this.bans.readCounters());
  }

  glance(): Promise<Glance> {
    return this.inTurn(async () => {
      const differences = [...(await this.steering.compare()), ...(await this.compareRules())];
      return { isInStep: differences.length === 0, aliveWorkers: await this.steering.readAlive() };
    });
  }

  readBack(): Promise<KernelState> {
    return this.inTurn(async () => {
      const differences = [...(await this.steering.compare()), ...(await this.compareTable())];
      return {
        isInStep: differences.length === 0,
        differences: differences.slice(0, MAX_DIFFERENCES),
        bans: this.bans.size,
        denied: this.denied.size,
        allowed: this.allowed.size,
        aliveWorkers: await this.steering.readAlive(),
      };
    });
  }

  repair(): Promise<void> {
    return this.inTurn(async () => {
      if ((await this.steering.compare()).length > 0) await this.steering.reapply();
      if ((await this.compareTable()).length === 0) return;
      await this.declareTable();
      await this.allowed.repair();
      await this.denied.repair();
      await this.bans.repair();
    });
  }

  async close(): Promise<void> {
    await this.steering.release();
    await this.session.close();
  }

  async remove(): Promise<void> {
    await this.steering.release();
    const tables = await readProgram(this.prefix, ["nft", "list", "tables"]);
    if (tables.includes(`table inet ${BAN_TABLE}\n`)) await this.session.run(`delete table inet ${BAN_TABLE}\n`);
    this.fingerprint = undefined;
    await this.session.close();
  }

  /** Has the rules look at the sets these networks of the allowlist belong into. False when they do already. */
  private async lookAt(networks: readonly string[]): Promise<boolean> {
    const known = this.allowSets;
    if (known === undefined) return false;
    const all = new Set(known);
    for (const network of networks) all.add(setNameOf("allow", network));
    if (all.size === known.size) return false;
    this.allowSets = all;
    try {
      await this.declareTable();
    } catch (error) {
      this.allowSets = known;
      throw error;
    }
    return true;
  }

  private withTable<Result>(work: () => Promise<Result>): Promise<Result> {
    return this.inTurn(async () => {
      if (this.fingerprint === undefined) await this.declareTable();
      return work();
    });
  }

  /** One after the other, whether the one before succeeded or not. */
  private inTurn<Result>(work: () => Promise<Result>): Promise<Result> {
    const turn = this.lastTurn.then(work);
    this.lastTurn = turn.catch(() => {});
    return turn;
  }

  /** Declares the lasting table; what an earlier process left in its sets stays. */
  private async declareTable(): Promise<void> {
    const text = writeBanTable(this.guarded, this.limits, this.allowSets) + writeGeoElements(this.limits);
    try {
      await this.session.run(text);
    } catch (error) {
      // A table of another version, whose sets are of another kind: begin anew; the lists are put in again by their owners.
      const tables = await readProgram(this.prefix, ["nft", "list", "tables"]);
      if (!tables.includes(`table inet ${BAN_TABLE}\n`)) throw error;
      await this.session.run(`delete table inet ${BAN_TABLE}\n${text}`);
      await Promise.all([this.allowed.repair(), this.denied.repair(), this.bans.repair()]);
    }
    this.fingerprint = await this.readFingerprint();
  }

  private readFingerprint(): Promise<string> {
    return readProgram(this.prefix, ["nft", "-s", "-t", "list", "table", "inet", BAN_TABLE]);
  }

  private async compareRules(): Promise<string[]> {
    if (this.fingerprint === undefined) return [];
    const found = await this.readFingerprint().catch(() => undefined);
    if (found === undefined) return [GONE];
    return found === this.fingerprint ? [] : [`the rules of the table inet ${BAN_TABLE} were changed`];
  }

  private async compareTable(): Promise<string[]> {
    const differences = await this.compareRules();
    if (this.fingerprint === undefined || differences.includes(GONE)) return differences;
    for (const list of [this.allowed, this.denied, this.bans]) differences.push(...(await list.compare()));
    return differences;
  }
}
