/** The dynamic blocks: show them, lift them, and learn whether every host has lifted them. */
import { setTimeout as pause } from "node:timers/promises";
import type { Block } from "@sipprot/shared/block";
import { HOST_SILENT_AFTER_MS, type Host, type PartHealth } from "@sipprot/shared/host";
import type { ListEntry } from "@sipprot/shared/lists";
import { readBlocks, unblock } from "@sipprot/shared/store/block-store";
import { readLastChangeId } from "@sipprot/shared/store/change-stream";
import { readHosts } from "@sipprot/shared/store/host-store";
import { type Author, findListEntries } from "@sipprot/shared/store/list-store";
import type { Redis } from "ioredis";
import { sortByNetwork } from "./lists.ts";

/** The blocks in force, in the order of their sources. */
export async function showBlocks(redis: Redis, nowMs: number): Promise<Block[]> {
  const blocks: Block[] = [];
  for await (const portion of readBlocks(redis)) blocks.push(...portion.filter((block) => block.untilMs > nowMs));
  return sortByNetwork(blocks, (block) => block.source);
}

/** Whether a host has applied a change, and how its kernel sets are. */
export interface Confirmation {
  readonly host: string;
  readonly hasApplied: boolean;
  /** State of the kernel's ban sets as read back, or undefined when the host does not tell. */
  readonly kernel: PartHealth["state"] | undefined;
}

export interface Unblocking {
  readonly lifted: readonly Block[];
  /** Entries of the denylist that go on refusing the address. */
  readonly stillDenied: readonly ListEntry[];
  /** One for each host that is alive; none when no proxy runs. */
  readonly hosts: readonly Confirmation[];
}

/** Hosts tell of themselves every 5 s; a little more than one round. */
const CONFIRM_WITHIN_MS = 7000;
const LOOK_EVERY_MS = 250;

/** Lifts what blocks an address (canonical), and waits until the living hosts say that they did, for at most 7 s. */
export async function liftAddress(redis: Redis, address: string, author: Author): Promise<Unblocking> {
  const lifted = await unblock(redis, address, author);
  const changeId = await readLastChangeId(redis);
  const stillDenied = await findListEntries(redis, "deny", address);
  return { lifted, stillDenied, hosts: await waitForHosts(redis, changeId) };
}

/** Waits until every living host has applied the change; answers with what they say then. */
export async function waitForHosts(redis: Redis, changeId: string): Promise<Confirmation[]> {
  const giveUpAtMs = Date.now() + CONFIRM_WITHIN_MS;
  for (;;) {
    const living = (await readHosts(redis)).filter((host) => Date.now() - host.seenAtMs <= HOST_SILENT_AFTER_MS);
    const confirmations = living.map((host) => confirm(host, changeId));
    if (confirmations.every((one) => one.hasApplied) || Date.now() >= giveUpAtMs) return confirmations;
    await pause(LOOK_EVERY_MS);
  }
}

function confirm(host: Host, changeId: string): Confirmation {
  return {
    host: host.name,
    hasApplied: !isEarlier(host.lastChangeId, changeId),
    kernel: host.health.find((part) => part.part === "kernel-bans")?.state,
  };
}

/** True when a stream id (`milliseconds-number`) comes before another. */
export function isEarlier(id: string, other: string): boolean {
  const [time = 0, number = 0] = id.split("-").map(Number);
  const [otherTime = 0, otherNumber = 0] = other.split("-").map(Number);
  return time < otherTime || (time === otherTime && number < otherNumber);
}
