import { describe, expect, it } from "vitest";
import {
  changeSinceChosen,
  countChosen,
  isChosen,
  nothingChosen,
  rangeOf,
  reduceSelection,
  type Selection,
  type SelectionAction,
} from "./selection.ts";

function after(...actions: readonly SelectionAction[]): Selection {
  return actions.reduce(reduceSelection, nothingChosen);
}

const choose = (...keys: string[]): SelectionAction => ({ do: "toggle", keys, isChosen: true });
const leave = (...keys: string[]): SelectionAction => ({ do: "toggle", keys, isChosen: false });
const all = (total: number, filter = ""): SelectionAction => ({ do: "choose-all", filter, total });

describe("some rows", () => {
  it("are kept across pages until they are left", () => {
    const chosen = after(choose("a", "b"), choose("c"), leave("b"));
    expect([isChosen(chosen, "a"), isChosen(chosen, "b"), isChosen(chosen, "c")]).toEqual([true, false, true]);
    expect(countChosen(chosen, 100)).toBe(2);
  });

  it("are kept under another filter, and count once however often they are chosen", () => {
    const chosen = after(choose("a"), { do: "filter", filter: "other" }, choose("a"));
    expect(countChosen(chosen, 5)).toBe(1);
  });

  it("are forgotten when they are gone", () => {
    expect(countChosen(after(choose("a", "b"), { do: "forget", keys: ["a", "x"] }), 1)).toBe(1);
  });

  it("know nothing of a change of the list", () => {
    expect(changeSinceChosen(after(choose("a")), 500)).toBe(0);
  });
});

describe("all rows", () => {
  it("are as many as the list has now, also after it changed under the selection", () => {
    const chosen = after(all(1000));
    expect(countChosen(chosen, 1000)).toBe(1000);
    expect(countChosen(chosen, 1010)).toBe(1010);
    expect(changeSinceChosen(chosen, 1010)).toBe(10);
    expect(changeSinceChosen(chosen, 990)).toBe(-10);
  });

  it("can be all but some, and those can come back", () => {
    const chosen = after(all(1000), leave("a", "b"), choose("b"));
    expect(countChosen(chosen, 1000)).toBe(999);
    expect([isChosen(chosen, "a"), isChosen(chosen, "b"), isChosen(chosen, "never seen")]).toEqual([false, true, true]);
  });

  it("are none when every one of them was left", () => {
    expect(after(all(2), leave("a"), leave("b"))).toBe(nothingChosen);
  });

  it("are not all under another filter", () => {
    expect(after(all(1000, "FR"), { do: "filter", filter: "DE" })).toBe(nothingChosen);
    const same = after(all(1000, "FR"), { do: "filter", filter: "FR" });
    expect(countChosen(same, 1000)).toBe(1000);
  });

  it("never count below none", () => {
    expect(countChosen(after(all(10), leave("a", "b", "c")), 1)).toBe(0);
  });

  it("count rightly when a row that was left is gone", () => {
    expect(countChosen(after(all(10), leave("a"), { do: "forget", keys: ["a"] }), 9)).toBe(9);
  });
});

it("clearing leaves nothing", () => {
  expect(after(all(10), { do: "clear" })).toBe(nothingChosen);
});

describe("a range", () => {
  const keys = ["a", "b", "c", "d"];
  it("goes from the row touched last to this one, in either direction", () => {
    expect(rangeOf(keys, "b", "d")).toEqual(["b", "c", "d"]);
    expect(rangeOf(keys, "d", "b")).toEqual(["b", "c", "d"]);
  });

  it("is this row alone when the other is not on the page", () => {
    expect(rangeOf(keys, "gone", "c")).toEqual(["c"]);
  });
});
