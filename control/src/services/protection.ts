/** What is protected and how, told at the end of a start. Pure. */
import type { Settings } from "@sipprot/shared/settings";
import { describeLocation } from "@sipprot/shared/store/redis-connection";
import type { Config } from "../config.ts";
import { logFile } from "./programs.ts";
import { healthUrl, type ProxyHealth } from "./proxy-health.ts";

/** The lines an operator reads after `npm start`. */
export function describeProtection({ boot }: Config, health: ProxyHealth, settings: Settings): string[] {
  const endpoints = health.endpoints.length === 0 ? "as its log says" : health.endpoints.join(", ");
  const lines = [
    settings.mode === "observe" ? "sipprot watches (observe mode: nothing is refused)" : "sipprot protects the PBX",
    "",
    `  path        ${describePath(health.path, boot.pbx)}`,
    `  endpoints   ${endpoints}`,
    `  when down   ${describeDown(health.path, settings.failOpen)}`,
    `  limit       ${settings.blockRuleFailuresPerMinute} failed sign-ins a minute and source`,
    `  store       ${describeLocation(boot)}`,
    `  health      ${healthUrl(boot.health)}`,
    `  log         ${logFile(boot.stateFolder, "sipprot-proxy")}`,
  ];
  for (const part of health.parts) {
    if (part.state === "degraded") lines.push(`  degraded    ${part.part}: ${part.detail}`);
  }
  lines.push("", "Next: sipprot status · sipprot doctor · sipprot list allow add ADDRESS --note TEXT · sipprot help");
  if (settings.mode === "protect") {
    lines.push("To look on for the first days without refusing anything: sipprot settings set mode observe");
  }
  return lines;
}

function describePath(path: string | undefined, pbx: { readonly address: string; readonly port: number }): string {
  if (path === "transparent")
    return "transparent: the PBX sees the phones' own addresses, its settings stay as they are";
  if (path === "relay") {
    return `relay to ${pbx.address}:${pbx.port}: the PBX needs the settings of docs/pbx-settings.md`;
  }
  return "as its log says";
}

function describeDown(path: ProxyHealth["path"], isFailOpen: boolean): string {
  if (path === "relay") return "nobody reaches the PBX: the port is the proxy's own";
  return isFailOpen ? "fail-open: the PBX is reached directly" : "fail-closed: nobody reaches the PBX";
}
