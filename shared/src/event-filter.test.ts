import { describe, expect, it } from "vitest";
import type { SipEvent } from "./event.ts";
import { type EventFilter, testEvents } from "./event-filter.ts";

const event: SipEvent = {
  kind: "refused",
  atMs: 1,
  count: 1,
  host: "pbx1",
  endpoint: "203.0.113.10:5060",
  transport: "udp",
  source: "192.0.2.7",
  country: "FR",
  gate: "guessing",
  reason: { gate: "guessing", kind: "account", seen: 10, limit: 10, windowSeconds: 60, account: "1001" },
  proven: true,
  method: "REGISTER",
  agent: "Grandstream GXP2130",
};
const lets = (filter: EventFilter, change: Partial<SipEvent> = {}) => testEvents(filter)({ ...event, ...change });

describe("a filter of events", () => {
  it("lets everything through when nothing is asked for", () => {
    expect(lets({})).toBe(true);
    expect(lets({ only: { gates: [], agents: [] }, except: { countries: [] } })).toBe(true);
  });

  it("wants one of each list, and all lists", () => {
    expect(lets({ only: { gates: ["flood", "guessing"], countries: ["FR"] } })).toBe(true);
    expect(lets({ only: { gates: ["guessing"], countries: ["DE"] } })).toBe(false);
    expect(lets({ only: { hosts: ["pbx2"] } })).toBe(false);
    expect(lets({ only: { endpoints: ["203.0.113.10:5060"], kinds: ["refused"] } })).toBe(true);
  });

  it("leaves out what fits any of the others", () => {
    expect(lets({ except: { gates: ["flood"], countries: ["FR"] } })).toBe(false);
    expect(lets({ only: { gates: ["guessing"] }, except: { kinds: ["block-began"] } })).toBe(true);
  });

  it("knows a country that is not known", () => {
    const { country: _, ...unknown } = event;
    expect(testEvents({ only: { countries: [""] } })(unknown)).toBe(true);
    expect(testEvents({ except: { countries: [""] } })(unknown)).toBe(false);
  });

  it("takes the account the reason names", () => {
    expect(lets({ only: { accounts: ["1001"] } })).toBe(true);
    expect(lets({ only: { accounts: ["1001"] } }, { account: "1002" })).toBe(false);
  });

  it("finds a part of the agent, whatever its case", () => {
    expect(lets({ only: { agents: ["gxp"] } })).toBe(true);
    expect(lets({ except: { agents: ["GRANDSTREAM"] } })).toBe(false);
  });

  it("finds a source by itself, by its network, and an IPv6 one by any address of its /64", () => {
    expect(lets({ only: { networks: ["192.0.2.7"] } })).toBe(true);
    expect(lets({ only: { networks: ["192.0.2.0/24"] } })).toBe(true);
    expect(lets({ only: { networks: ["192.0.2.8", "198.51.100.0/24"] } })).toBe(false);
    expect(lets({ only: { networks: ["2001:db8::7"] } }, { source: "2001:db8::/64" })).toBe(true);
    expect(lets({ only: { networks: ["2001:db8:1::/48"] } }, { source: "2001:db8::/64" })).toBe(false);
    expect(lets({ only: { networks: ["192.0.2.0/24"] } }, { source: "<b>no address</b>" })).toBe(false);
  });
});
