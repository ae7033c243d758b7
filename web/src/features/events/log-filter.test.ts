import { describe, expect, it } from "vitest";
import { addCondition, type Condition, filterOf, isPossible, withoutCondition } from "./log-filter.ts";

const is = (field: Condition["field"], value: string): Condition => ({ field, value, isExcluded: false });
const isNot = (field: Condition["field"], value: string): Condition => ({ field, value, isExcluded: true });

describe("the filter of the log", () => {
  it("asks for what is and for what is not, each field by itself", () => {
    expect(
      filterOf([is("gate", "flood"), is("gate", "scanner"), isNot("country", "FR"), is("address", "192.0.2.0/24")]),
    ).toEqual({
      only: { gates: ["flood", "scanner"], networks: ["192.0.2.0/24"] },
      except: { countries: ["FR"] },
    });
    expect(filterOf([])).toEqual({});
  });

  it("knows the country that is not known", () => {
    expect(filterOf([is("country", "unknown")])).toEqual({ only: { countries: [""] } });
  });

  it("leaves out what cannot be", () => {
    expect(
      filterOf([is("gate", "nonsense"), is("verdict", "<b>"), is("country", "france"), is("address", "x")]),
    ).toEqual({});
    expect(isPossible(is("agent", "a".repeat(257)))).toBe(false);
    expect(isPossible(is("agent", "friendly-scanner"))).toBe(true);
    expect(
      filterOf(Array.from({ length: 60 }, (_, index) => is("account", String(index)))).only?.accounts,
    ).toHaveLength(50);
  });

  it("has each value once, as it was said last", () => {
    const conditions = addCondition([is("gate", "flood"), is("gate", "scanner")], isNot("gate", "flood"));
    expect(conditions).toEqual([is("gate", "scanner"), isNot("gate", "flood")]);
    expect(withoutCondition(conditions, { field: "gate", value: "flood" })).toEqual([is("gate", "scanner")]);
  });
});
