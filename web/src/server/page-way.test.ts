import type { User } from "@sipprot/shared/account";
import type { Role } from "@sipprot/shared/role";
import { describe, expect, it } from "vitest";
import { type PageVisitor, readVisitor, writeVisitor } from "./page-visitor.ts";
import { findOtherWay, isFile, readNext } from "./page-way.ts";

const person = (role: Role, mustChangePassword = false, firstRun: "open" | "put-off" | "finished" = "finished") => {
  const user: User = {
    name: "ada",
    role,
    isDisabled: false,
    mustChangePassword,
    hasSecondFactor: false,
    recoveryCodesLeft: 0,
    createdAtMs: 1,
    passwordChangedAtMs: 1,
    preferences: {},
  };
  return { state: "signed-in", user, firstRun } satisfies PageVisitor;
};

describe("who is not signed in", () => {
  it("gets to the sign-in, and afterwards to where they wanted", () => {
    expect(findOtherWay({ state: "signed-out" }, "/", "")).toBe("/sign-in");
    expect(findOtherWay({ state: "signed-out" }, "/events", "?gate=flood&x=1")).toBe(
      "/sign-in?next=%2Fevents%3Fgate%3Dflood%26x%3D1",
    );
    expect(findOtherWay({ state: "signed-out" }, "/sign-in", "?next=/events")).toBeUndefined();
    expect(findOtherWay(person("viewer"), "/sign-in", "?next=%2Fevents%3Fgate%3Dflood")).toBe("/events?gate=flood");
  });
  it("is never sent to another site afterwards", () => {
    for (const next of [
      "https://evil.example",
      "//evil.example",
      "/\\evil.example",
      "/a\\b",
      "/\tx",
      "evil",
      "/sign-in",
    ]) {
      expect(readNext(`?next=${encodeURIComponent(next)}`)).toBe("/");
    }
    expect(readNext("?next=%2Fwhy%2F2001%3Adb8%3A%3A7")).toBe("/why/2001:db8::7");
  });
});

it("Whoever it cannot be known of sees the page that says so, not the sign-in", () => {
  expect(findOtherWay({ state: "unknown" }, "/events", "")).toBeUndefined();
});

describe("who is signed in", () => {
  it("with a one-time password chooses their own first, wherever they wanted to go", () => {
    expect(findOtherWay(person("viewer", true), "/events", "")).toBe("/change-password");
    expect(findOtherWay(person("administrator", true), "/", "")).toBe("/change-password");
    expect(findOtherWay(person("viewer", true), "/change-password", "")).toBeUndefined();
    expect(findOtherWay(person("viewer"), "/change-password", "")).toBe("/");
  });
  it("as an administrator is led through the first run until it is put off or finished", () => {
    expect(findOtherWay(person("administrator", true, "open"), "/", "")).toBe("/first-run");
    expect(findOtherWay(person("administrator", false, "open"), "/settings", "")).toBe("/first-run");
    expect(findOtherWay(person("administrator", false, "open"), "/first-run", "")).toBeUndefined();
    expect(findOtherWay(person("administrator", false, "put-off"), "/settings", "")).toBeUndefined();
    expect(findOtherWay(person("administrator", false, "put-off"), "/first-run", "")).toBeUndefined();
    expect(findOtherWay(person("administrator"), "/first-run", "")).toBe("/");
  });
  it("as anybody else is not bothered with it", () => {
    expect(findOtherWay(person("operator", false, "open"), "/events", "")).toBeUndefined();
    expect(findOtherWay(person("operator", false, "put-off"), "/first-run", "")).toBe("/");
  });
});

it("Files need no session, pages do, addresses with dots too", () => {
  expect(["/icon.svg", "/map/world.json", "/events", "/", "/why/x"].map(isFile)).toEqual([
    true,
    true,
    false,
    false,
    false,
  ]);
  expect(isFile("/why/192.0.2.7")).toBe(false);
});

it("What the pages are told of the visitor comes through whole, and anything else is nobody known", () => {
  const ada = person("administrator", true, "open");
  expect(readVisitor(writeVisitor(ada))).toEqual(ada);
  for (const header of [undefined, null, "", "e30", "%%%"]) expect(readVisitor(header)).toEqual({ state: "unknown" });
});
