/** The messages of notifications in the recipient's language: as text, as HTML, and as JSON for programs. */
import type { NotificationKind } from "@sipprot/shared/notification";
import type { Report, ReportLanguage } from "@sipprot/shared/report";
import { drawTable } from "../../cli/table.ts";
import { escapeLines } from "../../cli/text.ts";
import { nameCountry } from "../country.ts";
import { escapeHtml } from "../html.ts";
import { formatReport, titleOfReport } from "../report-formats.ts";
import type { AttackDigest, AttackSource } from "./attack-digest.ts";

export interface NotificationMessage {
  /** Stays the same when the message is sent again. */
  readonly id: string;
  readonly kind: NotificationKind;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  readonly json: Readonly<Record<string, unknown>>;
}

const words = {
  en: {
    attacks: (refused: number, sources: number) => `${refused} messages refused from ${sources} sources`,
    between: (from: string, to: string) => `From ${from} to ${to} (UTC).`,
    blocks: (begun: number, forGood: number) => `${begun} blocks began, ${forGood} sources were denied for good.`,
    columns: ["SOURCE", "COUNTRY", "GATE", "REFUSED", "STATE"],
    more: (count: number) => `And ${count} more sources.`,
    blocked: "blocked",
    denied: "denied",
    whole: "Days are those of UTC. The numbers are messages that were refused.",
    test: "Test message",
    testBody: "This is a test. Notifications of this host reach you.",
  },
  fr: {
    attacks: (refused: number, sources: number) => `${refused} messages refusés de ${sources} sources`,
    between: (from: string, to: string) => `De ${from} à ${to} (UTC).`,
    blocks: (begun: number, forGood: number) =>
      `${begun} blocages ont commencé, ${forGood} sources ont été refusées définitivement.`,
    columns: ["SOURCE", "PAYS", "CONTRÔLE", "REFUSÉS", "ÉTAT"],
    more: (count: number) => `Et ${count} autres sources.`,
    blocked: "bloquée",
    denied: "refusée",
    whole: "Les jours sont ceux de l'UTC. Les nombres sont des messages refusés.",
    test: "Message de test",
    testBody: "Ceci est un test. Les notifications de cet hôte vous parviennent.",
  },
} as const;

/** Tells of attacks since the last message. `afterId` is where the digest begins, which a repetition shares. */
export function attackMessage(
  digest: AttackDigest,
  host: string,
  language: ReportLanguage,
  afterId: string,
): NotificationMessage {
  const say = words[language];
  const title = say.attacks(digest.refused, digest.sources);
  const unnamed = digest.sources - digest.busiest.length;
  const lines = [
    say.between(formatTime(digest.fromMs), formatTime(digest.toMs)),
    say.blocks(digest.blocksBegun, digest.deniedForGood),
  ];
  const rows = digest.busiest.map((source) => cellsOf(source, language));
  const table = drawTable(
    say.columns.map((heading) => ({ heading, align: "left" as const })),
    rows,
  );
  const tail = unnamed > 0 ? [say.more(unnamed)] : [];
  return {
    id: `attacks:${afterId}`,
    kind: "attacks",
    subject: `[sipPROT] ${host}: ${title}`,
    text: escapeLines([title, "", ...lines, "", table, ...tail, ""].join("\n")),
    html: page(language, [
      heading(title),
      ...lines.map(paragraph),
      htmlTable(say.columns, rows),
      ...tail.map(paragraph),
    ]),
    json: { kind: "attacks", host, ...digest },
  };
}

/** The daily report of a host. */
export function reportMessage(report: Report, language: ReportLanguage): NotificationMessage {
  const note = words[language].whole;
  return {
    id: `daily-report:${report.host}:${report.date}`,
    kind: "daily-report",
    subject: `[sipPROT] ${report.host}: ${titleOfReport(language)} ${report.date} (${report.total})`,
    text: escapeLines(`${formatReport(report, "text", language)}\n\n${note}\n`),
    html: page(language, [formatReport(report, "html", language), paragraph(note)]),
    json: { kind: "daily-report", ...report },
  };
}

/** A test, asked for by an operator. */
export function testMessage(host: string, language: ReportLanguage, atMs: number): NotificationMessage {
  const { test, testBody } = words[language];
  return {
    id: `test:${atMs}`,
    kind: "test",
    subject: `[sipPROT] ${host}: ${test}`,
    text: `${testBody}\n`,
    html: page(language, [paragraph(testBody)]),
    json: { kind: "test", host, atMs },
  };
}

function cellsOf(source: AttackSource, language: ReportLanguage): string[] {
  const { blocked, denied } = words[language];
  const state = source.isDeniedForGood ? denied : source.isBlocked ? blocked : "";
  return [source.source, nameCountry(source.country, language), source.gate, String(source.refused), state];
}

function page(language: ReportLanguage, parts: readonly string[]): string {
  return `<!doctype html>\n<html lang="${language}"><head><meta charset="utf-8"></head><body>\n${parts.join("\n")}\n</body></html>\n`;
}

const heading = (text: string) => `<h1 style="font-size:1.3em">${escapeHtml(text)}</h1>`;
const paragraph = (text: string) => `<p>${escapeHtml(text)}</p>`;

function htmlTable(columns: readonly string[], rows: readonly (readonly string[])[]): string {
  const draw = (tag: string, cells: readonly string[]) =>
    `<tr>${cells.map((text) => `<${tag} style="padding:4px 8px;border:1px solid #999">${escapeHtml(text)}</${tag}>`).join("")}</tr>`;
  return `<table style="border-collapse:collapse;font-family:monospace"><thead>${draw("th", columns)}</thead>\n<tbody>${rows.map((cells) => draw("td", cells)).join("\n")}</tbody></table>`;
}

function formatTime(atMs: number): string {
  return new Date(atMs).toISOString().slice(0, 16).replace("T", " ");
}
