import { describe, expect, it } from "vitest";
import { Credit } from "./credit.ts";
import { type Source, WORTH_PROVEN, WORTH_STANDING, WORTH_UNPROVEN } from "./source.ts";
import { Sources } from "./sources.ts";
import { Standing } from "./standing.ts";

const START_MS = 1_800_000_000_000;

function standing(atMs: number): Standing {
  const good = new Standing();
  good.register("1000", "1000", atMs);
  return good;
}

describe("the table of sources", () => {
  it("counts a whole /64 as one source, and finds it by its key", () => {
    const sources = new Sources(100, () => undefined);
    const source = sources.at("2001:db8::1", START_MS);
    expect(sources.at("2001:db8::ffff:2", START_MS)).toBe(source);
    expect(sources.find("2001:db8::/64")).toBe(source);
    expect(sources.at("2001:db8:0:1::1", START_MS)).not.toBe(source);
  });

  it("lets strangers push out only strangers, those heard of least first", () => {
    const sources = new Sources(400, () => undefined);
    const office = sources.at("192.0.2.7", START_MS);
    office.standing = standing(START_MS);
    expect(sources.keep(office, WORTH_STANDING, START_MS)).toBe(true);
    const busy = sources.at("192.0.2.8", START_MS);
    const quiet = sources.at("192.0.2.9", START_MS);
    for (let index = 0; index < 10_000; index += 1) {
      sources.at(`10.0.${index >> 8}.${index & 255}`, START_MS);
      if (index % 50 === 0) expect(sources.at("192.0.2.8", START_MS)).toBe(busy);
    }
    expect(sources.size).toBeLessThanOrEqual(400);
    expect(sources.at("192.0.2.7", START_MS)).toBe(office);
    expect(sources.at("192.0.2.9", START_MS)).not.toBe(quiet);
  });

  it("makes room among the kept only for what is worth more, and tells of it", () => {
    const forgotten: string[] = [];
    const sources = new Sources(20, (source: Source) => forgotten.push(source.key));
    for (let index = 0; index < 10; index += 1) {
      const forged = sources.at(`10.0.0.${index}`, START_MS);
      forged.credit = new Credit();
      expect(sources.keep(forged, WORTH_UNPROVEN, START_MS)).toBe(true);
    }
    expect(sources.keep(sources.at("10.0.1.1", START_MS), WORTH_UNPROVEN, START_MS)).toBe(false);
    const office = sources.at("192.0.2.7", START_MS);
    office.standing = standing(START_MS);
    expect(sources.keep(office, WORTH_STANDING, START_MS)).toBe(true);
    expect(forgotten).toEqual([expect.stringMatching(/^10\.0\.0\./)]);
    expect(sources.find("192.0.2.7")).toBe(office);
  });

  it("full of good standing, still takes a new phone for one that was not heard of for hours", () => {
    const sources = new Sources(20, () => undefined);
    for (let index = 0; index < 10; index += 1) {
      const office = sources.at(`192.0.2.${index}`, START_MS);
      office.standing = standing(START_MS);
      sources.keep(office, WORTH_STANDING, START_MS);
    }
    const phone = sources.at("198.51.100.1", START_MS);
    expect(sources.keep(phone, WORTH_PROVEN, START_MS)).toBe(false);
    expect(sources.keep(phone, WORTH_PROVEN, START_MS + 3 * 3_600_000)).toBe(true);
  });
});
