/** The daily report as the procedures use it. */
import type { ChannelAnswer } from "@sipprot/shared/notification";
import type { Report, ReportFormat, ReportLanguage } from "@sipprot/shared/report";
import type { Actor } from "../actor.ts";

export interface ReportsPort {
  readonly daily: (date: string) => Promise<Report>;
  /** The same as text, CSV or HTML. */
  readonly formatted: (date: string, format: ReportFormat, language: ReportLanguage) => Promise<string>;
  /** Mails it to the recipients of the notifications; answers what the mail server said. */
  readonly mail: (date: string, actor: Actor) => Promise<ChannelAnswer>;
}
