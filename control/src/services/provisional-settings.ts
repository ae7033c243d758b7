/**
 * Settings changed on the values that were seen, and dangerous changes on probation: in force at once, undone when nobody
 * confirms them in time. The store holds the former values, so that any control server can undo it, also one that was
 * started meanwhile.
 */
import { randomUUID } from "node:crypto";
import { SipprotError } from "@sipprot/shared/errors";
import { type SettingName, type Settings, settingNames } from "@sipprot/shared/settings";
import type { PendingChange, PendingView, SettingsApplied } from "@sipprot/shared/settings-change";
import { listDangers } from "@sipprot/shared/settings-danger";
import { checkPatch, isSameValue } from "@sipprot/shared/store/settings-store";
import type { Redis } from "ioredis";
import type { Actor } from "../api/actor.ts";
import { writeAuditRecord } from "../store/audit-store.ts";
import {
  type Ended,
  type Ending,
  endPendingChange,
  readEndedChange,
  readPendingChange,
  writeSettings,
} from "../store/pending-change-store.ts";
import { guardOwnAddress, type OpenCountries } from "./own-address.ts";
import { refuseLockOut, warn } from "./settings.ts";

/** How often it is looked for a change whose time is over. */
export const PROBATION_TURN_MS = 500;
/** Name in the audit trail when the time was over. */
const BY_TIME = "sipprot (not confirmed in time)";

export interface Wish {
  readonly patch: Partial<Settings>;
  /** The values whoever asks saw; a setting that is not here is changed whatever it is. */
  readonly from: Partial<Settings>;
}

/**
 * Changes settings; a dangerous change is pending for `confirmSeconds`.
 *
 * Throws `changed-meanwhile` naming the settings that are others by now; `change-pending` while another dangerous change
 * waits; `not-permitted` for what would refuse everybody, `lock-out` for what would cut off the caller.
 */
export async function applySettings(
  redis: Redis,
  open: OpenCountries,
  { patch, from }: Wish,
  confirmSeconds: number,
  actor: Actor,
): Promise<SettingsApplied> {
  const checked = checkPatch(patch);
  const names = settingNames.filter((name) => checked[name] !== undefined);
  const own = await guardOwnAddress(redis, open, actor.address, checked);
  const { before, after, pending } = await writeSettings(redis, checked, actor.by, (now, standing) => {
    const wanted: Settings = { ...now, ...checked };
    refuseStale(names, from, now, wanted);
    const first = names[0];
    if (first !== undefined) refuseLockOut(wanted, first, JSON.stringify(wanted[first]));
    const dangers = listDangers(now, wanted);
    if (dangers.length === 0) return undefined;
    if (standing !== undefined) throw stillPending(standing);
    return {
      id: randomUUID(),
      by: actor.by,
      atMs: actor.nowMs,
      untilMs: actor.nowMs + confirmSeconds * 1000,
      before: pick(names, now),
      after: pick(names, wanted),
      dangers,
    };
  });
  actor.tell({ before: pick(names, before), after: pick(names, after) });
  const warnings = [...new Set([...names.flatMap((name) => warn(name, after)), ...own])];
  return { settings: after, warnings, pending: pending ?? null };
}

/** The change that waits, and how the last one ended. */
export async function viewPending(redis: Redis): Promise<PendingView> {
  const [pending, ended] = await Promise.all([readPendingChange(redis), readEndedChange(redis)]);
  return { pending: pending ?? null, ended: ended ?? null };
}

/** Ends the pending change as its author or somebody else decides; without an id the one there is. Throws `not-found`. */
export async function decidePending(
  redis: Redis,
  id: string | undefined,
  how: Exclude<Ending, "undone-by-time">,
  actor: Pick<Actor, "by" | "nowMs" | "tell">,
): Promise<Ended> {
  const wanted = id ?? (await readPendingChange(redis))?.id;
  const ended = wanted === undefined ? undefined : await endPendingChange(redis, wanted, how, actor.by, actor.nowMs);
  if (ended === undefined) {
    throw new SipprotError("not-found", "no change waits for a confirmation", {
      remedy: "see the settings as they are: sipprot settings get",
    });
  }
  actor.tell({ before: ended.before, after: how === "confirmed" ? ended.change.after : ended.after });
  return ended;
}

/** Undoes the change whose time is over, if there is one, and records it. */
export async function undoWhenOver(redis: Redis, nowMs: number): Promise<void> {
  const pending = await readPendingChange(redis);
  if (pending === undefined || pending.untilMs > nowMs) return;
  const ended = await endPendingChange(redis, pending.id, "undone-by-time", BY_TIME, nowMs);
  // Another control server was faster, and recorded it.
  if (ended === undefined) return;
  await writeAuditRecord(redis, {
    atMs: nowMs,
    by: BY_TIME,
    from: "",
    action: "settings.undo",
    outcome: "done",
    before: JSON.stringify(ended.before),
    after: JSON.stringify(ended.after),
  });
}

function refuseStale(names: readonly SettingName[], from: Partial<Settings>, now: Settings, wanted: Settings): void {
  const stale = names.filter(
    (name) => from[name] !== undefined && !isSameValue(from[name], now[name]) && !isSameValue(wanted[name], now[name]),
  );
  if (stale.length === 0) return;
  throw new SipprotError("changed-meanwhile", `somebody else changed ${stale.join(", ")} meanwhile`, {
    field: stale.join(","),
    value: JSON.stringify(pick(stale, now)).slice(0, 500),
    expected: JSON.stringify(pick(stale, from as Settings)).slice(0, 500),
    remedy: "look at the settings again, and decide anew",
  });
}

function stillPending({ by, untilMs }: PendingChange): SipprotError {
  return new SipprotError("change-pending", `a change by ${by} waits for its confirmation`, {
    value: by,
    expected: `confirmed or undone, at the latest by itself at ${new Date(untilMs).toISOString()}`,
    remedy: "first confirm or undo it: sipprot settings confirm, sipprot settings undo",
  });
}

function pick(names: readonly SettingName[], from: Settings): Partial<Settings> {
  return Object.fromEntries(names.map((name) => [name, from[name]])) as Partial<Settings>;
}
