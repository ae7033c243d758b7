/** The daily firewall report as text, CSV and HTML. What came from the wire is escaped in each. */
import type { Report, ReportFormat, ReportLanguage, ReportRow } from "@sipprot/shared/report";
import { drawTable } from "../cli/table.ts";
import { nameCountry } from "./country.ts";
import { quoteCsv } from "./csv-cell.ts";
import { escapeHtml } from "./html.ts";

interface Words {
  readonly title: string;
  readonly host: string;
  readonly date: string;
  readonly columns: readonly [string, string, string, string, string];
  readonly others: string;
  readonly total: string;
}

const words: Record<ReportLanguage, Words> = {
  en: {
    title: "Daily Firewall Report",
    host: "Host",
    date: "Date",
    columns: ["ATTACKER IP", "COUNTRY", "METHOD", "VICTIM IP", "BLOCKS"],
    others: "OTHERS",
    total: "TOTAL",
  },
  fr: {
    title: "Rapport quotidien du pare-feu",
    host: "Hôte",
    date: "Date",
    columns: ["IP ATTAQUANTE", "PAYS", "MÉTHODE", "IP VICTIME", "BLOCAGES"],
    others: "AUTRES",
    total: "TOTAL",
  },
};

const formatters: Record<ReportFormat, (report: Report, language: ReportLanguage) => string> = {
  text: formatText,
  csv: formatCsv,
  html: formatHtml,
};

/** Writes a report in a format. CSV is for programs and always speaks English. */
export function formatReport(report: Report, format: ReportFormat, language: ReportLanguage = "en"): string {
  return formatters[format](report, language);
}

/** The report's title in a language. */
export function titleOfReport(language: ReportLanguage): string {
  return words[language].title;
}

/** The table as operators of sipPROT know it: all to the right, the total in the last row. */
function formatText(report: Report, language: ReportLanguage): string {
  const { title, host, date, columns } = words[language];
  const table = drawTable(
    columns.map((heading) => ({ heading, align: "right" as const })),
    cellsOf(report, language),
  );
  return `${title}\n\n${host}: ${report.host}\n${date}: ${formatDate(report.date, language)}\n\n${table}`;
}

function formatCsv(report: Report): string {
  const lines = ["ATTACKER_IP,COUNTRY,METHOD,VICTIM_IP,BLOCKS"];
  for (const row of report.rows) {
    const cells = [row.attacker, row.countryName, row.method, row.victim, String(row.blocks)];
    lines.push(cells.map(quoteCsv).join(","));
  }
  if (report.unnamed > 0) lines.push(`,,,OTHERS,${report.unnamed}`);
  lines.push(`,,,TOTAL,${report.total}`);
  return `${lines.join("\r\n")}\r\n`;
}

function formatHtml(report: Report, language: ReportLanguage): string {
  const { title, host, date, columns } = words[language];
  const cell = "padding:4px 8px;border:1px solid #999;text-align:right";
  const draw = (tag: string, cells: readonly string[]) =>
    `<tr>${cells.map((text) => `<${tag} style="${cell}">${escapeHtml(text)}</${tag}>`).join("")}</tr>`;
  const rows = cellsOf(report, language).map((cells) => draw("td", cells));
  return [
    `<h1 style="font-size:1.3em">${escapeHtml(title)}</h1>`,
    `<p>${escapeHtml(host)}: ${escapeHtml(report.host)}<br>${escapeHtml(date)}: ${escapeHtml(formatDate(report.date, language))}</p>`,
    `<table style="border-collapse:collapse;font-family:monospace"><thead>${draw("th", columns)}</thead>`,
    `<tbody>${rows.join("\n")}</tbody></table>`,
  ].join("\n");
}

function cellsOf(report: Report, language: ReportLanguage): string[][] {
  const { others, total } = words[language];
  const rows = report.rows.map((row) => [
    row.attacker,
    nameIn(row, language),
    row.method,
    row.victim,
    String(row.blocks),
  ]);
  if (report.unnamed > 0) rows.push(["", "", "", others, String(report.unnamed)]);
  rows.push(["", "", "", total, String(report.total)]);
  return rows;
}

function nameIn(row: ReportRow, language: ReportLanguage): string {
  return language === "en" ? row.countryName : nameCountry(row.country, language);
}

/** `Tue, 28 Feb 2023` as the manual has it, or `mar. 28 févr. 2023`. */
function formatDate(day: string, language: ReportLanguage): string {
  const date = new Date(`${day}T00:00:00Z`);
  if (language === "en") return date.toUTCString().slice(0, 16);
  return date.toLocaleDateString("fr", {
    timeZone: "UTC",
    weekday: "short",
    day: "numeric",
    month: "short",
    year: "numeric",
  });
}
