/** All of one worker: policy, country database, sockets, counters; told what to do and telling what happened by messages. */
import { setInterval } from "node:timers";
import { setTimeout as sleep } from "node:timers/promises";
import { CountryDatabase } from "@sipprot/shared/country-database";
import { expire } from "../policy/expire.ts";
import { createPolicy, type PolicyView } from "../policy/view.ts";
import {
  COUNTERS_EVERY_MS,
  type MainToWorker,
  type RelayEndpoint,
  type StartMessage,
  type TransparentEndpoint,
  type WorkerToMain,
} from "../worker-messages.ts";
import { chooseDatagramIo } from "./datagram-io.ts";
import type { DatagramIo } from "./datagram-port.ts";
import { letDatagramsBetween } from "./datagrams-between.ts";
import { openHeartbeat } from "./heartbeat.ts";
import { readLocalAddresses } from "./own-addresses.ts";
import { PolicyGatekeeper } from "./policy-gatekeeper.ts";
import { ReceiveDrops } from "./receive-drops.ts";
import { openRelayMode } from "./relay-mode.ts";
import type { RelayPath } from "./relay-path.ts";
import { StandingTeller } from "./standing-teller.ts";
import { Tally } from "./tally.ts";
import { openTransparentDatagrams } from "./transparent-datagrams.ts";
import { openTransparentStreams } from "./transparent-streams.ts";
import { warmUp } from "./warm-up.ts";

/** How often is tidied up and effects are told: a block reaches the other workers and hosts well within a second. */
const TICK_MS = 100;
/** How often a changed country database is looked for. */
const GEO_EVERY_MS = 30_000;

/** How long a worker that ends may read on, and how often it looks; main waits a little longer. */
const EMPTY_WITHIN_MS = 2000;
const EMPTY_LOOK_MS = 20;

/** What a data path needs of the process it lives in. */
export interface DataPathHost {
  /** Tells main; false when main does not take more just now. */
  readonly tell: (message: WorkerToMain) => boolean;
  /** False while main takes nothing more: then what is to be told is kept, and counted on. */
  readonly isHeard: () => boolean;
  readonly now: () => number;
  /** Becomes another user, once the sockets are open. */
  readonly runAs: (user: { readonly uid: number; readonly gid: number }) => void;
}

/** A worker's data path, from its start message to its end. */
export class DataPath {
  readonly #host: DataPathHost;
  readonly #start: StartMessage;
  readonly #policy: PolicyView;
  readonly #gatekeeper: PolicyGatekeeper;
  readonly #standing: StandingTeller;
  readonly #tally = new Tally();
  readonly #geo = new CountryDatabase();
  readonly #paths: RelayPath[] = [];
  readonly #timers: NodeJS.Timeout[] = [];
  #drops = new ReceiveDrops([]);
  #toldGeo = "";
  #toldFaults = 0;

