import { describe, expect, it } from "vitest";
import { findDifferences } from "./differences.ts";
import { readAuthor } from "./read-author.ts";

const find = (before: unknown, after: unknown) =>
  findDifferences(
    before === undefined ? undefined : JSON.stringify(before),
    after === undefined ? undefined : JSON.stringify(after),
  );

describe("what a change changed", () => {
  it("is what differs, path by path, and not what stayed", () => {
    const before = { language: "en", smtp: { host: "a.example.org", port: 25 }, recipients: [] };
    const after = { language: "en", smtp: { host: "b.example.org", port: 25 }, recipients: ["ann@example.org"] };
    expect(find(before, after)).toEqual([
      { path: "smtp.host", before: "a.example.org", after: "b.example.org" },
      { path: "recipients", before: "[]", after: '["ann@example.org"]' },
    ]);
  });
  it("is every value of what came or went whole", () => {
    expect(find(undefined, { name: "ann", role: "viewer" })).toEqual([
      { path: "name", before: undefined, after: "ann" },
      { path: "role", before: undefined, after: "viewer" },
    ]);
    expect(find({ smtp: null }, { smtp: { host: "a" } })).toEqual([
      { path: "smtp.host", before: undefined, after: "a" },
    ]);
    expect(find({ name: "ann" }, undefined)).toEqual([{ path: "name", before: "ann", after: undefined }]);
  });
  it("is nothing where nothing was told, and one value where the whole is one", () => {
    expect(find(undefined, undefined)).toEqual([]);
    expect(find([1], [2])).toEqual([{ path: "", before: "[1]", after: "[2]" }]);
  });
  it("is not guessed from a text that was cut", () => {
    expect(findDifferences('{"a":1', '{"a":2}')).toBeUndefined();
  });
});

it.each([
  ["user:ann", "person", "ann"],
  ["token:PBXware", "token", "PBXware"],
  ["root (cli)", "command-line", "root"],
  ["sipprot", "other", "sipprot"],
])("%s did it: %s %s", (by, kind, name) => {
  expect(readAuthor(by)).toEqual({ kind, name });
});
