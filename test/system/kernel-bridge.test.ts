/** A guest behind a bridge of this host: its SIP is lifted out of the bridge, and back in it when the proxy is silent. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join as joinPath } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { NftablesKernel } from "../../proxy/src/kernel/nftables-kernel.ts";
import {
  listHeartbeats,
  listSocketPairs,
  type Place,
  type SteeringDescription,
} from "../../proxy/src/kernel/steering-description.ts";
import { join, Namespace, type Running, run, until } from "./kernel-namespaces.ts";

const GUEST_MAC = "02:00:00:00:00:20";
let outside: Namespace;
let host: Namespace;
let guest: Namespace;
let folder: string;
let description: SteeringDescription;

beforeAll(async () => {
  outside = new Namespace("outside");
  host = new Namespace("host");
  guest = new Namespace("guest");
  folder = mkdtempSync(joinPath(tmpdir(), "kernel-bridge-"));
  join([outside, "to-host", "203.0.113.1/24", "2001:db8:1::1/64"], [host, "wan"]);
  join([host, "tap"], [guest, "to-host", "203.0.113.20/24", "2001:db8:1::20/64"]);
  run(`ip -n ${guest.name} link set to-host address ${GUEST_MAC}`);
  run(`ip -n ${host.name} link add br0 type bridge`);
  for (const port of ["wan", "tap"]) run(`ip -n ${host.name} link set ${port} master br0`);
  run(`ip -n ${host.name} link set br0 up`);
  run(`ip -n ${host.name} address add 203.0.113.2/24 dev br0`);
  run(`ip -n ${host.name} address add 2001:db8:1::2/64 dev br0 nodad`);
  for (const address of ["192.0.2.7/32", "2001:db8:2::7/128"])
    run(`ip -n ${outside.name} address add ${address} dev lo`);
  for (const namespace of [host, guest]) {
    run(`ip -n ${namespace.name} route add default via 203.0.113.1`);
    run(`ip -n ${namespace.name} -6 route add default via 2001:db8:1::1`);
  }
  host.run("sysctl -qw net.ipv4.ip_forward=1 net.ipv6.conf.all.forwarding=1");
  await guest.start("kernel-pbx.mjs", "203.0.113.20", "5060");
  await guest.start("kernel-pbx.mjs", "2001:db8:1::20", "5060");
  await until(async () => (await talk([100])).every(({ outcome }) => outcome === "answer"));
  const bridgeMac = /link\/ether (\S+)/.exec(run(`ip -n ${host.name} link show br0`))?.[1] ?? "";
  const place: Place = { kind: "bridged-guest", bridge: "br0", bridgeMac, guestMac: GUEST_MAC };
  description = {
    endpoints: ["203.0.113.20", "2001:db8:1::20"].map((address) => ({ address, ports: [5060], place })),
    protocols: ["udp", "tcp"],
    workers: 2,
    failOpen: true,
    hashSeed: 3,
  };
});
afterAll(() => {
  for (const namespace of [outside, host, guest]) namespace?.remove();
  rmSync(folder, { recursive: true });
});

let nextPort = 20_000;
/** One exchange a size, protocol and family. */
function talk(sizes: number[], waitMs = 1000) {
  return outside.exchange(
    "kernel-client.mjs",
    sizes.flatMap((bytes) =>
      ["192.0.2.7", "2001:db8:2::7"].flatMap((source) =>
        ["udp", "tcp"].map((protocol) => {
          nextPort += 1;
          const target = source.includes(":") ? "2001:db8:1::20" : "203.0.113.20";
          return { protocol, source, sourcePort: nextPort, target, targetPort: 5060, bytes, waitMs };
        }),
      ),
    ),
  );
}

describe.each(["1", "0"])("with bridge-nf-call-iptables=%s", (isFiltered) => {
  let kernel: NftablesKernel;
  let relays: Running[];
  beforeAll(async () => {
    host.run(
      `sysctl -qw net.bridge.bridge-nf-call-iptables=${isFiltered} net.bridge.bridge-nf-call-ip6tables=${isFiltered}`,
    );
    kernel = new NftablesKernel({ prefix: host.prefix, runFolder: folder });
    await kernel.applySteering(description);
    relays = await Promise.all(
      [0, 1].map((worker) => {
        const pairs = listSocketPairs(description).filter((pair) => pair.worker === worker);
        return host.start(
          "kernel-relay.mjs",
          JSON.stringify({ pairs, heartbeats: listHeartbeats(description, worker) }),
        );
      }),
    );
    await until(async () => (await kernel.readBack()).aliveWorkers.length === 2);
    await new Promise((resolve) => setTimeout(resolve, 600));
  });
  afterAll(async () => {
    for (const { child } of relays ?? []) child.kill("SIGKILL");
    await kernel.remove();
  });
  const passed = () => relays.flatMap(({ lines }) => lines.filter((line) => / in /.test(line))).length;

  it("messages pass the proxy with the client's address, and answers come from the guest and its MAC", async () => {
    const before = passed();
    const heard = await talk([100, 5000, 30_000]);
    for (const exchange of heard) {
      expect(exchange.outcome).toBe("answer");
      const seen = JSON.parse(exchange.heard ?? "{}");
      expect(seen.md5).toBe(exchange.sent);
      expect(seen.from).toMatch(/^(192\.0\.2\.7|2001:db8:2::7):2\d{4}$/);
      expect(exchange.peer).toMatch(/^(203\.0\.113\.20|2001:db8:1::20):5060$/);
    }
    expect(passed() - before).toBe(heard.length);
    expect((await kernel.readBack()).isInStep).toBe(true);
    expect(run(`ip -n ${outside.name} neighbour show 203.0.113.20`)).toContain(GUEST_MAC);
  });

  it("frozen workers leave the frames in the bridge", async () => {
    for (const { child } of relays) child.kill("SIGSTOP");
    await new Promise((resolve) => setTimeout(resolve, 2300));
    const before = passed();
    const heard = await talk([100, 30_000]);
    expect(heard.map(({ outcome }) => outcome)).toEqual(heard.map(() => "answer"));
    expect(passed()).toBe(before);
    for (const { child } of relays) child.kill("SIGCONT");
  });
});

it("remove leaves no route, neighbour or address of ours", () => {
  const all = ["address", "route", "neighbour", "-6 route", "-6 neighbour"].map((what) =>
    run(`ip -n ${host.name} ${what} show`),
  );
  expect(all.join()).not.toMatch(/100\.64\.253|fd00:5060/);
});
