import { existsSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readBootSettings } from "@sipprot/shared/boot-settings";
import { beforeEach, describe, expect, it } from "vitest";
import { listPrivateNetworks } from "./caller-place.ts";
import { setLine } from "./config-text.ts";
import { choosePbxPlace, findPbxPlace, type PbxPlaceParts } from "./pbx-place.ts";
import type { ProxyHealth } from "./proxy-health.ts";

describe("a line of the configuration file", () => {
  it("is changed where it stands, and comments and other lines stay", () => {
    const text = "# ours\nSIPPROT_PBX = 192.0.2.1:5060\n\nSIPPROT_MODE=relay # not a comment\n";
    expect(setLine(text, "SIPPROT_PBX", "192.0.2.7:5060")).toBe(
      "# ours\nSIPPROT_PBX=192.0.2.7:5060\n\nSIPPROT_MODE=relay # not a comment\n",
    );
  });
  it("is added at the end, to an empty file too", () => {
    expect(setLine("", "A", "1")).toBe("A=1\n");
    expect(setLine("B=2", "A", "1")).toBe("B=2\nA=1\n");
    expect(setLine("#A=0\r\nB=2\r\n", "A", "1")).toBe("#A=0\nB=2\nA=1\n");
  });
  it("is there once, where the one was that held", () => {
    expect(setLine("A=1\nB=2\nA=3\nC=4\n", "A", "5")).toBe("B=2\nA=5\nC=4\n");
  });
});

describe("where the PBX is", () => {
  let configFile: string;
  let restarts: string[];
  let nowMs: number;
  let isWellWith: (text: string) => boolean;
  const health: ProxyHealth = { isHealthy: true, path: "relay", endpoints: [], placedAtMs: 0, parts: [] };
  const partsWith = (environment: Record<string, string> = {}, answer: Partial<ProxyHealth> = {}): PbxPlaceParts => ({
    config: {
      boot: readBootSettings("", {}, { isRoot: true, workingFolder: "/srv", hostName: "pbx1" }),
      configFile,
      isRoot: true,
    },
    environment,
    askHealth: async () => ({ ...health, ...answer, isHealthy: isWellWith(readIfThere()) }),
    restartGate: async () => {
      restarts.push(readIfThere());
    },
    // Each look at the clock is half a minute after the last: nobody waits.
    nowMs: () => {
      nowMs += 30_000;
      return nowMs;
    },
  });
  const readIfThere = () => (existsSync(configFile) ? readFileSync(configFile, "utf8") : "");

  beforeEach(() => {
    configFile = join(mkdtempSync(join(tmpdir(), "sipprot-pbx-")), "sipprot.conf");
    restarts = [];
    nowMs = 0;
    isWellWith = () => true;
  });

  it("is what the file says in relay mode, and the endpoints of the gate in transparent mode", async () => {
    writeFileSync(configFile, "SIPPROT_PBX=192.0.2.7:5070\n");
    expect(await findPbxPlace(partsWith())).toMatchObject({
      path: "relay",
      places: [{ address: "192.0.2.7", port: 5070 }],
      setting: "SIPPROT_PBX",
      isSetByEnvironment: false,
    });
    const endpoints = ["203.0.113.10:5060", "[2001:db8::10]:5060"];
    expect(await findPbxPlace(partsWith({}, { path: "transparent", endpoints }))).toMatchObject({
      places: [
        { address: "203.0.113.10", port: 5060 },
        { address: "2001:db8::10", port: 5060 },
      ],
      setting: "SIPPROT_PROTECT",
    });
  });

  it("is written into the file, and the gate starts anew with it", async () => {
    writeFileSync(configFile, "SIPPROT_MODE=relay\n");
    const after = await choosePbxPlace(partsWith(), { address: "2001:DB8::7", port: 5062 });
    expect(restarts).toEqual(["SIPPROT_MODE=relay\nSIPPROT_PBX=[2001:db8::7]:5062\n"]);
    expect(after.places).toEqual([{ address: "2001:db8::7", port: 5062 }]);
  });

  it("is taken back, gate and all, when the gate is not well with it", async () => {
    writeFileSync(configFile, "# by hand\nSIPPROT_PBX=192.0.2.7:5070\n");
    isWellWith = (text) => text.includes("192.0.2.7");
    await expect(choosePbxPlace(partsWith(), { address: "192.0.2.9", port: 5060 })).rejects.toMatchObject({
      code: "taken-back",
    });
    expect(restarts).toHaveLength(2);
    expect(readIfThere()).toBe("# by hand\nSIPPROT_PBX=192.0.2.7:5070\n");
    writeFileSync(configFile, "");
    isWellWith = () => false;
    await expect(choosePbxPlace(partsWith(), { address: "192.0.2.9", port: 5060 })).rejects.toThrow(/stands where/);
    expect(readIfThere()).toBe("");
  });

  it("is not changed behind the environment's back, nor to a name", async () => {
    writeFileSync(configFile, "# nothing\n");
    const parts = partsWith({ SIPPROT_PBX: "192.0.2.7:5070" });
    await expect(choosePbxPlace(parts, { address: "192.0.2.9", port: 5060 })).rejects.toMatchObject({
      code: "not-permitted",
      facts: { field: "SIPPROT_PBX", value: "192.0.2.7:5070" },
    });
    await expect(choosePbxPlace(partsWith(), { address: "pbx.example", port: 5060 })).rejects.toMatchObject({
      code: "bad-address",
    });
    expect(restarts).toEqual([]);
    expect(readIfThere()).toBe("# nothing\n");
  });
});

it("Networks that are offered to be allowed are private ones, never a data centre's neighbours", () => {
  const locals = [
    { address: "192.168.10.7", cidr: "192.168.10.7/24" },
    { address: "10.1.2.3", cidr: "10.1.2.3/16" },
    { address: "203.0.113.10", cidr: "203.0.113.10/24" },
    { address: "127.0.0.1", cidr: "127.0.0.1/8" },
    { address: "10.8.0.1", cidr: "10.8.0.1/32" },
    { address: "fd00:1::7", cidr: "fd00:1::7/64" },
    { address: "fe80::7", cidr: "fe80::7/64" },
    { address: "192.168.10.8", cidr: "192.168.10.8/24" },
    { address: "10.9.0.1", cidr: null },
  ];
  expect(listPrivateNetworks(locals)).toEqual(["192.168.10.0/24", "10.1.0.0/16", "fd00:1::/64"]);
});
