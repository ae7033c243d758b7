import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { writeBridgeTable } from "./bridge-rules.ts";
import { listMachineChanges } from "./machine-changes.ts";
import { listSocketPairs, type Place, type SteeringDescription } from "./steering-description.ts";
import { writeSteeringTable } from "./steering-rules.ts";
import { nextStep, STEERING_STEPS } from "./steering-steps.ts";

const places: Place[] = [
  { kind: "host" },
  { kind: "routed-guest", interface: "vm1" },
  { kind: "bridged-guest", bridge: "br0", bridgeMac: "02:00:00:00:00:01", guestMac: "02:00:00:00:00:02" },
];
const anyEndpoint = fc.record({
  address: fc.integer({ min: 1, max: 254 }).chain((last) => fc.constantFrom(`203.0.113.${last}`, `2001:db8::${last}`)),
  ports: fc.uniqueArray(fc.integer({ min: 1, max: 60_999 }), { minLength: 1, maxLength: 4 }),
  place: fc.constantFrom(...places),
});
const anyDescription: fc.Arbitrary<SteeringDescription> = fc.record({
  endpoints: fc.uniqueArray(anyEndpoint, { minLength: 1, maxLength: 5, selector: ({ address }) => address }),
  protocols: fc.constantFrom<("udp" | "tcp")[]>(["udp"], ["tcp"], ["udp", "tcp"]),
  workers: fc.integer({ min: 1, max: 4 }),
  failOpen: fc.boolean(),
  hashSeed: fc.nat(0xffff_ffff),
});

/** The base chains that change what they pass on. */
const rewriting = new Set(["pre", "handover", "out"]);

/** The hook and the priority of each base chain. */
function listHooks(text: string): Map<string, { hook: string; priority: number }> {
  const chains = text.matchAll(/^chain (\w+) \{\ntype \w+ hook (\w+) priority (\S+);/gm);
  return new Map([...chains].map(([, name = "", hook = "", priority]) => [name, { hook, priority: Number(priority) }]));
}

describe("the steering table of any description", () => {
  it("is balanced, names only chains and sets it defines, and leaves no value unset", () => {
    fc.assert(
      fc.property(anyDescription, (description) => {
        const texts = [{}, { isDraining: true }].flatMap((moment) => [
          writeSteeringTable(description, moment),
          writeBridgeTable("sipprot_steer", description, moment),
        ]);
        for (const text of texts) {
          expect(text).not.toMatch(/undefined|NaN|\{ {2}\}|elements = \{ \}/);
          expect(text.split("{").length).toBe(text.split("}").length);
          const defined = (what: string) =>
            new Set([...text.matchAll(new RegExp(`^${what} (\\S+) \\{`, "gm"))].map(([, name]) => name));
          const chains = defined("chain");
          const sets = new Set([...defined("set"), ...defined("map")]);
          const missing = (known: Set<string | undefined>, uses: RegExp) =>
            [...text.matchAll(uses)].map(([, name]) => name).filter((name) => !known.has(name));
          expect(missing(chains, /(?:goto|jump) (\w+)/g)).toEqual([]);
          expect(missing(sets, /@(?!nh,)(\w+)/g)).toEqual([]);
        }
      }),
    );
  });

  it("knows every socket of every worker", () => {
    fc.assert(
      fc.property(anyDescription, (description) => {
        const text = writeSteeringTable(description);
        const sockets = listSocketPairs(description).flatMap(({ bindAddress, downPort, upPort }) => [
          `${bindAddress} . ${downPort}`,
          `${bindAddress} . ${upPort}`,
        ]);
        expect(sockets.filter((socket) => !text.includes(socket))).toEqual([]);
      }),
    );
  });

  it("that drains brings nothing to a worker, and still rewrites what workers send", () => {
    const toWorker = /goto (in|answer|guest_in|guest_out)\d$/m;
    fc.assert(
      fc.property(anyDescription, (description) => {
        expect(writeSteeringTable(description)).toMatch(toWorker);
        const text = writeSteeringTable(description, { isDraining: true });
        expect(text.slice(text.indexOf("chain shut {"))).not.toMatch(toWorker);
        expect(text).toMatch(/goto ours\d$/m);
      }),
    );
  });

  it("that takes the place of another rewrites behind it, and drops where nothing is half rewritten", () => {
    fc.assert(
      fc.property(anyDescription, fc.nat(STEERING_STEPS - 2), (description, step) => {
        const writers = [
          (at: number) => writeSteeringTable(description, { step: at }),
          (at: number) => writeBridgeTable("sipprot_steer", description, { step: at }),
        ];
        for (const write of writers) {
          const [before, after] = [step, nextStep(step)].map((at) => listHooks(write(at)));
          for (const [name, { hook, priority }] of before ?? []) {
            if (rewriting.has(name)) expect(after?.get(name)?.priority).toBeGreaterThan(priority);
            const rewriters = [...(before ?? [])].filter(([other, one]) => rewriting.has(other) && one.hook === hook);
            for (const [, one] of rewriters) {
              if (name.startsWith("shut")) expect(one.priority).toBeGreaterThan(priority);
              if (name === "last") expect(one.priority).toBeLessThan(priority);
            }
          }
        }
        expect([...listHooks(writeSteeringTable(description)).keys()]).toEqual(
          expect.arrayContaining(["shut", "shut_out", "last", ...rewriting]),
        );
      }),
    );
  });

  it("is owned by its session when open, and outlives it when closed", () => {
    const description: SteeringDescription = {
      endpoints: [{ address: "203.0.113.10", ports: [5060], place: { kind: "host" } }],
      protocols: ["udp", "tcp"],
      workers: 1,
      failOpen: true,
      hashSeed: 0,
    };
    expect(writeSteeringTable(description)).toContain("flags owner");
    expect(writeSteeringTable({ ...description, failOpen: false })).not.toContain("flags owner");
    expect(writeSteeringTable({ ...description, failOpen: false })).toContain("!= @alive_0 counter drop");
  });
});

describe("the machine", () => {
  const changes = (place: Place, protocols: readonly ("udp" | "tcp")[] = ["udp", "tcp"]) =>
    listMachineChanges({
      endpoints: [{ address: "203.0.113.10", ports: [5060], place }],
      protocols,
      workers: 1,
      failOpen: true,
      hashSeed: 0,
    }).map((change) => (change.kind === "setting" ? `${change.path}=${change.value}` : change.make.join(" ")));

  it("is changed for nothing that is not needed", () => {
    expect(changes({ kind: "host" }, ["udp"])).toEqual([]);
    expect(changes({ kind: "host" })).toEqual(["net/ipv4/tcp_early_demux=0"]);
    expect(changes({ kind: "routed-guest", interface: "vm1.5" })).toEqual([
      "-4 address replace 100.64.253.1/32 dev lo scope host",
      "net/ipv4/conf/vm1.5/rp_filter=2",
    ]);
  });
});
