/**
 * The lab's network: a PBX host, phones, a provider and attackers, joined by a router, each in a namespace of its own.
 *
 * Rule: nothing of it is seen outside its namespaces; the names carry the pid of the run, so that the next run
 * removes what a dead one left.
 */
import { existsSync } from "node:fs";
import { Namespace, run } from "./namespace.ts";

const NAME_PREFIX = "sipprotlab-";
/** How all namespaces of tests are called: by what made them, and its pid. */
const testNamespace = /^(?:sipprotlab-|sipprotsite-|kernel-|e2e)(\d+)(?:-|$)/;

export const pbxAddress = "203.0.113.10";
export const pbxAddressIPv6 = "2001:db8:1::10";
/** Where the fake PBX listens that records bytes. */
export const recorderAddress = "203.0.113.11";
/** Where the gate listens in relay mode. */
export const relayAddress = "203.0.113.12";
export const phoneAddress = "198.51.100.10";
export const phoneAddressIPv6 = "2001:db8:2::10";
/** The one address of an office with many phones. */
export const officeAddress = "198.51.100.50";
export const providerAddress = "203.0.113.200";
export const attackerAddress = "192.0.2.10";
export const attackerAddressIPv6 = "2001:db8:bad::10";

const roles = ["pbx", "phones", "provider", "attackers"] as const;
export type Role = (typeof roles)[number];

/** The networks a role sends from; each address of them is local there. */
const networksOf: Record<Exclude<Role, "pbx">, { readonly ipv4: string; readonly ipv6: string }> = {
  phones: { ipv4: "198.51.100.0/24", ipv6: "2001:db8:2::/64" },
  provider: { ipv4: "203.0.113.192/26", ipv6: "2001:db8:3::/64" },
  attackers: { ipv4: "192.0.2.0/24", ipv6: "2001:db8:bad::/48" },
};
const sourceOf: Record<Exclude<Role, "pbx">, { readonly ipv4: string; readonly ipv6: string }> = {
  phones: { ipv4: phoneAddress, ipv6: phoneAddressIPv6 },
  provider: { ipv4: providerAddress, ipv6: "2001:db8:3::10" },
  attackers: { ipv4: attackerAddress, ipv6: attackerAddressIPv6 },
};

export interface Network {
  readonly pbx: Namespace;
  readonly phones: Namespace;
  readonly provider: Namespace;
  readonly attackers: Namespace;
  /** Makes the attackers own one more address (of a country, say), only inside the namespaces. */
  addAttacker(address: string): Promise<void>;
  remove(): Promise<void>;
}

/** Builds the network; removes first what dead runs left. */
export async function buildNetwork(): Promise<Network> {
  await removeDeadNetworks();
  const id = `${NAME_PREFIX}${process.pid}-${Date.now().toString(36).slice(-4)}`;
  const router = new Namespace(`${id}-router`);
  const spaces = Object.fromEntries(roles.map((role) => [role, new Namespace(`${id}-${role}`)])) as Record<
    Role,
    Namespace
  >;
  const all = [router, ...Object.values(spaces)];
  try {
    for (const space of all) await run("ip", ["netns", "add", space.name]);
    await Promise.all(all.map((space) => space.ip(["link set lo up"])));
    await buildRouter(router, spaces);
    await buildPbx(spaces.pbx);
    await Promise.all(
      (["phones", "provider", "attackers"] as const).map((role, index) => buildStub(spaces[role], role, index + 1)),
    );
  } catch (error) {
    await removeNamespaces(all);
    throw error;
  }
  return {
    ...spaces,
    addAttacker: (address) =>
      spaces.attackers.ip([
        `addr replace ${address}/${address.includes(":") ? 128 : 32} dev lo${address.includes(":") ? " nodad" : ""}`,
      ]),
    remove: () => removeNamespaces(all),
  };
}

