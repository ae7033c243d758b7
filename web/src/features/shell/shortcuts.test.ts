import { expect, it } from "vitest";
import { pageLinks, pageOf } from "./navigation.ts";
import { SECOND_KEY_WITHIN_MS, ShortcutReader } from "./shortcuts.ts";

const key = (name: string, atMs = 0, more: { isTyping?: boolean; hasModifier?: boolean } = {}) => ({
  key: name,
  atMs,
  isTyping: false,
  hasModifier: false,
  ...more,
});

it("g and a letter lead to every page", () => {
  for (const { letter, href } of pageLinks) {
    const reader = new ShortcutReader();
    expect(reader.read(key("g"))).toBeUndefined();
    expect(reader.read(key(letter, 300))).toEqual({ do: "go", href });
  }
});

it("no two pages have the same letter", () => {
  expect(new Set(pageLinks.map(({ letter }) => letter)).size).toBe(pageLinks.length);
});

it("a letter that comes late, or after another key, leads nowhere", () => {
  const reader = new ShortcutReader();
  reader.read(key("g"));
  expect(reader.read(key("d", SECOND_KEY_WITHIN_MS + 1))).toBeUndefined();
  reader.read(key("g"));
  reader.read(key("x", 100));
  expect(reader.read(key("d", 200))).toBeUndefined();
});

it("nothing is caught while somebody types, or with a modifier", () => {
  const reader = new ShortcutReader();
  expect(reader.read(key("/", 0, { isTyping: true }))).toBeUndefined();
  expect(reader.read(key("z", 0, { hasModifier: true }))).toBeUndefined();
  reader.read(key("g"));
  expect(reader.read(key("d", 100, { isTyping: true }))).toBeUndefined();
});

it("single keys search, show the keys, and go to the undo button", () => {
  const reader = new ShortcutReader();
  expect(["/", "?", "z"].map((name) => reader.read(key(name)))).toEqual([
    { do: "search" },
    { do: "keys" },
    { do: "undo" },
  ]);
});

it("an address belongs to its page, and the dashboard's to itself alone", () => {
  expect(pageOf("/why/192.0.2.7")?.name).toBe("why");
  expect(pageOf("/")?.name).toBe("dashboard");
  expect(pageOf("/whyever")).toBeUndefined();
});