  constructor(start: StartMessage, host: DataPathHost) {
    this.#start = start;
    this.#host = host;
    this.#policy = createPolicy({
      host: start.hostName,
      secret: start.secret,
      settings: start.settings,
      ownNetworks: start.ownNetworks,
      workers: start.workers,
      country: (address) => this.#geo.countryOf(address),
    });
    this.#gatekeeper = new PolicyGatekeeper(this.#policy);
    this.#standing = new StandingTeller(this.#policy, host.tell);
  }

  /** Opens the sockets and begins. Rejects when one cannot be opened; nothing stays open then. */
  async open(): Promise<void> {
    await this.#followGeo();
    const { io, whyNotBatch } = await chooseDatagramIo(this.#start.io ?? "auto");
    warmUp();
    try {
      await this.#openPaths(io);
    } catch (error) {
      await this.close();
      throw error;
    }
    if (this.#start.runAs !== undefined) this.#host.runAs(this.#start.runAs);
    this.#drops = new ReceiveDrops(this.#paths.flatMap((path) => path.datagramPorts.map((port) => port.local)));
    this.#timers.push(
      setInterval(() => this.#tick(), TICK_MS),
      setInterval(() => void this.#everySecond(), COUNTERS_EVERY_MS),
      setInterval(() => void this.#followGeo(), GEO_EVERY_MS),
    );
    this.#host.tell({ kind: "ready", workerIndex: this.#start.workerIndex, io: io.kind, whyNotBatch });
  }

  /** Carries out what main says. `start`, `open` and `stop` are the caller's. */
  apply(message: MainToWorker): void {
    const policy = this.#policy;
    const atMs = this.#host.now();
    switch (message.kind) {
      case "settings":
        policy.replaceSettings(message.settings);
        void this.#followGeo();
        return;
      case "own-networks":
        policy.replaceOwnNetworks(message.networks);
        return;
      case "list-put":
        policy.putNetworks(message.list, message.networks);
        return;
      case "list-remove":
        policy.removeNetworks(message.list, message.networks);
        return;
      case "list-reset":
        policy.resetList(message.list);
        return;
      case "blocks-put":
        for (const block of message.blocks) policy.putBlock(block, atMs);
        return;
      case "block-lift":
        policy.liftBlock(message.source, message.account);
        return;
      case "strikes":
        for (const { source, strikes } of message.strikes) policy.putStrikes(source, strikes, atMs);
        return;
      case "account-failures":
        for (const failure of message.failures)
          policy.addForeignAccountFailures(failure.account, failure.count, failure.atMs);
        return;
      case "standing-import":
        policy.importStanding(message.standing, atMs);
        return;
      case "standing-export":
        this.#standing.begin();
        return;
      case "release-connections":
        this.releaseConnections();
        return;
      case "start":
      case "open":
      case "stop":
    }
  }

  /** Resets the TCP connections while the steering brings the resets to both ends, and takes no new ones. */
  releaseConnections(): void {
    for (const path of this.#paths) path.release();
  }

  /** Closes every socket and tells what is left to tell. */
  async close(): Promise<void> {
    const timers = this.#timers.splice(0);
    for (const timer of timers) clearInterval(timer);
    await this.#empty();
    // Without timers it never opened, and there is nothing to count.
    if (timers.length > 0) await this.#tellCounters();
    await Promise.all(this.#paths.splice(0).map((path) => path.close()));
    const effects = this.#policy.takeEffects(true);
    if (effects.length > 0) this.#host.tell({ kind: "effects", effects });
  }

  /** Lets what has come already be read: on a busy machine that is more than a moment's work. */
  async #empty(): Promise<void> {
    const endMs = performance.now() + EMPTY_WITHIN_MS;
    while (performance.now() < endMs && !(await this.#drops.areEmpty())) await sleep(EMPTY_LOOK_MS);
  }

  async #openPaths(io: DatagramIo): Promise<void> {
    const { endpoints, secret } = this.#start;
    const gatekeeper = this.#gatekeeper;
    const tally = this.#tally;
    const { now } = this.#host;
    const between = letDatagramsBetween(io);
    for (const endpoint of endpoints.filter((one): one is TransparentEndpoint => one.path === "transparent")) {
      const { transports } = endpoint;
      if (transports.includes("udp"))
        this.#paths.push(await openTransparentDatagrams(io, endpoint, gatekeeper, tally, now));
      else if (endpoint.heartbeatsTo.length > 0) this.#paths.push(await openHeartbeat(io, endpoint, tally));
      if (transports.includes("tcp"))
        this.#paths.push(await openTransparentStreams(endpoint, gatekeeper, tally, now, between));
    }
    const listeners = endpoints.filter((one): one is RelayEndpoint => one.path === "relay");
    if (listeners.length === 0) return;
    const localAddresses = readLocalAddresses();
    const setup = { io, endpoints: listeners, secret, gatekeeper, tally, now, localAddresses };
    this.#paths.push(...(await openRelayMode(setup)));
  }

  #tick(): void {
    expire(this.#policy, this.#host.now());
    if (!this.#host.isHeard()) return;
    const effects = this.#policy.takeEffects();
    if (effects.length > 0) this.#host.tell({ kind: "effects", effects });
  }

  async #everySecond(): Promise<void> {
    const atMs = this.#host.now();
    for (const path of this.#paths) path.sweep(atMs);
    if (!this.#host.isHeard()) return;
    await this.#tellCounters();
    this.#tellFaults();
  }

  async #tellCounters(): Promise<void> {
    this.#tally.sums.receiveBufferDrops += await this.#drops.readNew();
    const buffers = this.#paths.flatMap((path) => path.datagramPorts.map((port) => port.receiveBufferBytes));
    const counters = this.#tally.take(this.#host.now(), {
      connections: this.#paths.reduce((sum, path) => sum + path.connections(), 0),
      receiveBufferBytes: buffers.length === 0 ? 0 : Math.min(...buffers),
      memoryBytes: process.memoryUsage.rss(),
      sources: this.#policy.sources.size,
    });
    this.#host.tell({ kind: "counters", counters });
  }

  #tellFaults(): void {
    const { faults, lastFault } = this.#gatekeeper;
    if (faults === this.#toldFaults) return;
    this.#toldFaults = faults;
    const detail = `${faults} messages could not be judged because of a mistake in sipprot: ${lastFault.slice(0, 200)}`;
    this.#host.tell({ kind: "health", part: { part: "data-path", state: "degraded", detail } });
  }

  async #followGeo(): Promise<void> {
    if (await this.#geo.follow(this.#policy.settings.geoDatabaseFile)) this.#policy.forgetCountries();
    const { health } = this.#geo;
    const said = `${health.state} ${health.detail}`;
    if (said === this.#toldGeo) return;
    this.#toldGeo = said;
    this.#host.tell({ kind: "health", part: health });
  }
}
