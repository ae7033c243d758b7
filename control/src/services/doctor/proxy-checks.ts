/** Doctor: does the proxy run, is each of its parts well, are the kernel's tables there, do the other hosts report. */
import { execFile } from "node:child_process";
import type { BootSettings } from "@sipprot/shared/boot-settings";
import { HOST_SILENT_AFTER_MS, type Host, isProtected, type PartHealth } from "@sipprot/shared/host";
import { healthUrl, type ProxyHealth } from "../proxy-health.ts";
import { type Diagnosis, ok, problem, skipped, warning } from "./diagnosis.ts";

const remedies: Readonly<Record<PartHealth["part"], string>> = {
  "data-path": "look at the log of the proxy; restart it with: npm start",
  redis: "see the checks of the store",
  snapshot: "make room in the state folder and let the proxy write there",
  "kernel-steering": "run as root or with CAP_NET_ADMIN, with nftables installed; then: npm start",
  "kernel-bans": "another program may have flushed the rules: npm start writes them anew",
  pbx: "look whether the PBX runs and listens on the protected address and port",
  geo: "name a database that can be read: sipprot settings set geoDatabaseFile FILE, or leave it empty",
};

export function judgeProxy(boot: BootSettings, health: ProxyHealth | undefined): Diagnosis[] {
  if (health === undefined) {
    return [problem("proxy", `nothing answers at ${healthUrl(boot.health)}`, "start it with: npm start")];
  }
  const what = health.path === undefined ? "" : `, ${health.path} mode`;
  const whom = health.endpoints.length === 0 ? "" : `, protecting ${health.endpoints.join(", ")}`;
  const whole = health.isHealthy
    ? ok("proxy", `running${what}${whom}`)
    : problem("proxy", `running${what}, but not well`, "see the parts below");
  return [whole, ...health.parts.map(judgePart)];
}

function judgePart({ part, state, detail }: PartHealth): Diagnosis {
  const name = `proxy: ${part}`;
  switch (state) {
    case "ok":
      return ok(name, detail === "" ? "well" : detail);
    case "off":
      return skipped(name, detail);
    case "degraded":
      return warning(name, detail, remedies[part]);
    case "failed":
      return problem(name, detail, remedies[part]);
  }
}

/** The other hosts of the same store. */
export function judgeHosts(hosts: readonly Host[], ownName: string, nowMs: number): Diagnosis[] {
  return hosts
    .filter((host) => host.name !== ownName)
    .map((host) => {
      const name = `host ${host.name}`;
      if (isProtected(host, nowMs)) return ok(name, `${host.path} mode, protecting ${host.endpoints.join(", ")}`);
      return nowMs - host.seenAtMs > HOST_SILENT_AFTER_MS
        ? problem(name, `silent since ${new Date(host.seenAtMs).toISOString()}`, "run sipprot doctor on that host")
        : problem(name, "reports a failed part", "run sipprot doctor on that host");
    });
}

/** Whether our tables are in the kernel; only root may ask. */
export async function checkTables(isRoot: boolean, health: ProxyHealth | undefined): Promise<Diagnosis> {
  const name = "kernel tables";
  if (health?.path === "relay") return skipped(name, "none are needed in relay mode");
  if (!isRoot) return skipped(name, "only root may look");
  const listed = await new Promise<string | undefined>((resolve) => {
    execFile("nft", ["list", "tables"], { timeout: 5000 }, (error, stdout) =>
      resolve(error === null ? stdout : undefined),
    );
  });
  if (listed === undefined) return skipped(name, "nft is not installed or may not be used here");
  return judgeTables(listed, health !== undefined);
}

/** Judges what `nft list tables` printed. */
export function judgeTables(listed: string, isProxyRunning: boolean): Diagnosis {
  const name = "kernel tables";
  const has = (table: string) => listed.split("\n").some((line) => line.trim() === `table inet ${table}`);
  if (has("sipprot") && (has("sipprot_steer") || !isProxyRunning)) {
    return ok(name, isProxyRunning ? "steering and bans are in force" : "bans are in force");
  }
  if (!isProxyRunning) return skipped(name, "the proxy does not run");
  const missing = ["sipprot_steer", "sipprot"].filter((table) => !has(table));
  return problem(
    name,
    `missing: ${missing.map((table) => `table inet ${table}`).join(", ")}`,
    "npm start writes them anew",
  );
}
