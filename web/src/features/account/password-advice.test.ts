import { expect, it } from "vitest";
import { judgePassword } from "./password-advice.ts";

const fine = { length: true, variety: true, name: true, repeated: true };
const judge = (password: string, repeated = password) => judgePassword("admin", password, repeated);

it("Four words are a password, and each rule is judged by itself", () => {
  expect(judge("four words apart")).toEqual(fine);
  expect(judge("elevenchars")).toEqual({ ...fine, length: false });
  expect(judge("abababababab")).toEqual({ ...fine, variety: false });
  expect(judge("Admin-2026-pbx")).toEqual({ ...fine, name: false });
  expect(judge("four words apart", "four words")).toEqual({ ...fine, repeated: false });
});
it("The account's name in a long password is no harm", () => {
  expect(judge("the admin keeps bees in june")).toEqual(fine);
});
it("Nothing typed fulfils nothing", () => {
  expect(judge("")).toEqual({ length: false, variety: false, name: false, repeated: false });
});
