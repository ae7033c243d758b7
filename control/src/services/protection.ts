/** What is protected and how, told at the end of a start. Pure. */
import type { HostPort } from "@sipprot/shared/boot-settings";
import type { Settings } from "@sipprot/shared/settings";
import { describeLocation } from "@sipprot/shared/store/redis-connection";
import type { Config } from "../config.ts";
import { logFile } from "./programs.ts";
import { healthUrl, type ProxyHealth } from "./proxy-health.ts";

/** Addresses of the pages that are printed: a host with many bridges has many. */
const MAX_PAGE_ADDRESSES = 4;

/** The lines an operator reads after `npm start`. */
export function describeProtection(
  { boot }: Config,
  health: ProxyHealth,
  settings: Settings,
  localAddresses: readonly string[],
): string[] {
  const endpoints = health.endpoints.length === 0 ? "as its log says" : health.endpoints.join(", ");
  const lines = [
    settings.mode === "observe" ? "sipprot watches (observe mode: nothing is refused)" : "sipprot protects the PBX",
    "",
    `  path        ${describePath(health.path, boot.pbx)}`,
    `  endpoints   ${endpoints}`,
    `  when down   ${describeDown(health.path, settings.failOpen)}`,
    `  limit       ${settings.blockRuleFailuresPerMinute} failed sign-ins a minute and source`,
    `  pages       ${listPageAddresses(boot.web, localAddresses).join(" ")}`,
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

/** Where a browser finds the pages: the address that is set, or every address of this host that others can reach. */
export function listPageAddresses({ address, port }: HostPort, localAddresses: readonly string[]): string[] {
  const isEvery = address === "0.0.0.0" || address === "::";
  const reachable = localAddresses.filter(
    (one) => !/^(127\.|169\.254\.|fe[89ab]|::1$)/.test(one) && (address === "::" || !one.includes(":")),
  );
  const addresses = isEvery
    ? reachable.length === 0
      ? ["127.0.0.1"]
      : reachable.slice(0, MAX_PAGE_ADDRESSES)
    : [address];
  return addresses.map((one) => `https://${one.includes(":") ? `[${one}]` : one}:${port}`);
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
