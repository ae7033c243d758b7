/** What the product asks of the kernel. Two implementations keep the same promises: nftables, and the dry run. */
import type { SteeringDescription } from "./steering-description.ts";

/** A source (IPv4 address or IPv6 /64; any canonical network is taken) dropped until `untilMs` (epoch). */
export interface Ban {
  readonly source: string;
  readonly untilMs: number;
}

/** A port that bans and denials close. Without an address: on every address of this host. */
export interface GuardedPort {
  readonly address?: string;
  readonly port: number;
}

/** The limits that go beyond SIP; what is absent or false is off. */
export interface Limits {
  /** TFTP requests one source (IPv6: /64) may send: lasting rate and burst. */
  readonly tftp?: { readonly requestsPerMinute: number; readonly burstRequests: number };
  /** Oversized DNS answers (CVE-2015-7547). */
  readonly isDnsProtected: boolean;
  /** New connections to this host from the networks listed, or from all others, are dropped. */
  readonly wholeHostGeo?: { readonly drops: "listed" | "unlisted"; readonly networks: Iterable<string> };
}

/** What was found when the kernel was read and compared with what was ordered. */
export interface KernelState {
  readonly isInStep: boolean;
  /** One sentence for each thing that differs, at most MAX_DIFFERENCES. */
  readonly differences: readonly string[];
  readonly bans: number;
  readonly denied: number;
  readonly allowed: number;
  /** Workers whose heartbeat stands, so that their share really goes through them; empty without steering. */
  readonly aliveWorkers: readonly number[];
}

/** What a short look finds. */
export type Glance = Pick<KernelState, "isInStep" | "aliveWorkers">;

export const MAX_DIFFERENCES = 20;

/**
 * All changes are transactions: wholly done or not at all; calls are carried out in order.
 * Every method rejects with `kernel-refused` when the kernel or nft says no, and `missing-program` when nft or ip is not there.
 */
export interface Kernel {
  /** Puts the steering in force, replacing what was; nothing is steered to a worker before its first heartbeat. */
  applySteering(description: SteeringDescription): Promise<void>;
  /**
   * Replaces the steering without a pause: the workers of `description` stand already and get all traffic from this moment.
   * What the workers of `leaving` still send goes on until this is called again without them.
   */
  handSteeringOver(description: SteeringDescription, leaving?: SteeringDescription): Promise<void>;
  /**
   * The port is the PBX's at once, and nothing comes to the workers any more; what they still send goes on until
   * `releaseSteering`. Nothing happens without a steering.
   */
  drainSteering(): Promise<void>;
  /** Takes the steering away: the port is the PBX's at once. Also when it was fail-closed. */
  releaseSteering(): Promise<void>;
  /** A worker is known to be gone: its share is given back now, not only when its heartbeat runs out. */
  releaseWorker(worker: number): Promise<void>;
  /** Which ports bans and denials close. */
  setGuarded(ports: readonly GuardedPort[]): Promise<void>;
  /** Exactly these bans stand from now on; bans of an earlier process are kept where they are among them. */
  setBans(bans: Iterable<Ban>): Promise<void>;
  /** Begins or prolongs bans. Bans of the past are ignored; beyond MAX_BANS those that end first give way. */
  addBans(bans: Iterable<Ban>): Promise<void>;
  /** Ends bans; those that are not there are ignored. */
  liftBans(sources: Iterable<string>): Promise<void>;
  /** Exactly these networks pass before every other rule of ours. */
  setAllowed(networks: Iterable<string>): Promise<void>;
  /** Exactly these networks are dropped, unless allowed. */
  setDenied(networks: Iterable<string>): Promise<void>;
  /** Adds networks (`true`) to what was set, or takes them away; costs what changes, however much was set. */
  changeAllowed(changes: ReadonlyMap<string, boolean>): Promise<void>;
  changeDenied(changes: ReadonlyMap<string, boolean>): Promise<void>;
  setLimits(limits: Limits): Promise<void>;
  /** Packets dropped for each banned source since the reading before (at first: since its ban began); zeros left out. */
  readCounters(): Promise<ReadonlyMap<string, number>>;
  /** Looks at the rules and the heartbeats alone: cheap, however long the lists. */
  glance(): Promise<Glance>;
  /** Reads everything and compares. */
  readBack(): Promise<KernelState>;
  /** Puts right what differs. */
  repair(): Promise<void>;
  /** The process ends: steering goes, bans, lists and limits stay in force. */
  close(): Promise<void>;
  /** Everything of ours goes: the machine is as it was. */
  remove(): Promise<void>;
}
