/** The allowed and the denied networks in the kernel: exactly what was ordered, changed by differences. */
import { BAN_TABLE } from "./ban-rules.ts";
import { inPortions, isOdd, mergeRanges, setNameOf, writeElements } from "./network-sets.ts";
import type { NftSession } from "./nft-session.ts";
import type { CommandPrefix } from "./program.ts";
import { readSets } from "./set-listing.ts";

export type SourceListKind = "allow" | "deny";

export class SourceList {
  private readonly kind: SourceListKind;
  private readonly session: NftSession;
  private readonly prefix: CommandPrefix;
  private ordered: ReadonlySet<string> = new Set();
  /** True while the kernel is known to hold what was ordered. */
  private isKnown = false;

  constructor(kind: SourceListKind, session: NftSession, prefix: CommandPrefix) {
    this.kind = kind;
    this.session = session;
    this.prefix = prefix;
  }

  get size(): number {
    return this.ordered.size;
  }

  /** From now on exactly these canonical networks. Common prefix lengths change in portions, odd ones whole. */
  async replace(networks: Iterable<string>): Promise<void> {
    const wanted = new Set(networks);
    const { hash, odd } = this.isKnown
      ? { hash: this.ordered, odd: [...this.ordered].filter(isOdd) }
      : await this.readPresent();
    this.ordered = wanted;
    this.isKnown = false;
    const change = (network: string) => ({ set: setNameOf(this.kind, network), network });
    const wantedOdd = [...wanted].filter(isOdd);
    if (mergeRanges(odd).join() !== mergeRanges(wantedOdd).join()) {
      const flushes = [4, 6].map((family) => `flush set inet ${BAN_TABLE} ${this.kind}${family}_odd\n`);
      await this.session.run(flushes.join("") + writeElements("add", BAN_TABLE, wantedOdd.map(change)));
    }
    const removed = [...hash].filter((network) => !wanted.has(network) && !isOdd(network));
    const added = [...wanted].filter((network) => !hash.has(network) && !isOdd(network));
    for (const portion of inPortions(removed)) {
      const gone = portion.map(change);
      // Deleting what is not there would fail the whole transaction.
      await this.session.run(writeElements("add", BAN_TABLE, gone) + writeElements("delete", BAN_TABLE, gone));
    }
    for (const portion of inPortions(added))
      await this.session.run(writeElements("add", BAN_TABLE, portion.map(change)));
    this.isKnown = true;
  }

  /** Reads the kernel and says in sentences what differs. */
  async compare(): Promise<string[]> {
    const { hash, odd } = await this.readPresent();
    const set = `the kernel's ${this.kind} set`;
    const differences: string[] = [];
    for (const network of this.ordered)
      if (!isOdd(network) && !hash.has(network)) differences.push(`${network} is missing from ${set}`);
    for (const network of hash)
      if (!this.ordered.has(network)) differences.push(`${network} is in ${set}, and nobody ordered it`);
    if (mergeRanges(odd).join() !== mergeRanges([...this.ordered].filter(isOdd)).join())
      differences.push(`the ranges in ${set} are not those ordered`);
    if (differences.length > 0) this.isKnown = false;
    return differences;
  }

  /** Reads the kernel and puts right what differs. */
  async repair(): Promise<void> {
    this.isKnown = false;
    await this.replace(this.ordered);
  }

  private async readPresent(): Promise<{ hash: ReadonlySet<string>; odd: readonly string[] }> {
    const { standing, odd } = await readSets(this.prefix, this.kind);
    return { hash: new Set(standing.keys()), odd };
  }
}
