/** What is measured of the host while it soaks, and whether it stayed flat. */
import { readdir, readFile } from "node:fs/promises";
import type { Host } from "../lab/site.ts";

export interface Sample {
  readonly atSeconds: number;
  readonly mainBytes: number;
  readonly workerBytes: number;
  readonly mainDescriptors: number;
  readonly workerDescriptors: number;
  readonly workerPid: number;
}

async function residentBytes(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, "utf8");
  return Number(/^VmRSS:\s+(\d+)/m.exec(status)?.[1] ?? 0) * 1024;
}

const countDescriptors = async (pid: number) => (await readdir(`/proc/${pid}/fd`)).length;

/** One look; undefined in the moment in which workers change. */
export async function takeSample(host: Host, atSeconds: number): Promise<Sample | undefined> {
  try {
    const [workerPid, another] = await host.workers();
    if (workerPid === undefined || another !== undefined) return undefined;
    const { pid } = host.proxy;
    return {
      atSeconds,
      mainBytes: await residentBytes(pid),
      workerBytes: await residentBytes(workerPid),
      mainDescriptors: await countDescriptors(pid),
      workerDescriptors: await countDescriptors(workerPid),
      workerPid,
    };
  } catch {
    return undefined;
  }
}

/** The middle one. */
export function median(numbers: readonly number[]): number {
  return numbers.toSorted((one, other) => one - other)[Math.floor(numbers.length / 2)] ?? 0;
}

/** By how much the median of the last third is above that of the second, as a share. */
export function growthOf(numbers: readonly number[]): number {
  const third = Math.floor(numbers.length / 3);
  const before = median(numbers.slice(third, 2 * third));
  return before === 0 ? 0 : median(numbers.slice(2 * third)) / before - 1;
}
