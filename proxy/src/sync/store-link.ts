/** Everything between this host and the store: connections, follower, journal, events, failures of accounts, the host's record. */
import { mkdirSync } from "node:fs";
import type { Block } from "@sipprot/shared/block";
import type { Change } from "@sipprot/shared/change";
import type { SipEvent } from "@sipprot/shared/event";
import type { Host } from "@sipprot/shared/host";
import { listNames } from "@sipprot/shared/lists";
import { sweepBlocks } from "@sipprot/shared/store/block-store";
import { writeTraffic } from "@sipprot/shared/store/count-store";
import type { DenialOutcome } from "@sipprot/shared/store/denial-store";
import type { GuardedNetwork } from "@sipprot/shared/store/deny-guard";
import { writeEvents } from "@sipprot/shared/store/event-store";
import { forgetSilentHosts, putHost } from "@sipprot/shared/store/host-store";
import { removeExpiredEntries } from "@sipprot/shared/store/list-store";
import { openLastingConnection, type StoreLocation } from "@sipprot/shared/store/redis-connection";
import { writeRegistered } from "@sipprot/shared/store/registered-store";
import type { StoreCopy } from "@sipprot/shared/store/store-copy";
import { type FollowerState, StoreFollower } from "@sipprot/shared/store/store-follower";
import type { Redis } from "ioredis";
import { AccountFailureExchange, type AccountFailures, TELL_EVERY_MS } from "./account-failure-exchange.ts";
import { EffectJournal, type JournalEntry } from "./effect-journal.ts";
import { EffectSender } from "./effect-sender.ts";
import { EventWriter } from "./event-writer.ts";
import { RegisteredWriter } from "./registered-writer.ts";
import { restoreStore } from "./store-restore.ts";
import { TrafficWriter } from "./traffic-writer.ts";

const WRITE_EVERY_MS = 250;
/** A host's record is three times as fresh as what counts as silence. */
const REPORT_EVERY_MS = 5000;
const SWEEP_EVERY_MS = 30_000;
/** How long a stop waits for the store to take what is queued. */
const STOP_WAIT_MS = 2000;

export interface StoreLinkOptions {
  readonly location: StoreLocation;
  readonly hostName: string;
  readonly copy: StoreCopy;
  /** Folder of the journal. */
  readonly stateFolder: string;
  readonly guarded: () => readonly GuardedNetwork[];
  readonly describeHost: () => Host;
  readonly onChanges: (changes: readonly Change[]) => void;
  readonly onStrikes: (strikes: ReadonlyMap<string, number>) => void;
  readonly onAccountFailures: (failures: readonly AccountFailures[]) => void;
  readonly onDenial: (block: Block, outcome: DenialOutcome) => void;
  /** The store was empty and was given back this host's copy. */
  readonly onGivenBack: () => void;
}

export class StoreLink {
  readonly #options: StoreLinkOptions;
  readonly #connections: readonly Redis[];
  readonly #redis: Redis;
  readonly #follower: StoreFollower;
  readonly #sender: EffectSender;
  readonly #exchange: AccountFailureExchange;
  readonly #timers: NodeJS.Timeout[] = [];
  readonly journal: EffectJournal;
  readonly events: EventWriter;
  readonly traffic: TrafficWriter;
  readonly registered: RegisteredWriter;

