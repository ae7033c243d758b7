/** `sipprot backup FILE`: everything but secrets, in one file. */
import { BackupWriter } from "../../services/backup/backup-writer.ts";
import { version } from "../../version.ts";
import { STANDARD, writeNewFile, writeToStandardOutput } from "../new-file.ts";
import type { Session } from "../session.ts";

export async function backUp(session: Session, path: string): Promise<void> {
  await session.withStore(async ({ redis, author }) => {
    const writer = new BackupWriter(redis, {
      version,
      host: session.config.boot.hostName,
      madeAtMs: author.nowMs,
    });
    if (path === STANDARD) {
      await writeToStandardOutput(session.terminal, writer.texts());
      return;
    }
    const bytes = await writeNewFile(path, writer.texts());
    session.log.info({ path, bytes, records: writer.records }, "backup written");
    session.answer({ file: path, bytes, records: writer.records }, () =>
      [
        `${path}: ${writer.records} records, ${bytes} bytes`,
        "not in it: passwords, second factors, tokens, sessions, the secrets of mail and webhook, the log of events",
      ].join("\n"),
    );
  });
}
