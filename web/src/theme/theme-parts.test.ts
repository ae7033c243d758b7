import { DEFAULT_ACCENT } from "@sipprot/shared/branding";
import { expect, it } from "vitest";
import { buildThemeParts } from "./theme-parts.ts";

it("both schemes have the same variables, and every one a value", () => {
  const { light, dark } = buildThemeParts(DEFAULT_ACCENT).variables;
  expect(Object.keys(light).sort()).toEqual(Object.keys(dark).sort());
  expect([...Object.values(light), ...Object.values(dark)].every((value) => /^#[0-9a-f]{6}$/.test(value))).toBe(true);
});

it("an accent of the customer's colours the accent and nothing else", () => {
  const ours = buildThemeParts(DEFAULT_ACCENT).variables.light;
  const theirs = buildThemeParts("#7a1fa2").variables.light;
  const changed = Object.keys(ours).filter((name) => ours[name] !== theirs[name]);
  expect(changed.length).toBeGreaterThan(0);
  expect(changed.every((name) => /accent|anchor|primary/.test(name))).toBe(true);
});

it("is plain data that a server can hand to a browser", () => {
  const parts = buildThemeParts(DEFAULT_ACCENT);
  expect(JSON.parse(JSON.stringify(parts))).toEqual(parts);
});