  /** Opens the connections; nothing here waits for the store or throws when it is away. */
  constructor(options: StoreLinkOptions) {
    this.#options = options;
    const { location, hostName, copy } = options;
    const by = `proxy:${hostName}`;
    const open = () => openLastingConnection(location, () => undefined);
    const [redis, reader, subscriber] = [open(), open(), open()];
    this.#redis = redis;
    this.#connections = [redis, reader, subscriber];
    mkdirSync(options.stateFolder, { recursive: true, mode: 0o700 });
    this.journal = new EffectJournal(options.stateFolder);
    this.events = new EventWriter((events) => writeEvents(redis, events));
    this.traffic = new TrafficWriter((passed) => writeTraffic(redis, passed, copy.blocks.size, Date.now()));
    this.registered = new RegisteredWriter((change) => writeRegistered(redis, hostName, change));
    this.#exchange = new AccountFailureExchange(redis, subscriber, hostName, options.onAccountFailures);
    this.#sender = new EffectSender({
      redis,
      journal: this.journal,
      by,
      guarded: options.guarded,
      onRefusedBlock: (block) => this.#lift(block),
      onDenial: options.onDenial,
      now: Date.now,
    });
    this.#follower = new StoreFollower({
      redis,
      reader,
      copy,
      onChanges: options.onChanges,
      onStrikes: options.onStrikes,
      giveBack: async () => {
        await restoreStore(redis, copy, by, Date.now());
        options.onGivenBack();
        return true;
      },
      keepsBlock: (key) => this.journal.hasBlock(key),
      now: Date.now,
    });
  }

  get state(): FollowerState {
    return this.#follower.state;
  }

  /** Why the store answers but does not take what is written, as with a full disk; or "". */
  get writeTrouble(): string {
    return this.#sender.trouble === "" ? this.events.trouble : this.#sender.trouble;
  }

  start(): void {
    void this.#follower.run();
    this.#every(WRITE_EVERY_MS, () => this.events.flush());
    this.#every(TELL_EVERY_MS, () => this.#exchange.tell());
    this.#every(WRITE_EVERY_MS, () => this.#sender.send());
    this.#every(REPORT_EVERY_MS, () => putHost(this.#redis, this.#options.describeHost()));
    this.#every(REPORT_EVERY_MS, () => this.traffic.flush());
    this.#every(REPORT_EVERY_MS, () => this.registered.flush());
    this.#every(SWEEP_EVERY_MS, () => this.#sweep());
  }

  /** Keeps blocks and denials until the store has them, and sends them at once. */
  keep(entries: readonly JournalEntry[]): void {
    this.journal.add(entries);
    void this.#sender.send();
  }

  /** One more failure of an account at a stranger, for the other hosts. */
  tellAccountFailure(account: string, atMs: number): void {
    this.#exchange.add(account, atMs);
  }

  writeEvents(events: readonly SipEvent[]): void {
    this.events.add(events);
  }

  /** Sends what is left, for at most two seconds, and closes the connections. */
  async stop(): Promise<void> {
    for (const timer of this.#timers) clearInterval(timer);
    this.#follower.stop();
    const rest = Promise.allSettled([
      this.#sender.send(),
      this.events.flush(),
      this.traffic.flush(),
      this.registered.flush(),
    ]);
    await Promise.race([rest, new Promise((resolve) => setTimeout(resolve, STOP_WAIT_MS).unref())]);
    for (const connection of this.#connections) connection.disconnect();
  }

  async #sweep(): Promise<void> {
    const { copy, hostName } = this.#options;
    const author = { by: `proxy:${hostName}`, nowMs: Date.now() };
    copy.forgetOver(author.nowMs);
    for (const list of listNames) {
      const over = copy.expired(list, author.nowMs);
      if (over.length > 0) await removeExpiredEntries(this.#redis, list, over, author);
    }
    await sweepBlocks(this.#redis, author.nowMs);
    await forgetSilentHosts(this.#redis, author.nowMs);
  }

  #lift({ source, account }: Block): void {
    const change: Change = { kind: "block-lift", source, ...(account === undefined ? {} : { account }) };
    this.#options.copy.apply(change);
    this.#options.onChanges([change]);
  }

  /** Work that the store may refuse or not answer: the follower's state tells of that, here it is tried again next time. */
  #every(everyMs: number, work: () => Promise<unknown>): void {
    this.#timers.push(setInterval(() => void work().catch(() => undefined), everyMs));
  }
}
