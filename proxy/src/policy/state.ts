/** All that the policy remembers, in one object: settings, lists, tables. The rules are functions over it. */
import type { Settings } from "@sipprot/shared/settings";
import { AgentRules } from "./agent-rules.ts";
import type { Effect } from "./decision.ts";
import { EndTimes } from "./end-times.ts";
import { EventCounts } from "./event-counts.ts";
import { EvidenceStore } from "./evidence-store.ts";
import { KeyedHash, SECRET_BYTES } from "./keyed-hash.ts";
import { NetworkSet } from "./network-set.ts";
import { RecentSet } from "./recent-set.ts";
import { MAX_SHARED_ACCOUNTS, SharedAccounts } from "./shared-accounts.ts";
import { MAX_SOURCES, Sources } from "./sources.ts";
import { Strikes } from "./strikes.ts";

/** What the policy is made with. Everything it may know of the world outside. */
export interface PolicyOptions {
  /** Name of this host, for blocks and events. */
  readonly host: string;
  /** At least 8 random bytes, kept over a restart or not; without it nobody can aim at a table. */
  readonly secret: Uint8Array;
  readonly settings: Settings;
  /** Canonical addresses and networks of this host and of the PBX: never refused. */
  readonly ownNetworks: readonly string[];
  /** Country code of a canonical address, undefined when unknown. Asked once a source. */
  readonly country: (address: string) => string | undefined;
  /** Sources held at once; MAX_SOURCES when absent. */
  readonly maxSources?: number;
  /** How many workers share the sources among them; what limits all sources together is limited to a share of it here. */
  readonly workers?: number;
}

/** Nonces remembered: at 4 MB, those of the last 500,000 challenges. */
export const MAX_NONCES = 524_288;
/** Dialogs remembered: calls and subscriptions of a large site. */
export const MAX_DIALOGS = 131_072;
/** Requests of strangers that were turned away until they are sent again: at 1 MB, those of some seconds of a large flood. */
export const MAX_TURNED_AWAY = 131_072;
/** The PBX's own requests whose answers are awaited, and INVITE transactions that were answered well. */
export const MAX_BRANCHES = 65_536;
/** Attempts held at once over all sources; strangers without proof may use half. No PBX checks 1,000 passwords a second for long. */
export const MAX_ATTEMPTS = 65_536;
/** Challenged identities remembered over all sources. */
export const MAX_IDENTITIES = 500_000;
/** Effects waiting for the shell; beyond, they are counted and lost. */
export const MAX_EFFECTS = 50_000;

export class PolicyState {
  readonly host: string;
  readonly workers: number;
  settings: Settings;
  readonly country: (address: string) => string | undefined;
  readonly hash: KeyedHash;
  own = new NetworkSet();
  allow = new NetworkSet();
  deny = new NetworkSet();
  /** When entries with an end stop counting, by network, for each list. */
  readonly allowEnds = new EndTimes();
  readonly denyEnds = new EndTimes();
  /** Grows with each change of a list: what sources remember of an older one is void. */
  listVersion = 0;
  /** Grows with each change of the geo settings or the database. */
  countryVersion = 0;
  countries: ReadonlySet<string>;
  agents: AgentRules;
  readonly sources: Sources;
  readonly strikes = new Strikes();
  readonly sharedAccounts = new SharedAccounts(MAX_SHARED_ACCOUNTS);
  readonly nonces = new RecentSet(MAX_NONCES);
  readonly dialogs = new RecentSet(MAX_DIALOGS);
  readonly branches = new RecentSet(MAX_BRANCHES);
  readonly turnedAway = new RecentSet(MAX_TURNED_AWAY);
  /** When what strangers sent together would be worked off (see gates/crowd). */
  crowdFullMs = 0;
  readonly evidence = new EvidenceStore();
  readonly events = new EventCounts();
  effects: Effect[] = [];
  lostEffects = 0;
  attempts = 0;
  identities = 0;
  /** The latest time the policy was told. */
  nowMs = 0;

  constructor(options: PolicyOptions) {
    if (options.secret.length < SECRET_BYTES) throw new RangeError(`the policy needs ${SECRET_BYTES} bytes of secret`);
    this.host = options.host;
    this.workers = options.workers ?? 1;
    this.settings = options.settings;
    this.country = options.country;
    this.hash = new KeyedHash(options.secret);
    for (const address of options.ownNetworks) this.own.put(address);
    this.countries = new Set(options.settings.geoCountries);
    this.agents = new AgentRules(options.settings.blockedAgents);
    this.sources = new Sources(options.maxSources ?? MAX_SOURCES, (source) => {
      this.attempts -= source.credit?.size ?? 0;
      this.identities -= source.identities?.size ?? 0;
    });
  }

  /** True while everything is decided and told, and nothing refused. */
  get isObserving(): boolean {
    return this.settings.mode === "observe";
  }

  addEffect(effect: Effect): void {
    if (this.effects.length < MAX_EFFECTS) this.effects.push(effect);
    else this.lostEffects += 1;
  }
}
