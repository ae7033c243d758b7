/** `sipprot restore FILE`: puts what a backup holds in place of what is there, or says what would be different. */
import { createReadStream } from "node:fs";
import { Readable } from "node:stream";
import { readable } from "../../services/backup/backup-reader.ts";
import type { SetDifference } from "../../services/backup/difference.ts";
import { type Restored, rehearseRestore, restoreBackup } from "../../services/backup/restore.ts";
import { prepareStore } from "../../services/setup.ts";
import { version } from "../../version.ts";
import { withAudit } from "../audited.ts";
import { STANDARD } from "../new-file.ts";
import type { Session } from "../session.ts";
import { formatTime } from "../time.ts";

/** Left out things shown to people; --json has the first 100. */
const MAX_SHOWN = 20;

/** Exit code 1 when something could not be put back: a script should not believe that all is as it was. */
export async function restore(
  session: Session,
  path: string,
  { dryRun = false }: { readonly dryRun?: boolean },
): Promise<void> {
  const workWith = (guarded: Session["guarded"]) => ({
    bytes: readable(path, path === STANDARD ? (session.terminal.input ?? Readable.from([])) : createReadStream(path)),
    ownVersion: version,
    guarded,
  });
  const restored = dryRun
    ? await session.withStore(({ redis, author, guarded }) => rehearseRestore(redis, workWith(guarded), author.nowMs))
    : await withAudit(session, "restore", { file: path }, async (redis, actor, { guarded }) => {
        const outcome = await restoreBackup(redis, workWith(guarded), actor);
        await prepareStore(redis);
        return outcome;
      });
  if (restored.leftOut.count > 0) session.exitCode = 1;
  session.log.info({ path, dryRun, leftOut: restored.leftOut.count }, "restore");
  session.answer({ dryRun, ...restored }, () => describe(restored, dryRun).join("\n"));
}

function describe({ header, difference, leftOut, withoutPassword }: Restored, isRehearsal: boolean): string[] {
  const { allow, deny, settings, feeds, users } = difference;
  const lines = [
    `backup of ${header.host}, ${formatTime(header.madeAtMs)}, by sipprot ${header.version}`,
    isRehearsal ? "this is what would be different; nothing was changed:" : "restored:",
    `  Allowlist:     ${describeSet(allow)}`,
    `  Denylist:      ${describeSet(deny)}`,
  ];
  const changes = Object.entries(settings).map(
    ([name, { before, after }]) => `    ${name}: ${shorten(before)} -> ${shorten(after)}`,
  );
  lines.push(`  settings:      ${changes.length === 0 ? "the same" : `${changes.length} changed`}`, ...changes);
  lines.push(`  feeds:         ${describeSet(feeds)}`);
  lines.push(`  notifications: ${difference.notificationsChange ? "changed" : "the same"}`);
  lines.push(
    `  accounts:      ${users.added.length} added, ${users.changed.length} with another role, ` +
      `${users.preferring.length} with other preferences`,
  );
  if (users.kept.length > 0) lines.push(`    kept, though not in the backup: ${users.kept.join(", ")}`);
  lines.push(
    `  added:         ${difference.blocksAdded} blocks, strikes of ${difference.strikes} sources, ` +
      `counts of ${difference.periodsAdded} periods, ${difference.auditRecords} records of the audit trail`,
  );
  if (leftOut.count > 0) lines.push(`left out: ${leftOut.count}`);
  for (const { what, why } of leftOut.named.slice(0, MAX_SHOWN)) lines.push(`  ${what}: ${why}`);
  if (leftOut.count > MAX_SHOWN) lines.push(`  and ${leftOut.count - MAX_SHOWN} more`);
  if (withoutPassword.length > 0) {
    lines.push(`without a password${isRehearsal ? " then" : " yet"}: ${withoutPassword.join(", ")}`);
    lines.push(`  give each one: sipprot user reset ${withoutPassword[0]}`);
  }
  return lines;
}

function describeSet({ added, removed, changed, same }: SetDifference): string {
  if (added + removed + changed === 0) return `the same (${same})`;
  return `${added} added, ${removed} removed, ${changed} changed, ${same} the same`;
}

function shorten(value: unknown): string {
  const text = Array.isArray(value) ? value.join(",") : String(value);
  return text.length <= 40 ? text : `${text.slice(0, 39)}…`;
}
