/** Sources that phones registered from, on their way to the store: of each only what changed since it was written last. */
import { MAX_NAMED_ACCOUNTS, MAX_SOURCE_AGENTS, type RegisteredSource } from "@sipprot/shared/registered-source";
import type { RegisteredChange } from "@sipprot/shared/store/registered-store";
import { type StandingRecord, standingRecordSchema } from "../policy/standing.ts";

const HOUR_MS = 3_600_000;

export class RegisteredWriter {
  readonly #write: (change: RegisteredChange) => Promise<void>;
  /** What each worker told last, until it is looked at. */
  readonly #told = new Map<number, unknown>();
  /** Source → its record as the store has it; undefined before the first write. */
  #written: Map<string, string> | undefined;
  #isTouched = false;
  #flushing: Promise<void> | undefined;

  /** `write` throws when the store does not take it; it is tried again with the next flush. */
  constructor(write: (change: RegisteredChange) => Promise<void>) {
    this.#write = write;
  }

  /** Takes what a worker exported of sources in good standing. */
  note(workerIndex: number, standing: unknown): void {
    this.#told.set(workerIndex, standing);
    this.#isTouched = true;
  }

  /** Writes what changed. Throws what `write` throws. */
  async flush(): Promise<void> {
    this.#flushing ??= this.#flush().finally(() => {
      this.#flushing = undefined;
    });
    await this.#flushing;
  }

  async #flush(): Promise<void> {
    if (!this.#isTouched) return;
    this.#isTouched = false;
    const now = new Map([...mergeStanding(this.#told.values())].map(([source, one]) => [source, JSON.stringify(one)]));
    const put = new Map([...now].filter(([source, text]) => this.#written?.get(source) !== text));
    const gone = [...(this.#written?.keys() ?? [])].filter((source) => !now.has(source));
    try {
      await this.#write({ put, gone, isFirst: this.#written === undefined });
      this.#written = now;
    } catch (error) {
      // What was written of it is not known: the next time begins anew.
      this.#written = undefined;
      this.#isTouched = true;
      throw error;
    }
  }
}

/** One source may be known to several workers: each carries its own ports. */
function mergeStanding(told: Iterable<unknown>): Map<string, RegisteredSource> {
  const merged = new Map<string, { accounts: Map<string, number>; agents: Set<string>; trunkMs: number }>();
  for (const records of told) {
    if (!Array.isArray(records)) continue;
    for (const raw of records) {
      const record = standingRecordSchema.safeParse(raw).data;
      if (record === undefined) continue;
      const known = merged.get(record.source) ?? { accounts: new Map(), agents: new Set(), trunkMs: 0 };
      for (const [account, atMs] of record.accounts) {
        known.accounts.set(account, Math.max(atMs, known.accounts.get(account) ?? 0));
      }
      for (const agent of record.agents ?? []) known.agents.add(agent);
      known.trunkMs = Math.max(known.trunkMs, record.trunkMs);
      merged.set(record.source, known);
    }
  }
  return new Map([...merged].map(([source, known]) => [source, describe(known)]));
}

function describe({
  accounts,
  agents,
  trunkMs,
}: {
  readonly accounts: ReadonlyMap<string, number>;
  readonly agents: ReadonlySet<string>;
  readonly trunkMs: StandingRecord["trunkMs"];
}): RegisteredSource {
  const newestFirst = [...accounts].sort(([, one], [, other]) => other - one);
  const lastAtMs = Math.max(trunkMs, newestFirst[0]?.[1] ?? 0);
  return {
    // By name, so that phones that register in turn do not write the record anew each time.
    accounts: newestFirst
      .slice(0, MAX_NAMED_ACCOUNTS)
      .map(([account]) => account)
      .sort(),
    accountCount: accounts.size,
    agents: [...agents].slice(-MAX_SOURCE_AGENTS).sort(),
    lastAtMs: Math.floor(lastAtMs / HOUR_MS) * HOUR_MS,
    isTrunk: trunkMs > 0,
  };
}
