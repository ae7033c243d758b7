/**
 * What the main process and a data-path worker say to each other over IPC (advanced serialization).
 *
 * Order: `start` → any number of settings, lists, blocks, strikes and standing → `open`; the worker answers `ready` when
 * its sockets are bound, so no message is judged before the lists are there. Afterwards changes come in any order.
 * A worker exits by itself when the channel to main closes.
 */
import type { Block } from "@sipprot/shared/block";
import type { HostPort } from "@sipprot/shared/boot-settings";
import type { PartHealth } from "@sipprot/shared/host";
import type { ListName } from "@sipprot/shared/lists";
import type { Gate } from "@sipprot/shared/reason";
import type { Settings } from "@sipprot/shared/settings";
import type { Decision, Effect } from "./policy/decision.ts";

/** Most list entries, blocks or strikes in one message: a fraction of a millisecond of work, so that traffic does not stall. */
export const MAX_CHUNK_ENTRIES = 200;
/** How often a worker reports its counters. */
export const COUNTERS_EVERY_MS = 1_000;
/** Upper bounds of the latency histogram's buckets in microseconds; one more bucket holds all that took longer. */
export const LATENCY_BOUNDS_MICROSECONDS = [
  10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000, 50_000, 250_000,
] as const;

export type RelayTransport = "udp" | "tcp";

/** A protected endpoint in transparent mode: two ports of this worker beside it, joined by the kernel's steering rules. */
export interface TransparentEndpoint {
  readonly path: "transparent";
  /** The PBX's own address and port as shown everywhere: `203.0.113.10:5060`, `[2001:db8::10]:5060`. */
  readonly endpoint: string;
  readonly transports: readonly RelayTransport[];
  readonly bindAddress: string;
  /** Towards clients. */
  readonly downPort: number;
  /** Towards the PBX; heartbeats leave from here. */
  readonly upPort: number;
  /** Where to send a one-byte datagram from `up` every HEARTBEAT_EVERY_MS: one a switch that waits for it, often none. */
  readonly heartbeatsTo: readonly HostPort[];
}

/** How often the kernel's dead man's switch is fed: four times within its 2 s. */
export const HEARTBEAT_EVERY_MS = 500;

/** A listener in relay mode and the PBX behind it. */
export interface RelayEndpoint {
  readonly path: "relay";
  /** As shown everywhere: the listening address and port. */
  readonly endpoint: string;
  readonly transports: readonly RelayTransport[];
  readonly listen: HostPort;
  /** The address clients reach the listener at, for Record-Route; absent: the listening one, or the one routed to the client. */
  readonly advertised?: HostPort | undefined;
  /**
   * Our side towards the PBX, the same for all listeners. Must stay the same over restarts: it stands in the Path of
   * registered phones.
   */
  readonly inner: HostPort;
  /** The same for all listeners. */
  readonly pbx: HostPort;
}

export type WorkerEndpoint = TransparentEndpoint | RelayEndpoint;

/** Everything a worker needs before it opens its sockets. */
export interface StartMessage {
  readonly kind: "start";
  readonly workerIndex: number;
  readonly workers: number;
  readonly hostName: string;
  readonly endpoints: readonly WorkerEndpoint[];
  /** At least 32 random bytes, kept over restarts: keys the nonce hashes and the flow tokens of relay mode. */
  readonly secret: Uint8Array;
  readonly settings: Settings;
  /** Networks that are never refused: the host's own addresses, the PBX. */
  readonly ownNetworks: readonly string[];
  /** How datagrams are taken and sent; absent is `auto`: batches where they can be had. */
  readonly io?: "batch" | "dgram" | "auto" | undefined;
  /** User and group to become once the sockets are open; absent: stay who we are. */
  readonly runAs?: { readonly uid: number; readonly gid: number } | undefined;
}

/** One network of a list as the data path needs it. */
export interface ListedNetwork {
  readonly network: string;
  readonly expiresAtMs?: number | undefined;
}

/** Another host's or worker's failures of one account at sources that never registered it. */
export interface ForeignFailure {
  readonly account: string;
  readonly count: number;
  readonly atMs: number;
}

