import { createSocket } from "node:dgram";
import { once } from "node:events";
import { readBootSettings } from "@sipprot/shared/boot-settings";
import type { Host } from "@sipprot/shared/host";
import { afterEach, describe, expect, it } from "vitest";
import type { ProxyHealth } from "../proxy-health.ts";
import { type ListeningSocket, parseSockets } from "./listening-sockets.ts";
import { judgeFree } from "./machine-checks.ts";
import { askOptions } from "./pbx-checks.ts";
import { judgeHosts, judgeProxy, judgeTables } from "./proxy-checks.ts";
import { type Jail, judgeRivals } from "./rival-checks.ts";
import { judgeClock, judgeEviction, judgeLayout, judgePersistence, judgeVersion, parseInfo } from "./store-checks.ts";
import { judgeWaysAround } from "./way-around-checks.ts";
import { judgeWeb } from "./web-checks.ts";

const boot = readBootSettings("", {}, { isRoot: true, workingFolder: "/srv/sipprot", hostName: "pbx1" });
const transparent: ProxyHealth = {
  isHealthy: true,
  placedAtMs: 1,
  path: "transparent",
  endpoints: ["203.0.113.10:5060", "[2001:db8::10]:5060"],
  parts: [],
};
const relay: ProxyHealth = { ...transparent, path: "relay", endpoints: ["0.0.0.0:5060"] };

describe("the store", () => {
  it("must be recent enough", () => {
    expect(["6.2.0", "7.0.15", "8.2"].map((version) => judgeVersion(version).state)).toEqual(["ok", "ok", "ok"]);
    expect(["6.0.16", "5.0.14", ""].map((version) => judgeVersion(version).state)).toEqual(Array(3).fill("problem"));
  });

  it("must keep what it is given, the private one strictly", () => {
    const kept = parseInfo(
      "# Persistence\r\naof_enabled:1\r\naof_last_write_status:ok\r\nrdb_last_bgsave_status:ok\r\n",
    );
    expect(judgePersistence(kept, true).state).toBe("ok");
    const forgetful = parseInfo("aof_enabled:0\r\n");
    expect(judgePersistence(forgetful, true).state).toBe("problem");
    expect(judgePersistence(forgetful, false).state).toBe("warning");
    expect(judgePersistence(parseInfo("aof_enabled:1\r\naof_last_write_status:err"), false).state).toBe("problem");
    expect(judgeEviction(parseInfo("maxmemory:1000\nmaxmemory_policy:allkeys-lru")).state).toBe("warning");
    expect(judgeEviction(parseInfo("maxmemory:0\nmaxmemory_policy:allkeys-lru")).state).toBe("ok");
  });

  it("must have our layout and our time", () => {
    expect([judgeLayout("1"), judgeLayout(null), judgeLayout("99")].map(({ state }) => state)).toEqual([
      "ok",
      "warning",
      "problem",
    ]);
    expect(judgeClock(["1700000000", "500000"], 1_700_000_002_400).state).toBe("ok");
    expect(judgeClock(["1700000000", "500000"], 1_700_000_002_501).state).toBe("problem");
    expect(judgeClock([], 0).state).toBe("skipped");
  });
});

