import { expect, it } from "vitest";
import { frenchSpaces } from "./french-spaces.ts";

it.each([
  ["Pourquoi ?", "Pourquoi\u202f?"],
  ["« {value} » n’existe pas : essayez", "«\u00a0{value}\u00a0» n’existe pas\u00a0: essayez"],
  ["50 %", "50\u202f%"],
  ["https://a.example/x?y", "https://a.example/x?y"],
  ["{count, plural, one {# an} other {# ans}}", "{count, plural, one {# an} other {# ans}}"],
])("%s", (text, expected) => {
  expect(frenchSpaces(text)).toBe(expected);
});
