/** A browser on another machine: a network namespace at the end of a wire, so that the pages see a stranger's address. */
import { execFileSync } from "node:child_process";
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

export interface FarAway {
  /** The address of the browser's machine. */
  readonly address: string;
  /** The address it reaches this host at. */
  readonly hostAddress: string;
  /** Starts Chromium over there. */
  readonly browserCommand: string;
}

declare module "vitest" {
  interface ProvidedContext {
    farAway: FarAway;
  }
}

/**
 * Makes the namespace and the wire; needs root. Once, before any browser runs: to each of them a new wire of this host
 * is a change of network that breaks off what it loads.
 */
export function makeFarAway(): FarAway & { readonly remove: () => void } {
  const name = `e2e${process.pid}`;
  // Of the network for measurements (RFC 2544), so that it is nobody's; the process makes it unlike others' at work here.
  const pair = process.pid % 32_768;
  const network = `198.${18 + (pair >> 14)}.${(pair >> 6) & 255}`;
  const [hostAddress, address] = [1, 2].map((last) => `${network}.${(pair & 63) * 4 + last}`) as [string, string];
  const folder = mkdtempSync(join(tmpdir(), "sipprot-far-"));
  const browserCommand = join(folder, "chromium");
  writeFileSync(browserCommand, `#!/bin/sh\nexec ip netns exec ${name} /usr/bin/chromium "$@"\n`);
  chmodSync(browserCommand, 0o755);
  const ip = (line: string) => execFileSync("ip", line.split(" "));
  const remove = () => {
    rmSync(folder, { recursive: true, force: true });
    ip(`netns delete ${name}`);
  };
  ip(`netns add ${name}`);
  try {
    ip(`link add ${name}h type veth peer name ${name}f netns ${name}`);
    ip(`address add ${hostAddress}/30 dev ${name}h`);
    ip(`link set ${name}h up`);
    ip(`-n ${name} address add ${address}/30 dev ${name}f`);
    ip(`-n ${name} link set ${name}f up`);
    ip(`-n ${name} link set lo up`);
    return { address, hostAddress, browserCommand, remove };
  } catch (error) {
    remove();
    throw error;
  }
}