describe("the proxy", () => {
  it("is a problem when nothing answers, and each failed part is one with a remedy", () => {
    expect(judgeProxy(boot, undefined)).toMatchObject([
      { name: "proxy", state: "problem", remedy: expect.any(String) },
    ]);
    const part = { part: "kernel-bans", detail: "2 elements missing", sinceMs: 0 } as const;
    const parts = (["ok", "off", "degraded", "failed"] as const).map((state) => ({ ...part, state }));
    const judged = judgeProxy(boot, { ...transparent, isHealthy: false, parts });
    expect(judged.map(({ state }) => state)).toEqual(["problem", "ok", "skipped", "warning", "problem"]);
    expect(judged[4]).toMatchObject({ detail: "2 elements missing", remedy: expect.any(String) });
  });

  it("has its tables in the kernel", () => {
    expect(judgeTables("table ip filter\ntable inet sipprot\ntable inet sipprot_steer\n", true).state).toBe("ok");
    expect(judgeTables("table inet sipprot\n", true)).toMatchObject({ state: "problem", detail: /sipprot_steer/ });
    expect(judgeTables("table inet sipprot\n", false).state).toBe("ok");
    expect(judgeTables("", false).state).toBe("skipped");
  });

  it("on other hosts is told by their records", () => {
    const host: Host = {
      name: "pbx2",
      version: "1.0.0",
      path: "transparent",
      endpoints: ["203.0.113.20:5060"],
      workers: 1,
      startedAtMs: 0,
      seenAtMs: 100_000,
      lastChangeId: "0-0",
      health: [],
    };
    expect(judgeHosts([host, { ...host, name: "pbx1" }], "pbx1", 101_000)).toMatchObject([
      { name: "host pbx2", state: "ok" },
    ]);
    expect(judgeHosts([host], "pbx1", 200_000)).toMatchObject([{ state: "problem", detail: /silent since/ }]);
  });
});

describe("the ways around the proxy", () => {
  const listens = (address: string, port: number, protocol: "udp" | "tcp" = "udp"): ListeningSocket => ({
    protocol,
    address,
    port,
  });
  const local = ["203.0.113.10", "198.51.100.5", "2001:db8::10"];
  const states = (health: ProxyHealth, sockets: ListeningSocket[]) =>
    judgeWaysAround(boot, health, sockets, local).map(({ state, detail }) => `${state}: ${detail}`);

  it("are none when the PBX listens on the protected address only", () => {
    expect(judgeWaysAround(boot, transparent, [listens("203.0.113.10", 5060)], local)).toMatchObject([{ state: "ok" }]);
  });
  it("are the other addresses of a PBX that listens on all", () => {
    const found = states(transparent, [listens("0.0.0.0", 5060), listens("::", 5060)]);
    expect(found).toEqual([expect.stringMatching(/^warning: .*198\.51\.100\.5:5060$/)]);
  });
  it("are the PBX's own port in relay mode", () => {
    expect(states(relay, [listens("127.0.0.1", 5080)])[0]).toMatch(/^ok/);
    expect(states(relay, [listens("0.0.0.0", 5080)])[0]).toMatch(/^problem/);
  });
  it("are SIP over TLS and WebSocket, unless on loopback", () => {
    expect(states(transparent, [listens("0.0.0.0", 5061, "tcp"), listens("127.0.0.1", 8089, "tcp")])).toHaveLength(2);
  });
  it("are read from what the kernel tells", () => {
    const udp = `  sl  local_address rem_address   st tx_queue
  12: 0A7100CB:13C4 00000000:0000 07 00000000:00000000 00:00000000 00000000     0        0 1 2 0
  13: 0100007F:0035 0100007F:1234 01 00000000:00000000 00:00000000 00000000     0        0 1 2 0
`;
    expect(parseSockets(udp, "udp")).toEqual([{ protocol: "udp", address: "203.0.113.10", port: 5060 }]);
    const tcp6 = `  sl  local_address                         remote_address                        st
   0: B80D0120000000000000000010000000:13C5 00000000000000000000000000000000:0000 0A
`;
    expect(parseSockets(tcp6, "tcp")).toEqual([{ protocol: "tcp", address: "2001:db8::10", port: 5061 }]);
    expect(parseSockets("rubbish\nmore rubbish\n", "tcp")).toEqual([]);
  });
});

