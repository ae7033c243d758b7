/** `sipprot report`: the daily firewall report, on the terminal or by mail. */
import { dayOf } from "@sipprot/shared/store/event-store";
import { makeReport, readDay } from "../../services/report.ts";
import { formatReport } from "../../services/report-formats.ts";
import type { Session } from "../session.ts";

export interface ReportOptions {
  readonly date?: string;
  readonly csv?: boolean;
}

export async function showReport(session: Session, options: ReportOptions): Promise<void> {
  const { boot } = session.config;
  await session.withStore(async ({ redis, author }) => {
    const date = options.date === undefined ? dayOf(author.nowMs) : readDay(options.date);
    const report = await makeReport(redis, boot.hostName, date);
    if (options.csv) session.terminal.out(formatReport(report, "csv"));
    else session.answer(report, () => formatReport(report, "text"));
  });
}
