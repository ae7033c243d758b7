/**
 * Every key in Redis, its shape and its lifetime. Nothing else in the product spells a key.
 *
 * Rule: all keys share one hash tag, so that a Cluster keeps them in one slot and MULTI works.
 * Rule: nothing is ever read with KEYS, and every collection that grows by itself has a bound stated here.
 */
import type { ListName } from "./lists.ts";

const prefix = "{sipprot}:";

export const redisKeys = {
  /** string: number of the layout; written by `sipprot setup`. */
  layout: `${prefix}layout`,
  /** hash: network → JSON ListEntry; kept until removed. */
  list: (name: ListName) => `${prefix}list:${name}`,
  /** hash: setting → JSON value; only what differs from the default is there. */
  settings: `${prefix}settings`,
  /** string: JSON PendingChange: a dangerous change that is undone unless it is confirmed in time; gone once it ended. */
  pendingChange: `${prefix}settings:pending`,
  /** string: JSON EndedChange, how the last pending one ended; lives ENDED_CHANGE_SECONDS. */
  endedChange: `${prefix}settings:ended`,
  /** hash: source → JSON RegisteredSource, by each host its own; at most what its workers export, lives REGISTERED_SECONDS. */
  registered: (host: string) => `${prefix}registered:${host}`,
  /** string: JSON Branding. */
  branding: `${prefix}branding`,
  /** string: JSON LogoFile. */
  brandingLogo: `${prefix}branding:logo`,
  /** hash: blockKey → JSON Block without its evidence; at most MAX_BLOCKS, swept when untilMs has passed. */
  blocks: `${prefix}blocks`,
  /** sorted set: blockKey by untilMs, for the sweep and the bound. */
  blocksByEnd: `${prefix}blocks:by-end`,
  /** hash: blockKey → JSON Evidence[]; only while fewer than MAX_BLOCKS_WITH_EVIDENCE are kept. */
  blockEvidence: `${prefix}blocks:evidence`,
  /** sorted set: blockKey by the time it was lifted by hand, so that a late report does not block it again. */
  liftedBlocks: `${prefix}blocks:lifted`,
  /** hash: source → how often it was blocked; at most MAX_STRIKES, forgotten STRIKES_SECONDS after the last block. */
  strikes: `${prefix}strikes`,
  /** sorted set: source by the time of its last strike in milliseconds. */
  strikesByTime: `${prefix}strikes:by-time`,
  /** string: grows with each change of lists and settings, so that a change decided on an old state is not written. */
  version: `${prefix}version`,
  /** stream of `change` (JSON Change) and `by` (who made it); capped at MAX_CHANGES. */
  changes: `${prefix}changes`,
  /**
   * stream of `networks` (their texts, one space between two): what one step of a large change touched. The id is the
   * version the step made. Capped at MAX_LIST_STEPS; lives LIST_STEPS_SECONDS after the last, some 40 MB at most.
   */
  listSteps: `${prefix}list-steps`,
  /** hash: network → JSON ListEntry, taken off a list a moment ago; lives REMOVED_SECONDS. `undo` names the removal. */
  removedEntries: (list: ListName, undo: string) => `${prefix}removed:${list}:${undo}`,
  /** stream of `events` (JSON SipEvent[]); capped at MAX_EVENT_BATCHES. */
  events: `${prefix}events`,
  /** channel, nothing is kept: failures of accounts at strangers, told by each host to the others. */
  accountFailures: `${prefix}account-failures`,
  /** hash: host name → JSON Host. */
  hosts: `${prefix}hosts`,
  /**
   * hash: `kind|gate|endpoint|country` → messages, one for each minute (2026-11-22T13:05), hour (2026-11-22T13) and day
   * (2026-11-22) of UTC. `passed` of a gate and an endpoint is there too, and `blocks|||`, the blocks in force at its end.
   */
  counts: (period: string) => `${prefix}counts:${period}`,
  /** sorted set: `kind|source|country|method|endpoint|gate` by messages; of each period the busiest. */
  attackers: (period: string) => `${prefix}attackers:${period}`,
  /** sorted set: `kind|country|endpoint|gate|agent`, at most MAX_AGENT_CHARACTERS of the agent, by messages; the busiest. */
  agents: (period: string) => `${prefix}agents:${period}`,
  /** hash: feed id → JSON Feed; at most MAX_FEEDS. */
  feeds: `${prefix}feeds`,
  /** hash: feed id → JSON FeedProgress. */
  feedProgress: `${prefix}feeds:progress`,
  /** set: networks of a feed's last good copy; at most MAX_FEED_ENTRIES. */
  feedCopy: (id: string) => `${prefix}feeds:copy:${id}`,
  /** hash: feed id → JSON FeedStage, while something is done with it. */
  feedWork: `${prefix}feeds:work`,
  /** string: held by the one control that is at the feeds; lives ten minutes at most. */
  feedLock: `${prefix}feeds:lock`,
  /** string: JSON NotificationSettings without secrets. */
  notifications: `${prefix}notifications`,
  /** hash: `smtpPassword`, `webhookSecret`; never part of an answer or a backup. */
  notificationSecrets: `${prefix}notifications:secrets`,
  /** hash: channel, or `mail:LANGUAGE` → JSON of how far it has told, and of its retries. */
  notificationProgress: `${prefix}notifications:progress`,
  /** list: JSON NotificationRecord, the newest first; at most MAX_NOTIFICATION_RECORDS. */
  notificationHistory: `${prefix}notifications:history`,
  /** hash: channel, or `mail:LANGUAGE` → JSON ChannelHealth. */
  notificationHealth: `${prefix}notifications:health`,
  /** string: held by the one control that is sending; lives two minutes at most. */
  notificationLock: `${prefix}notifications:lock`,
  /** hash: account name → JSON account; at most MAX_USERS, kept until removed. */
  users: `${prefix}users`,
  /** string: grows with each change of the accounts, so that two changes at once do not undo each other. */
  usersVersion: `${prefix}users:version`,
  /** hash: hash of the session's id → JSON session; at most MAX_SESSIONS, swept when its time is over. */
  sessions: `${prefix}sessions`,
  /** sorted set: hash of the session's id by when it was last used, in milliseconds. */
  sessionsSeen: `${prefix}sessions:seen`,
  /** hash: hash of an API token → JSON token; at most MAX_TOKENS, kept until revoked. */
  tokens: `${prefix}tokens`,
  /** sorted set: token id by when it was last used, in milliseconds. */
  tokensUsed: `${prefix}tokens:used`,
  /** hash: n (failed sign-ins), at (the last); lives SIGN_IN_MEMORY_SECONDS after the last. `what` is a hash of who. */
  signInFailures: (what: string) => `${prefix}sign-in:failures:${what}`,
  /** sorted set: sources an account signed in from, by time; MAX_KNOWN_SOURCES, lives KNOWN_SOURCE_SECONDS. */
  signInSources: (account: string) => `${prefix}sign-in:sources:${account}`,
  /** hash: step of the first run → `answered` or `skipped`; `end` → how it ended; `answer`, `traffic` once seen. */
  firstRun: `${prefix}first-run`,
  /** What a restore has read and not yet put in place; `part` names the restore and what it is. Lives RESTORE_SECONDS. */
  restore: (part: string) => `${prefix}restore:${part}`,
  /** stream of `record` (JSON NewAuditRecord); capped at MAX_AUDIT_RECORDS. */
  audit: `${prefix}audit`,
} as const;

