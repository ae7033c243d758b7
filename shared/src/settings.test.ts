import { describe, expect, it } from "vitest";
import { SipprotError } from "./errors.ts";
import { defaultSettings, parseSetting, settingNames, settingsSchema } from "./settings.ts";

describe("the settings", () => {
  it("have a default and a sentence each", () => {
    for (const name of settingNames) {
      expect(defaultSettings[name]).toBeDefined();
      expect(settingsSchema.shape[name].description?.length).toBeGreaterThan(10);
    }
  });

  it("are read from what an operator types", () => {
    expect(parseSetting("blockRuleFailuresPerMinute", "5")).toEqual({ blockRuleFailuresPerMinute: 5 });
    expect(parseSetting("mode", "observe")).toEqual({ mode: "observe" });
    expect(parseSetting("sipPorts", "5060, 5070:5072")).toEqual({ sipPorts: ["5060", "5070:5072"] });
    expect(parseSetting("geoCountries", "")).toEqual({ geoCountries: [] });
    expect(parseSetting("failOpen", "false")).toEqual({ failOpen: false });
  });

  it.each([
    ["blockThreshold", "21"],
    ["blockThreshold", "two"],
    ["sipPorts", "5062:5060"],
    ["sipPorts", "0"],
    ["geoCountries", "France"],
    ["mode", "off"],
    ["nonsense", "1"],
    ["__proto__", "1"],
  ])("%s = %s is refused by name", (name, text) => {
    try {
      parseSetting(name, text);
      expect.unreachable();
    } catch (error) {
      expect(error).toBeInstanceOf(SipprotError);
      expect((error as SipprotError).facts.field).toBe(name);
    }
  });
});