export type MainToWorker =
  | StartMessage
  | { readonly kind: "open" }
  | { readonly kind: "settings"; readonly settings: Settings }
  | { readonly kind: "own-networks"; readonly networks: readonly string[] }
  | { readonly kind: "list-put"; readonly list: ListName; readonly networks: readonly ListedNetwork[] }
  | { readonly kind: "list-remove"; readonly list: ListName; readonly networks: readonly string[] }
  /** Empties the list; the chunks that follow fill it anew. Where both copies are at hand, send the difference instead. */
  | { readonly kind: "list-reset"; readonly list: ListName }
  | { readonly kind: "blocks-put"; readonly blocks: readonly Block[] }
  | { readonly kind: "block-lift"; readonly source: string; readonly account?: string | undefined }
  | { readonly kind: "strikes"; readonly strikes: readonly { readonly source: string; readonly strikes: number }[] }
  | { readonly kind: "account-failures"; readonly failures: readonly ForeignFailure[] }
  /** What a worker exported before; plain JSON, checked by the policy on import. */
  | { readonly kind: "standing-import"; readonly standing: unknown }
  /** Asks for `standing` messages. */
  | { readonly kind: "standing-export" }
  /**
   * Resets all TCP connections and takes no new ones; to be sent before the steering goes. Without the steering a reset
   * would reach neither end, and both would wait on connections that the other knows nothing of.
   */
  | { readonly kind: "release-connections" }
  /** Close the sockets and exit with code 0. */
  | { readonly kind: "stop" };

/** `in`: from a client, `out`: from the PBX. */
export type Direction = "in" | "out";

/** Messages that went the same way since the last report. */
export interface MessageCount {
  readonly endpoint: string;
  readonly transport: RelayTransport;
  readonly direction: Direction;
  readonly verdict: Decision["verdict"];
  /** The gate that refused, or would have in observe mode; "none" when nothing did. */
  readonly gate: Gate | "none";
  readonly count: number;
}

/** What happened since the last report (counts), and how things are now (gauges, marked so). */
export interface Counters {
  readonly atMs: number;
  readonly messages: readonly MessageCount[];
  /** Final and provisional answers of the PBX by class (1 for 1xx … 6). */
  readonly answers: readonly { readonly endpoint: string; readonly statusClass: number; readonly count: number }[];
  readonly keepalives: number;
  /** One count a bucket of LATENCY_BOUNDS_MICROSECONDS, and one for all above; a sample of the messages passed. */
  readonly latencyBuckets: readonly number[];
  readonly latencySumMicroseconds: number;
  /** Datagrams the kernel dropped because our receive buffer was full. */
  readonly receiveBufferDrops: number;
  readonly sendErrors: number;
  /** What our own guards threw away before the policy saw it (source port 0, no valid address). */
  readonly guarded: number;
  readonly connectionsOpened: number;
  /** Connections refused or ended by a limit of ours. */
  readonly connectionsShed: number;
  /** Gauge. */
  readonly connections: number;
  /** Gauge: smallest receive buffer any UDP socket got, in bytes; 0 without UDP. */
  readonly receiveBufferBytes: number;
  /** Gauge: resident memory of the worker. */
  readonly memoryBytes: number;
  /** Gauge: what the policy's tables hold. */
  readonly sources: number;
  /** Gauge: when an answer of the PBX passed last, by endpoint; absent when never. */
  readonly lastAnswerAtMs: Readonly<Record<string, number>>;
}

export type WorkerToMain =
  /** `whyNotBatch` is "" when batches are used or were not wished for. */
  | {
      readonly kind: "ready";
      readonly workerIndex: number;
      readonly io: "batch" | "dgram";
      readonly whyNotBatch: string;
    }
  | { readonly kind: "effects"; readonly effects: readonly Effect[] }
  | { readonly kind: "counters"; readonly counters: Counters }
  | { readonly kind: "health"; readonly part: Omit<PartHealth, "sinceMs"> }
  /** Some of those in good standing; after the first portion those told before count no more, with the last one all are told. */
  | {
      readonly kind: "standing";
      readonly records: readonly unknown[];
      readonly isFirst: boolean;
      readonly isLast: boolean;
    }
  /** The worker cannot go on and exits: a port in use, a bad description. One sentence an operator can act on. */
  | { readonly kind: "fatal"; readonly message: string };