/** Version of the key layout. */
export const REDIS_LAYOUT = 1;
/** Changes kept for proxies that were away; one further behind reads everything anew. */
export const MAX_CHANGES = 50_000;
/** Steps of large changes kept for those who follow: a whole list of a million in steps of a thousand. */
export const MAX_LIST_STEPS = 1000;
/** Whoever was away for longer reads the list anew. */
export const LIST_STEPS_SECONDS = 600;
/** How long a removal can be taken back: the page offers it for seconds, a program may take a little longer. */
export const REMOVED_SECONDS = 300;
/** Event batches kept for those who follow live or look back. */
export const MAX_EVENT_BATCHES = 20_000;
/** How long a source's blocks are remembered: long enough to catch one that comes back each week. */
export const STRIKES_SECONDS = 30 * 86_400;
/**
 * What the counts of a period keep: for how long, and how many attackers and agents by name. A scanner that makes up a
 * new agent each time pushes out its own.
 */
export const COUNT_LIMITS = {
  /** Two days, and two hours to spare: the last 24 hours and the 24 before them, to the minute. */
  minute: { seconds: 50 * 3600, maxAttackers: 100, maxAgents: 50 },
  /** A month by the hour and the month before it. */
  hour: { seconds: 65 * 86_400, maxAttackers: 500, maxAgents: 200 },
  /** This month against the same month last year. */
  day: { seconds: 400 * 86_400, maxAttackers: 20_000, maxAgents: 2000 },
} as const;
/** Entries one list may have: twice what the pages promise to sort within 200 ms. */
export const MAX_LIST_ENTRIES = 1_000_000;
/** Blocks in force at once, all hosts together; beyond, the one that ends first makes room. */
export const MAX_BLOCKS = 50_000;
/** Blocks whose messages are kept: five of 2 KiB each make 100 MiB at worst. */
export const MAX_BLOCKS_WITH_EVIDENCE = 10_000;
/** Sources whose earlier blocks are remembered; beyond, the one blocked longest ago is forgotten. */
export const MAX_STRIKES = 200_000;
/** Lifted blocks are remembered for longer than any report of an old block may be late. */
export const LIFTED_SECONDS = 7 * 86_400;
/** As much of a user agent as statistics keep. */
export const MAX_AGENT_CHARACTERS = 100;
/** Feeds at once. */
export const MAX_FEEDS = 20;
/** Messages remembered, sent and failed: with one an hour by both channels ten days. */
export const MAX_NOTIFICATION_RECORDS = 500;
/** Networks of one feed: the largest public lists have some 400,000. */
export const MAX_FEED_ENTRIES = 500_000;
/** Hosts that share one store. */
export const MAX_HOSTS = 1000;
/** Accounts of people. */
export const MAX_USERS = 200;
/** Sessions at once, all accounts together; beyond, the one unused for longest ends. */
export const MAX_SESSIONS = 2000;
/** API tokens at once. */
export const MAX_TOKENS = 500;
/** A failed sign-in is forgotten after an hour without another. */
export const SIGN_IN_MEMORY_SECONDS = 3600;
/** Sources an account is known at: offices, homes, telephones on the road. */
export const MAX_KNOWN_SOURCES = 50;
/** A source is forgotten a quarter after the last sign-in from it. */
export const KNOWN_SOURCE_SECONDS = 90 * 86_400;
/** A restore that broke off leaves nothing behind for longer; a million entries are read in a minute or two. */
export const RESTORE_SECONDS = 3600;
/** A source is in good standing for a day; a host that is away longer is not asked about. */
export const REGISTERED_SECONDS = 2 * 86_400;
/** How a pending change ended is told to pages that come back to it. */
export const ENDED_CHANGE_SECONDS = 600;
/** Changes kept in the audit trail: about 25 MiB, 300 MiB at the very worst. */
export const MAX_AUDIT_RECORDS = 50_000;