async function buildRouter(router: Namespace, spaces: Record<Role, Namespace>): Promise<void> {
  await sysctl(router, ["net.ipv4.ip_forward=1", "net.ipv6.conf.all.forwarding=1", ...rpFilter(0), ...noDad]);
  const lines = roles.map((role, index) => `link add r${index} type veth peer name eth0 netns ${spaces[role].name}`);
  lines.push("addr add 203.0.113.1/26 dev r0", "addr add 2001:db8:1::1/64 dev r0 nodad");
  for (const index of [1, 2, 3]) {
    lines.push(`addr add 198.18.${index}.1/30 dev r${index}`, `addr add fd00:5060:${index}::1/64 dev r${index} nodad`);
  }
  lines.push(...roles.map((_role, index) => `link set r${index} up`));
  for (const [index, role] of (["phones", "provider", "attackers"] as const).entries()) {
    const { ipv4, ipv6 } = networksOf[role];
    lines.push(`route add ${ipv4} via 198.18.${index + 1}.2`, `route add ${ipv6} via fd00:5060:${index + 1}::2`);
  }
  // The attackers are the rest of the world.
  lines.push("route add default via 198.18.3.2", "route add ::/0 via fd00:5060:3::2");
  await router.ip(lines);
}

async function buildPbx(pbx: Namespace): Promise<void> {
  await sysctl(pbx, [...rpFilter(1), ...noDad]);
  const lines = [pbxAddress, recorderAddress, relayAddress].map((address) => `addr add ${address}/26 dev eth0`);
  lines.push(`addr add ${pbxAddressIPv6}/64 dev eth0 nodad`, "link set eth0 up");
  lines.push("route add default via 203.0.113.1", "route add ::/0 via 2001:db8:1::1");
  await pbx.ip(lines);
}

/** A namespace behind the router that owns whole networks and may send from any address at all. */
async function buildStub(space: Namespace, role: Exclude<Role, "pbx">, index: number): Promise<void> {
  const { ipv4, ipv6 } = networksOf[role];
  const source = sourceOf[role];
  await sysctl(space, [
    ...rpFilter(0),
    ...noDad,
    "net.ipv4.ip_nonlocal_bind=1",
    "net.ipv6.ip_nonlocal_bind=1",
    "net.ipv4.ip_local_port_range=1024 65535",
  ]);
  await space.ip([
    `addr add 198.18.${index}.2/30 dev eth0`,
    `addr add fd00:5060:${index}::2/64 dev eth0 nodad`,
    "link set eth0 up",
    `addr add ${source.ipv4}/32 dev lo`,
    `addr add ${source.ipv6}/128 dev lo nodad`,
    `route add local ${ipv4} dev lo`,
    `route add local ${ipv6} dev lo`,
    `route add default via 198.18.${index}.1 src ${source.ipv4}`,
    `route add ::/0 via fd00:5060:${index}::1 src ${source.ipv6}`,
  ]);
}

const rpFilter = (value: 0 | 1) => [`net.ipv4.conf.all.rp_filter=${value}`, `net.ipv4.conf.default.rp_filter=${value}`];
const noDad = ["net.ipv6.conf.all.accept_dad=0", "net.ipv6.conf.default.accept_dad=0"];

async function sysctl(space: Namespace, settings: readonly string[]): Promise<void> {
  await space.run("sysctl", ["-q", "-w", ...settings]);
}

/** Removes the namespaces of runs whose process is gone, with the programs left in them. */
export async function removeDeadNetworks(): Promise<void> {
  const { stdout } = await run("ip", ["-j", "netns", "list"]);
  const names = (JSON.parse(stdout.trim() || "[]") as { name: string }[]).map(({ name }) => name);
  const dead = names.filter((name) => {
    const pid = testNamespace.exec(name)?.[1];
    return pid !== undefined && !existsSync(`/proc/${pid}`);
  });
  await removeNamespaces(dead.map((name) => new Namespace(name)));
}

async function removeNamespaces(spaces: readonly Namespace[]): Promise<void> {
  for (const space of spaces) {
    const { stdout } = await run("ip", ["netns", "pids", space.name], { mayFail: true });
    for (const pid of stdout
      .split("\n")
      .map(Number)
      .filter((pid) => pid > 1)) {
      try {
        process.kill(pid, "SIGKILL");
      } catch {
        // It ended by itself meanwhile.
      }
    }
    await run("ip", ["netns", "delete", space.name], { mayFail: true });
  }
}
