/** What the kernel's sets hold, read with nft's own JSON. */
import type { Namespace } from "./namespace.ts";

/** The listing of half a million elements. */
const MAX_LISTING_CHARACTERS = 64 * 1024 * 1024;

/** One element of any set of the gate's tables. */
export interface SetElement {
  readonly table: string;
  readonly set: string;
  /** Address or network as text. */
  readonly network: string;
  /** Packets its counter saw; 0 without a counter. */
  readonly packets: number;
  readonly expiresSeconds: number;
}

/** All elements of all sets in tables whose name begins with sipprot. */
export async function readSets(pbx: Namespace): Promise<SetElement[]> {
  const { stdout } = await pbx.run("nft", ["-j", "list", "ruleset"], { outputCharacters: MAX_LISTING_CHARACTERS });
  const { nftables } = JSON.parse(stdout) as { nftables: { set?: NftSet }[] };
  return nftables.flatMap(({ set }) => {
    if (set === undefined || !set.table.startsWith("sipprot")) return [];
    return (set.elem ?? []).map((element) => describeElement(set, element));
  });
}

/** The elements that are about a source: its address, or the network it counts as. */
export async function elementsOf(pbx: Namespace, network: string): Promise<SetElement[]> {
  return (await readSets(pbx)).filter((element) => element.network === network || element.network === `${network}/32`);
}

/** A value as nft writes it: an address, or a network. */
type NftValue = string | { readonly prefix: { readonly addr: string; readonly len: number } };
interface NftElement {
  readonly val: NftValue;
  readonly expires?: number;
  readonly counter?: { readonly packets: number };
}
interface NftSet {
  readonly table: string;
  readonly name: string;
  /** Bare values when they carry neither time nor counter. */
  readonly elem?: readonly (NftValue | { readonly elem: NftElement })[];
}

function describeElement(set: NftSet, element: NftValue | { readonly elem: NftElement }): SetElement {
  const {
    val,
    expires = 0,
    counter,
  }: NftElement = typeof element === "object" && "elem" in element ? element.elem : { val: element };
  return {
    table: set.table,
    set: set.name,
    network: networkText(val),
    packets: counter?.packets ?? 0,
    expiresSeconds: expires,
  };
}

function networkText(value: NftValue): string {
  if (typeof value === "string") return value;
  return "prefix" in value ? `${value.prefix.addr}/${value.prefix.len}` : JSON.stringify(value);
}
