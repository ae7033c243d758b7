/** Reads the addresses and networks that were typed into a box: by lines, commas, semicolons or spaces. Pure. */
import { readNetwork } from "./read-network.ts";

export interface TypedNetworks {
  /** Canonical, each once. */
  readonly networks: readonly string[];
  /** What is neither an address nor a network, as typed. */
  readonly wrong: readonly string[];
}

export function readTypedNetworks(text: string): TypedNetworks {
  const networks = new Set<string>();
  const wrong: string[] = [];
  for (const part of text.split(/[\s,;]+/).filter((one) => one !== "")) {
    const network = readNetwork(part);
    if (network === undefined) wrong.push(part);
    else networks.add(network);
  }
  return { networks: [...networks], wrong };
}
