import { mkdtempSync, readdirSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readBootSettings } from "@sipprot/shared/boot-settings";
import { defaultSettings } from "@sipprot/shared/settings";
import { describe, expect, it } from "vitest";
import { writeUnit } from "./boot-unit.ts";
import { linkCommand, unlinkCommand } from "./command-link.ts";
import { readLogTail } from "./log-tail.ts";
import { describePrograms } from "./programs.ts";
import { describeProtection } from "./protection.ts";
import { deleteState } from "./removal.ts";
import { prepareStateFolder } from "./setup.ts";

const machine = { isRoot: true, workingFolder: "/srv/sipprot", hostName: "pbx1" };
const describeWith = (environment: Record<string, string>, configFile = "/srv/sipprot/conf/sipprot.conf") =>
  describePrograms({
    boot: readBootSettings("", environment, machine),
    configFile,
    installationFolder: "/srv/sipprot",
    environment: { ...environment, PATH: "/bin" },
  });

describe("the programs", () => {
  it("are a private Redis without a port, then the proxy, then the control server", () => {
    const [redis, proxy, control] = describeWith({ SIPPROT_MODE: "relay" });
    expect(redis).toMatchObject({ name: "sipprot-redis", args: expect.arrayContaining(["--port", "0"]) });
    expect(proxy).toMatchObject({
      name: "sipprot-proxy",
      script: "/srv/sipprot/proxy/dist/main.js",
      args: [],
      env: { SIPPROT_MODE: "relay", NODE_ENV: "production" },
      treekill: false,
      wait_ready: true,
    });
    expect(proxy?.env).not.toHaveProperty("PATH");
    expect(control).toMatchObject({
      name: "sipprot-control",
      script: "/srv/sipprot/control/dist/main.js",
      env: { SIPPROT_MODE: "relay" },
    });
  });
  it("leave Redis out when another one is named, and pass a configuration file on", () => {
    const programs = describeWith({ SIPPROT_REDIS_URL: "redis://192.0.2.1:6379" }, "/etc/sipprot.conf");
    expect(programs.map(({ name, args }) => ({ name, args }))).toEqual([
      { name: "sipprot-proxy", args: ["--config", "/etc/sipprot.conf"] },
      { name: "sipprot-control", args: ["--config", "/etc/sipprot.conf"] },
    ]);
  });
});

describe("what is told after a start", () => {
  const boot = readBootSettings("", {}, machine);
  const config = { boot, configFile: "", isRoot: true };
  const health = { isHealthy: true, placedAtMs: 1, path: "transparent", endpoints: ["203.0.113.10:5060"], parts: [] };

  it("says what is protected and how", () => {
    const text = describeProtection(config, health, defaultSettings).join("\n");
    for (const part of ["203.0.113.10:5060", "transparent", "fail-open", "10 failed sign-ins", "/health", "doctor"]) {
      expect(text).toContain(part);
    }
  });
  it("does not call observing protection, nor hide a degraded part", () => {
    const geo = { part: "geo", state: "degraded", detail: "no database", sinceMs: 0 } as const;
    const text = describeProtection(
      config,
      { ...health, path: "relay", parts: [geo] },
      { ...defaultSettings, mode: "observe", failOpen: false },
    ).join("\n");
    expect(text).not.toContain("protects the PBX");
    expect(text).toContain("geo: no database");
    expect(text).toContain("docs/pbx-settings.md");
  });

  it("says what becomes of the port when the proxy is down", () => {
    const say = (path: string, failOpen: boolean) =>
      describeProtection(config, { ...health, path }, { ...defaultSettings, failOpen }).join("\n");
    expect(say("transparent", true)).toContain("fail-open");
    expect(say("transparent", false)).toContain("fail-closed");
    expect(say("relay", true)).toContain("nobody reaches the PBX");
  });
});

describe("the unit for systemd", () => {
  it("starts and stops this installation, whatever its folder is called", () => {
    const unit = writeUnit({
      installationFolder: "/srv/my 100% pbx",
      configFile: "/etc/sipprot.conf",
      node: "/usr/bin/node",
    });
    expect(unit).toContain(
      'ExecStart="/usr/bin/node" "/srv/my 100%% pbx/control/dist/cli/launch.js" start --config "/etc/sipprot.conf"\n',
    );
    expect(unit).toContain('launch.js" stop --config');
  });
});

describe("the state folder", () => {
  it("is for its owner only, and only what is ours is deleted from it", () => {
    const folder = join(mkdtempSync(join(tmpdir(), "sipprot-state-")), "state");
    prepareStateFolder(folder);
    prepareStateFolder(folder);
    writeFileSync(join(folder, "snapshot.jsonl"), "");
    writeFileSync(join(folder, "holiday.jpg"), "");
    expect(deleteState(folder)).toEqual(["holiday.jpg"]);
    expect(readdirSync(folder)).toEqual(["holiday.jpg"]);
    expect(deleteState(join(folder, "nothing"))).toEqual([]);
  });
  it("that cannot be made is told with what to do", () => {
    expect(() => prepareStateFolder("/dev/null/nothing")).toThrow(/state folder/);
  });
});

describe("the command in everybody's path", () => {
  const folder = mkdtempSync(join(tmpdir(), "sipprot-link-"));
  it("is a link that is made once, and taken away when it is ours", () => {
    const link = join(folder, "sipprot");
    expect(linkCommand(true, link)).toBe("sipprot");
    expect(linkCommand(true, link)).toBe("sipprot");
    expect(unlinkCommand(link)).toBe(true);
    expect(unlinkCommand(link)).toBe(false);
  });
  it("never replaces another program, and is not made by ordinary users", () => {
    const other = join(folder, "other");
    writeFileSync(other, "");
    expect(linkCommand(true, other)).toMatch(/^npx sipprot/);
    expect(unlinkCommand(other)).toBe(false);
    expect(linkCommand(false, join(folder, "new"))).toMatch(/^npx sipprot/);
  });
});

describe("the end of a log", () => {
  it("is its last lines, and never an error", () => {
    const file = join(mkdtempSync(join(tmpdir(), "sipprot-log-")), "log");
    writeFileSync(file, Array.from({ length: 5000 }, (_, index) => `line ${index}`).join("\n"));
    const lines = readLogTail(file).split("\n");
    expect(lines).toHaveLength(20);
    expect(lines.at(-1)).toBe("line 4999");
    expect(readLogTail("/nonexistent")).toBe("(it wrote nothing)");
  });
});
