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
  private ordered: Set<string> = new Set();
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
    const wantedOdd = [...wanted].filter(isOdd);
    if (mergeRanges(odd).join() !== mergeRanges(wantedOdd).join()) await this.writeOdd(wantedOdd);
    await this.writeHash(
      [...wanted].filter((network) => !hash.has(network) && !isOdd(network)),
      [...hash].filter((network) => !wanted.has(network) && !isOdd(network)),
    );
    this.isKnown = true;
  }

  /** Adds canonical networks (`true`) and takes away others. Costs what changes, however long the list is; an odd length costs all of them. */
  async change(changes: ReadonlyMap<string, boolean>): Promise<void> {
    const added: string[] = [];
    const removed: string[] = [];
    let isOddTouched = false;
    for (const [network, isWanted] of changes) {
      if (this.ordered.has(network) === isWanted) continue;
      if (isWanted) this.ordered.add(network);
      else this.ordered.delete(network);
      if (isOdd(network)) isOddTouched = true;
      else if (isWanted) added.push(network);
      else removed.push(network);
    }
    if (!this.isKnown) return this.replace(this.ordered);
    this.isKnown = false;
    if (isOddTouched) await this.writeOdd([...this.ordered].filter(isOdd));
    await this.writeHash(added, removed);
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

  private async writeOdd(networks: readonly string[]): Promise<void> {
    const flushes = [4, 6].map((family) => `flush set inet ${BAN_TABLE} ${this.kind}${family}_odd\n`);
    await this.session.run(flushes.join("") + this.write("add", networks));
  }

  private async writeHash(added: readonly string[], removed: readonly string[]): Promise<void> {
    // Deleting what is not there would fail the whole transaction.
    for (const gone of inPortions(removed))
      await this.session.run(this.write("add", gone) + this.write("delete", gone));
    for (const portion of inPortions(added)) await this.session.run(this.write("add", portion));
  }

  private write(verb: "add" | "delete", networks: readonly string[]): string {
    return writeElements(
      verb,
      BAN_TABLE,
      networks.map((network) => ({ set: setNameOf(this.kind, network), network })),
    );
  }

  private async readPresent(): Promise<{ hash: ReadonlySet<string>; odd: readonly string[] }> {
    const { standing, odd } = await readSets(this.prefix, this.kind);
    return { hash: new Set(standing.keys()), odd };
  }
}
