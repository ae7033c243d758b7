import { describe, expect, it } from "vitest";
import { chooseLocale, chooseTimeZone } from "./locales.ts";

describe("the language of a reader", () => {
  it("is the one of their account before the one chosen in this browser, and that before the browser's own", () => {
    expect(chooseLocale({ ofUser: "fr", ofCookie: "en", ofBrowser: "en" })).toBe("fr");
    expect(chooseLocale({ ofCookie: "fr", ofBrowser: "en" })).toBe("fr");
    expect(chooseLocale({ ofBrowser: "fr" })).toBe("fr");
  });

  it.each([
    ["fr-CA,fr;q=0.9,en;q=0.8", "fr"],
    ["de-DE,de;q=0.9,fr;q=0.5,en;q=0.7", "en"],
    ["de, ja", "en"],
    ["FR", "fr"],
    ["fr;q=0, en", "en"],
    ["*", "en"],
    ["", "en"],
    [";;;,q=,;q=x,fr", "fr"],
    [`${"x,".repeat(100_000)}fr`, "en"],
  ])("is read from the header %.40s as %s", (ofBrowser, locale) => {
    expect(chooseLocale({ ofBrowser })).toBe(locale);
  });

  it("passes over a choice that is no language of ours", () => {
    expect(chooseLocale({ ofUser: "xx", ofCookie: "../../etc", ofBrowser: "fr" })).toBe("fr");
  });
});

describe("the time zone of a reader", () => {
  it("is the first that is one", () => {
    expect(chooseTimeZone("Europe/Paris", "UTC")).toBe("Europe/Paris");
    expect(chooseTimeZone(undefined, "Mars/Olympus", "Asia/Tokyo")).toBe("Asia/Tokyo");
  });

  it("is UTC when nobody says", () => {
    expect(chooseTimeZone(undefined, "")).toBe("UTC");
  });
});
