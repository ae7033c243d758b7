import { beforeEach, describe, expect, it } from "vitest";
import {
  ConnectionCensus,
  CROWDED_FROM,
  FRESH_CROWDED_MS,
  FRESH_MS,
  MAX_CONNECTIONS,
  MAX_CONNECTIONS_A_SOURCE,
  MAX_FRESH_A_SOURCE,
  type Resident,
} from "./connection-census.ts";

let census: ConnectionCensus;
beforeEach(() => {
  census = new ConnectionCensus();
});

class Connection implements Resident {
  isProven = false;
  partialSinceMs = 0;
  stalledSinceMs = 0;
  isShed = false;
  readonly source: string;
  readonly sinceMs: number;
  lastPassedAtMs: number;
  constructor(source: string, sinceMs = 0) {
    this.source = source;
    this.sinceMs = sinceMs;
    this.lastPassedAtMs = sinceMs;
  }
  shed(): void {
    this.isShed = true;
    census.remove(this);
  }
}

function admitMany(count: number, sourceOf: (index: number) => string, proven: boolean): Connection[] {
  return Array.from({ length: count }, (_, index) => {
    const connection = new Connection(sourceOf(index), index);
    if (census.admit(connection) && proven) census.prove(connection);
    return connection;
  });
}

function sweep(nowMs: number): void {
  for (const resident of census.overdue(nowMs)) resident.shed();
}

describe("the connections of clients", () => {
  it("lets an office of 300 phones come back at once", () => {
    admitMany(300, () => "192.0.2.1", false);
    expect(census.size).toBe(300);
  });

  it("replaces the oldest silent connection of a source that opens too many", () => {
    const all = admitMany(MAX_FRESH_A_SOURCE + 1, () => "192.0.2.1", false);
    expect(census.size).toBe(MAX_FRESH_A_SOURCE);
    expect(all[0]?.isShed).toBe(true);
    expect(all[1]?.isShed).toBe(false);
  });

  it("refuses one source more than its share, however good its connections are", () => {
    admitMany(MAX_CONNECTIONS_A_SOURCE, () => "192.0.2.1", true);
    expect(census.admit(new Connection("192.0.2.1"))).toBe(false);
    expect(census.admit(new Connection("192.0.2.2"))).toBe(true);
  });

  it("when full, makes room by the oldest silent one", () => {
    const silent = new Connection("198.51.100.1");
    census.admit(silent);
    admitMany(MAX_CONNECTIONS - 1, (index) => `source ${index % 100}`, true);
    expect(census.admit(new Connection("192.0.2.1"))).toBe(true);
    expect(silent.isShed).toBe(true);
    expect(census.size).toBe(MAX_CONNECTIONS);
  });

  it("when full of talking ones, makes room by the idlest of the source that has most", () => {
    const phone = new Connection("192.0.2.7", 0);
    census.admit(phone);
    census.prove(phone);
    const greedy = admitMany(MAX_CONNECTIONS - 1, (index) => `source ${index % 20}`, true);
    expect(census.admit(new Connection("192.0.2.8"))).toBe(true);
    expect(phone.isShed).toBe(false);
    expect(greedy.filter((connection) => connection.isShed)).toHaveLength(1);
  });

  it("waits less for silent ones when there are many", () => {
    const [first] = admitMany(CROWDED_FROM - 1, (index) => `source ${index}`, false);
    sweep(FRESH_CROWDED_MS);
    expect(first?.isShed).toBe(false);
    census.admit(new Connection("one more", 0));
    sweep(FRESH_CROWDED_MS);
    expect(first?.isShed).toBe(true);
  });

  it("ends a silent one on the millisecond, not before", () => {
    const connection = new Connection("192.0.2.1", 5);
    census.admit(connection);
    sweep(FRESH_MS + 4);
    expect(connection.isShed).toBe(false);
    sweep(FRESH_MS + 5);
    expect(connection.isShed).toBe(true);
  });

  it("spares one that speaks while others are being ended", () => {
    const [first, second, third] = admitMany(3, (index) => `source ${index}`, false);
    const overdue = census.overdue(FRESH_MS + 10);
    expect(overdue.next().value).toBe(first);
    first?.shed();
    if (second !== undefined) census.prove(second);
    expect([...overdue]).toEqual([third]);
  });

  it("forgets a source whose connections are gone", () => {
    for (let round = 0; round < 3; round += 1) {
      const all = admitMany(MAX_CONNECTIONS_A_SOURCE, () => "192.0.2.1", true);
      expect(census.size).toBe(MAX_CONNECTIONS_A_SOURCE);
      for (const connection of all) census.remove(connection);
      expect(census.size).toBe(0);
    }
  });
});
