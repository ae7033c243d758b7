/** The held nft: transactions whole or not at all, errors told, a new one when it dies; and its taking of any rules we write. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, afterEach, beforeAll, expect, it, vi } from "vitest";
import { writeBanTable, writeGeoElements } from "../../proxy/src/kernel/ban-rules.ts";
import { writeBridgeTable } from "../../proxy/src/kernel/bridge-rules.ts";
import { NftSession } from "../../proxy/src/kernel/nft-session.ts";
import type { Place, SteeringDescription } from "../../proxy/src/kernel/steering-description.ts";
import { writeSteeringTable } from "../../proxy/src/kernel/steering-rules.ts";
import { Namespace, run, until } from "./kernel-namespaces.ts";

let namespace: Namespace;
let session: NftSession;
let ends = 0;
const open = () => {
  ends = 0;
  session = new NftSession(namespace.prefix, () => {
    ends += 1;
  });
};
beforeAll(() => {
  namespace = new Namespace("session");
});
afterAll(() => namespace.remove());
afterEach(() => session?.close());

it("does a transaction whole or not at all, and says what nft said", async () => {
  open();
  await session.run("add table inet probe; add set inet probe s { type ipv4_addr; }");
  await expect(
    session.run("add element inet probe s { 192.0.2.1 }\nadd element inet nowhere s { 192.0.2.2 }"),
  ).rejects.toMatchObject({ code: "kernel-refused", facts: { value: expect.stringContaining("No such file") } });
  await expect(session.run("this is no nft")).rejects.toMatchObject({ code: "kernel-refused" });
  expect(namespace.run("nft list set inet probe s")).not.toContain("192.0.2.1");
  await session.run("delete table inet probe");
  expect(ends).toBe(0);
});

it("keeps the order of many, each with its own answer", async () => {
  open();
  await session.run("add table inet probe; add set inet probe s { type ipv4_addr; }");
  const results = await Promise.allSettled(
    Array.from({ length: 100 }, (_, index) =>
      session.run(`${index % 3 === 0 ? "delete" : "add"} element inet probe s { 192.0.2.${index} }`),
    ),
  );
  results.forEach(({ status }, index) => {
    expect([index, status]).toEqual([index, index % 3 === 0 ? "rejected" : "fulfilled"]);
  });
  await session.run("delete table inet probe");
});

it("goes on when its folder was taken away, and when nothing can be written", async () => {
  const temporary = mkdtempSync(join(tmpdir(), "sipprot-session-"));
  vi.stubEnv("TMPDIR", temporary);
  open();
  vi.unstubAllEnvs();
  rmSync(temporary, { recursive: true });
  await session.run("add table inet probe");
  rmSync(temporary, { recursive: true });
  writeFileSync(temporary, "in the way");
  await expect(session.run("delete table inet probe")).rejects.toMatchObject({ code: "kernel-refused" });
  rmSync(temporary);
  await session.run("delete table inet probe");
  rmSync(temporary, { recursive: true });
});

it("starts anew when nft was killed, and tells", async () => {
  open();
  await session.run("add table inet owned { flags owner; }");
  expect(namespace.run("nft list tables")).toContain("owned");
  process.kill(Number(run(`ip netns pids ${namespace.name}`).trim()), "SIGKILL");
  await until(() => ends === 1);
  expect(namespace.run("nft list tables")).not.toContain("owned");
  await session.run("add table inet probe");
  await session.run("delete table inet probe");
});

it("takes no more when closed, and says when nft is not there", async () => {
  open();
  await session.close();
  await expect(session.run("")).rejects.toMatchObject({ code: "kernel-refused" });
  const nowhere = new NftSession(["no-such-program-anywhere"]);
  await expect(nowhere.run("")).rejects.toMatchObject({ code: "missing-program" });
  await nowhere.close();
});

const places: Place[] = [
  { kind: "host" },
  { kind: "routed-guest", interface: "vm1" },
  { kind: "bridged-guest", bridge: "br0", bridgeMac: "02:00:00:00:00:01", guestMac: "02:00:00:00:00:02" },
];
const anyDescription: fc.Arbitrary<SteeringDescription> = fc.record({
  endpoints: fc.uniqueArray(
    fc.record({
      address: fc
        .integer({ min: 1, max: 254 })
        .chain((last) => fc.constantFrom(`203.0.113.${last}`, `2001:db8::${last}`)),
      ports: fc.uniqueArray(fc.integer({ min: 1, max: 60_999 }), { minLength: 1, maxLength: 4 }),
      place: fc.constantFrom(...places),
    }),
    { minLength: 1, maxLength: 5, selector: ({ address }) => address },
  ),
  protocols: fc.constantFrom<("udp" | "tcp")[]>(["udp"], ["tcp"], ["udp", "tcp"]),
  workers: fc.integer({ min: 1, max: 4 }),
  failOpen: fc.boolean(),
  hashSeed: fc.nat(0xffff_ffff),
});

it("the kernel takes the rules of any description", () => {
  fc.assert(
    fc.property(anyDescription, (description) => {
      namespace.run("nft -c -f -", writeSteeringTable(description) + writeBridgeTable("sipprot_steer", description));
    }),
    { numRuns: 60 },
  );
});

it("the kernel takes the lasting table with any ports and limits", () => {
  const port = fc.integer({ min: 1, max: 65_535 });
  const anyPorts = fc.array(
    fc.oneof(fc.record({ port }), fc.record({ port, address: fc.constantFrom("203.0.113.10", "2001:db8:1::10") })),
    { maxLength: 6 },
  );
  const anyLimits = fc.record(
    {
      isDnsProtected: fc.boolean(),
      tftp: fc.record({
        requestsPerMinute: fc.integer({ min: 1, max: 100_000 }),
        burstRequests: fc.integer({ min: 1, max: 100_000 }),
      }),
      wholeHostGeo: fc.record({
        drops: fc.constantFrom("listed" as const, "unlisted" as const),
        networks: fc.subarray(["192.0.2.0/24", "192.0.2.0/25", "198.51.100.7", "2001:db8::/32"]),
      }),
    },
    { requiredKeys: ["isDnsProtected"] },
  );
  fc.assert(
    fc.property(anyPorts, anyLimits, (ports, limits) => {
      namespace.run("nft -c -f -", writeBanTable(ports, limits) + writeGeoElements(limits));
    }),
    { numRuns: 40 },
  );
});
