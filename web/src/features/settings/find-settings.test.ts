import { expect, it } from "vitest";
import { findsSetting } from "./find-settings.ts";

const words = { label: "Règle de blocage SIP", does: "Refuse après tant d’échecs.", hurts: "Rien" };
it.each([
  ["regle", true],
  ["ECHECS blocage", true],
  ["blockrulefailures", true],
  ["", true],
  ["pays", false],
])("“%s” finds it: %s", (search, isFound) => {
  expect(findsSetting(search, "blockRuleFailuresPerMinute", words)).toBe(isFound);
});
