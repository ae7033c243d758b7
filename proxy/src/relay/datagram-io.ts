/** Which sockets the worker uses: batched where they can be had and pass a trial, else Node's own. */
import { BatchedDatagrams } from "./batch/batched-datagrams.ts";
import { loadSystemCalls } from "./batch/system-calls.ts";
import { tryBatch } from "./batch/trial.ts";
import type { DatagramIo } from "./datagram-port.ts";
import { plainDatagrams } from "./plain-datagrams.ts";

/** SIPPROT_IO. */
export type IoWish = "batch" | "dgram" | "auto";

export interface ChosenIo {
  readonly io: DatagramIo;
  /** Why batches are not used; "" when they are, or were not wished for. */
  readonly whyNotBatch: string;
}

/** Chooses. Never rejects: without batches the same works with more system calls. */
export async function chooseDatagramIo(wish: IoWish, load = loadSystemCalls): Promise<ChosenIo> {
  if (wish === "dgram") return { io: plainDatagrams, whyNotBatch: "" };
  try {
    const calls = await load();
    tryBatch(calls);
    return { io: new BatchedDatagrams(calls), whyNotBatch: "" };
  } catch (error) {
    return { io: plainDatagrams, whyNotBatch: (error as Error).message };
  }
}
