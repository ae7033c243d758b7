import { expect, it } from "vitest";
import { isLastAdministrator } from "./last-administrator.ts";

const ann = { name: "ann", role: "administrator", isDisabled: false } as const;
const bob = { name: "bob", role: "administrator", isDisabled: true } as const;
const eve = { name: "eve", role: "operator", isDisabled: false } as const;

it("The last administrator is the one beside whom nobody could administer", () => {
  expect(isLastAdministrator([ann, bob, eve], ann)).toBe(true);
  expect(isLastAdministrator([ann, { ...bob, isDisabled: false }], ann)).toBe(false);
  expect(isLastAdministrator([ann, bob, eve], bob)).toBe(false);
  expect(isLastAdministrator([ann, bob, eve], eve)).toBe(false);
});
