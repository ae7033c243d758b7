import { describe, expect, it } from "vitest";
import { subjectOf } from "./subject.ts";

describe("the address of a page", () => {
  it("is what stands behind the path, networks with their slash written either way", () => {
    expect(subjectOf("/why/192.0.2.7")).toBe("192.0.2.7");
    expect(subjectOf("/why/192.0.2.0%2F24")).toBe("192.0.2.0/24");
    expect(subjectOf("/why/2001:db8::/32")).toBe("2001:db8::/32");
  });
  it("is empty where none is given", () => {
    expect(subjectOf("/why")).toBe("");
    expect(subjectOf("/why/%20")).toBe("");
  });
  it("is anything at all, also what cannot be decoded", () => {
    expect(subjectOf("/why/%ff")).toBe("%ff");
    expect(subjectOf("/why/%3Cb%3E")).toBe("<b>");
  });
});
