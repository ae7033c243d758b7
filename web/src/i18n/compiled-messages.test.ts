import { expect, it } from "vitest";
import { compiledMessages } from "./compiled-messages.ts";
import { locales } from "./locales.ts";

it.each(locales)("every text in %s was compiled to something that can be formatted", (locale) => {
  const tree = JSON.parse(compiledMessages(locale)) as Record<string, Record<string, unknown>>;
  const texts = Object.values(tree).flatMap((namespace) => Object.values(namespace));
  expect(texts.length).toBeGreaterThan(100);
  expect(texts.every((text) => typeof text === "string" || Array.isArray(text))).toBe(true);
});

it("is made once a language", () => {
  expect(compiledMessages("fr")).toBe(compiledMessages("fr"));
});
