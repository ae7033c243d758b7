/** A data-path worker: a process of its own that main forks with advanced serialization; see worker-messages.ts. */
import { setTimeout as sleep } from "node:timers/promises";
import { steadyNow } from "./clock.ts";
import { DataPath } from "./relay/data-path.ts";
import type { MainToWorker, WorkerToMain } from "./worker-messages.ts";

/** Messages main has not taken yet; beyond, they are lost here rather than held without end. */
const MAX_UNTAKEN = 500;
/** How long a last word may take to reach main. */
const FAREWELL_MS = 500;

/** Work on main's messages in one turn of the event loop. Many of them arrive at once while a list is loading. */
const TURN_MS = 0.5;

const waiting: MainToWorker[] = [];
let untaken = 0;
let dataPath: DataPath | undefined;

function isHeard(): boolean {
  return process.connected && untaken < MAX_UNTAKEN;
}

function tell(message: WorkerToMain): boolean {
  if (process.send === undefined || !isHeard()) return false;
  untaken += 1;
  process.send(message, undefined, undefined, () => {
    untaken -= 1;
  });
  return true;
}

/** Waits until main has taken what was told, but not for long. */
async function farewell(): Promise<void> {
  for (let waitedMs = 0; untaken > 0 && waitedMs < FAREWELL_MS; waitedMs += 10) await sleep(10);
}

/** Says why and ends; main starts another one. */
function fail(error: unknown): void {
  const message = error instanceof Error ? error.message : String(error);
  const end = () => process.exit(1);
  if (process.send === undefined || !process.connected) end();
  process.send?.({ kind: "fatal", message: message.slice(0, 500) } satisfies WorkerToMain, undefined, undefined, end);
  setTimeout(end, FAREWELL_MS);
}

function becomeUser({ uid, gid }: { readonly uid: number; readonly gid: number }): void {
  process.setgroups?.([]);
  process.setgid?.(gid);
  process.setuid?.(uid);
}

async function take(message: MainToWorker): Promise<void> {
  switch (message.kind) {
    case "start":
      if (dataPath !== undefined) throw new Error("the worker was started already");
      dataPath = new DataPath(message, { tell, isHeard, now: steadyNow, runAs: becomeUser });
      return;
    case "open":
      if (dataPath === undefined) throw new Error("the worker was told to open before it was started");
      await dataPath.open();
      return;
    case "stop":
      await dataPath?.close();
      await farewell();
      process.disconnect?.();
      return;
    default:
      dataPath?.apply(message);
  }
}

/** Takes what main said, in its order, for a moment a turn: what comes from the network has its turn in between. */
function takeWaiting(): void {
  const endMs = performance.now() + TURN_MS;
  do {
    const message = waiting.shift();
    if (message !== undefined) take(message).catch(fail);
  } while (waiting.length > 0 && performance.now() < endMs);
  if (waiting.length > 0) setImmediate(takeWaiting);
}

process.on("message", (message: MainToWorker) => {
  waiting.push(message);
  // Else a turn is on its way already.
  if (waiting.length === 1) setImmediate(takeWaiting);
});
// Without main nobody feeds lists and blocks, and the steering is gone or closed: there is nothing to stay for.
process.on("disconnect", () => {
  dataPath?.releaseConnections();
  process.exit(0);
});
// Ctrl-C, pm2 and systemd signal the whole group at once; main takes the traffic away first, then tells us to stop.
process.on("SIGINT", () => {});
process.on("SIGTERM", () => {});
process.on("uncaughtException", fail);
process.on("unhandledRejection", fail);