describe("the PBX", () => {
  const socket = createSocket("udp4");
  afterEach(() => {
    socket.removeAllListeners("message");
  });

  it("answers OPTIONS with whatever it likes, or is silent", async () => {
    socket.bind(0, "127.0.0.1");
    await once(socket, "listening");
    const { port } = socket.address();
    let asked = 0;
    socket.on("message", (bytes, peer) => {
      asked += 1;
      if (asked < 2) return;
      const via = /^Via: (.*)\r$/m.exec(bytes.toString())?.[1];
      socket.send(`SIP/2.0 401 Unauthorized\r\nVia: ${via}\r\n\r\n`, peer.port, peer.address);
    });
    expect(await askOptions({ address: "127.0.0.1", port })).toBe("401 Unauthorized");
    socket.close();
    expect(await askOptions({ address: "127.0.0.1", port })).toBeUndefined();
  });
});

describe("the machine", () => {
  it("needs room on its disk", () => {
    expect([1e8, 5e8, 5e9].map((bytes) => judgeFree(bytes, "/x").state)).toEqual(["problem", "warning", "ok"]);
  });
  it("should have no second guard for the same calls", () => {
    const stateOf = (running: string[], jails: Jail[] | undefined, path: string, proxy = "10.0.0.5") =>
      judgeRivals(running, jails, path, proxy).state;
    const jail: Jail = {
      name: "asterisk",
      ignored: ["127.0.0.0/8", "office.example", "10.0.0.0/24"],
      ignoresSelf: false,
    };
    expect(stateOf([], undefined, "relay")).toBe("ok");
    expect(stateOf(["fail2ban-server"], [], "relay")).toBe("ok");
    expect(stateOf(["fail2ban-server"], [jail], "transparent")).toBe("warning");
    expect(stateOf(["fail2ban-server"], undefined, "relay")).toBe("problem");
    expect(stateOf(["crowdsec"], undefined, "relay")).toBe("problem");
    // Once the proxy is exempt, as the remedy says, the doctor is content.
    expect(stateOf(["fail2ban-server"], [jail], "relay", "10.0.1.5")).toBe("problem");
    expect(stateOf(["fail2ban-server"], [jail], "relay")).toBe("ok");
    expect(stateOf(["fail2ban-server"], [{ ...jail, ignored: [], ignoresSelf: true }], "relay")).toBe("ok");
    expect(stateOf(["fail2ban-server"], [jail, { ...jail, ignored: [] }], "relay")).toBe("problem");
    expect(stateOf(["fail2ban-server", "crowdsec"], [jail], "relay")).toBe("problem");
  });
});

describe("the pages", () => {
  const nowMs = Date.parse("2026-11-22T00:00:00Z");
  const answer = { status: 200, certificateEndsAtMs: nowMs + 90 * 86_400_000, isSelfSigned: true };
  const operators = { ...boot, tlsCertFile: "/etc/ssl/pbx.pem", tlsKeyFile: "/etc/ssl/pbx.key" };
  const statesOf = (...args: Parameters<typeof judgeWeb>) => judgeWeb(...args).map(({ state }) => state);

  it("are told when they do not answer, with the log to look into", () => {
    expect(judgeWeb(boot, undefined, nowMs)).toMatchObject([
      { name: "pages", state: "warning", remedy: expect.stringContaining("sipprot-web.log") },
    ]);
    expect(statesOf(boot, { ...answer, status: 502 }, nowMs)).toEqual(["warning"]);
  });
  it("have a certificate that must be looked after when it is the operator's", () => {
    expect(statesOf(boot, answer, nowMs)).toEqual(["ok", "ok"]);
    expect(statesOf(operators, { ...answer, isSelfSigned: false }, nowMs)).toEqual(["ok", "ok"]);
    expect(statesOf(operators, answer, nowMs)).toEqual(["ok", "warning"]);
    const soon = { ...answer, isSelfSigned: false, certificateEndsAtMs: nowMs + 5 * 86_400_000 };
    expect(judgeWeb(operators, soon, nowMs)[1]).toMatchObject({ state: "warning", detail: "good for 5 more days" });
  });
});
