/** `sipprot report`: the daily firewall report, on the terminal or by mail. */
import { SipprotError } from "@sipprot/shared/errors";
import type { Report } from "@sipprot/shared/report";
import { dayOf } from "@sipprot/shared/store/count-period";
import { mailReport } from "../../services/notifications/notifications.ts";
import { makeReport, readDay } from "../../services/report.ts";
import { formatReport } from "../../services/report-formats.ts";
import { readSecretSeal } from "../../services/secret-seal.ts";
import { recordWork } from "../audited.ts";
import type { Session, Store } from "../session.ts";

export interface ReportOptions {
  readonly date?: string;
  readonly csv?: boolean;
  readonly mail?: boolean;
}

export async function showReport(session: Session, options: ReportOptions): Promise<void> {
  const { boot } = session.config;
  await session.withStore(async ({ redis, author }) => {
    const date = options.date === undefined ? dayOf(author.nowMs) : readDay(options.date);
    const report = await makeReport(redis, boot.hostName, date);
    if (options.mail) await mail(session, { redis, author }, report);
    else if (options.csv) session.terminal.out(formatReport(report, "csv"));
    else session.answer(report, () => formatReport(report, "text"));
  });
}

/** Throws `channel-failed` with what the mail server said, so that a cron job notices. */
async function mail(session: Session, store: Pick<Store, "redis" | "author">, report: Report): Promise<void> {
  const { isTaken, answer } = await recordWork(session, store, "reports.mail", { date: report.date }, async (actor) => {
    const sent = await mailReport(store.redis, readSecretSeal(session.config.boot), report, actor.nowMs);
    actor.tell({ after: sent });
    return sent;
  });
  if (!isTaken) {
    throw new SipprotError("channel-failed", `the report could not be mailed: ${answer}`, {
      field: "--mail",
      remedy: "correct the mail server with: sipprot notify set, then: sipprot notify test mail",
    });
  }
  session.log.info({ date: report.date }, "report mailed");
  session.answer({ date: report.date, total: report.total, answer }, () => `the report was mailed: ${answer}`);
}
