/** Reads what the kernel's sets of one kind hold, by network. */
import { BAN_TABLE } from "./ban-rules.ts";
import { ElementReader } from "./element-reader.ts";
import { type ListKind, networkOfElement, setNamesOf } from "./network-sets.ts";
import { type CommandPrefix, runProgram } from "./program.ts";

/** One network of a hash set. */
export interface Standing {
  readonly packets: number;
  /** Time left; undefined when it has no end. */
  readonly expiresInMs: number | undefined;
}

export interface SetListing {
  /** Networks of the common lengths. */
  readonly standing: ReadonlyMap<string, Standing>;
  /** Keys of the interval sets: addresses, networks or ranges `FIRST-LAST`, as the kernel has merged them. */
  readonly odd: readonly string[];
}

/** Rejects with `kernel-refused` when the table is not there. */
export async function readSets(prefix: CommandPrefix, kind: ListKind): Promise<SetListing> {
  const standing = new Map<string, Standing>();
  const odd: string[] = [];
  // One process a set: nft 1.0.6 finds only the last one of several in a command.
  for (const name of ([4, 6] as const).flatMap((family) => setNamesOf(kind, family))) {
    const reader = new ElementReader(({ set, key, packets, expiresInMs }) => {
      if (set.endsWith("_odd")) odd.push(key);
      else standing.set(networkOfElement(set, key), { packets, expiresInMs });
    });
    const command = ["nft", "list", "set", "inet", BAN_TABLE, name];
    await runProgram(prefix, command, { onOutput: (text) => reader.push(text) });
  }
  return { standing, odd };
}
