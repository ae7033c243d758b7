import { describe, expect, it } from "vitest";
import { defaultSettings, type Settings } from "./settings.ts";
import { isCountryRefused, listDangers } from "./settings-danger.ts";

const settings = (change: Partial<Settings> = {}): Settings => ({ ...defaultSettings, ...change });
const geo = (geoMode: Settings["geoMode"], ...geoCountries: string[]) => settings({ geoMode, geoCountries });

describe("a change of the settings", () => {
  it("is not dangerous when nobody is refused who was not before", () => {
    expect(listDangers(settings(), settings({ mode: "observe", blockThreshold: 5, failOpen: true }))).toEqual([]);
    expect(listDangers(geo("deny", "RU", "CN"), geo("deny", "CN"))).toEqual([]);
    expect(listDangers(geo("allow", "FR"), geo("allow", "FR", "BE"))).toEqual([]);
    expect(listDangers(geo("allow", "FR"), geo("deny", "RU"))).toEqual([]);
    expect(listDangers(geo("deny", "FR"), geo("off"))).toEqual([]);
  });

  it.each<[string, Settings, Settings]>([
    ["protecting", settings({ mode: "observe" }), settings()],
    ["countries", settings(), geo("deny", "RU")],
    ["countries", geo("deny", "RU"), geo("deny", "RU", "CN")],
    ["countries", settings(), geo("allow", "FR")],
    ["countries", geo("allow", "FR", "BE"), geo("allow", "FR")],
    ["countries", geo("deny", "FR"), geo("allow", "FR")],
    ["countries", geo("allow", "FR"), geo("deny", "FR")],
    ["whole-host", geo("deny", "RU"), { ...geo("deny", "RU"), geoWholeHost: true }],
    ["fail-closed", settings(), settings({ failOpen: false })],
    ["fewer-protocols", settings(), settings({ protocols: ["udp"] })],
  ])("is dangerous: %s", (danger, before, after) => {
    expect(listDangers(before, after)).toEqual([danger]);
  });

  it("is dangerous for the whole host too when that is on and more countries are refused", () => {
    const before = { ...geo("deny", "RU"), geoWholeHost: true };
    expect(listDangers(before, { ...before, geoCountries: ["RU", "CN"] })).toEqual(["countries", "whole-host"]);
    expect(listDangers(settings(), settings({ geoWholeHost: true }))).toEqual([]);
  });
});

it("a country that is not known passes in both modes", () => {
  expect(isCountryRefused(geo("allow", "FR"), undefined)).toBe(false);
  expect(isCountryRefused(geo("deny", "FR"), "")).toBe(false);
  expect(isCountryRefused(geo("allow", "FR"), "BE")).toBe(true);
  expect(isCountryRefused(geo("deny", "FR"), "BE")).toBe(false);
});
