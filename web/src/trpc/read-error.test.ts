import { TRPCClientError } from "@trpc/client";
import { expect, it } from "vitest";
import { isPassing, readError } from "./read-error.ts";

const answered = (data: object) =>
  TRPCClientError.from({ error: { code: -32_000, message: "server words", data: data as never } });

it("an answer of ours has its code, its facts and its fields", () => {
  const error = answered({
    code: "bad-input",
    httpStatus: 400,
    path: "lists.add",
    facts: { field: "network", value: "x" },
    fields: [{ field: "note", message: "too long" }],
  });
  expect(readError(error)).toEqual({ code: "bad-input", facts: { field: "network", value: "x" }, fields: ["note"] });
});

it.each([
  ["a lost connection", TRPCClientError.from(new TypeError("Failed to fetch"))],
  ["an answer that is no JSON of ours", new SyntaxError("Unexpected token <")],
  ["nothing", undefined],
  ["a text", "boom"],
  ["data without a code", { data: {} }],
])("%s means that the server was not reached", (_, error) => {
  expect(readError(error)).toEqual({ code: "unreachable", facts: {}, fields: [] });
});

it("strange facts and fields are left out", () => {
  expect(readError({ data: { code: "not-found", facts: 7, fields: [1, { field: 2 }, null] } })).toEqual({
    code: "not-found",
    facts: {},
    fields: [],
  });
});

it("what may pass is told from what will not", () => {
  const codes = ["unreachable", "control-away", "store-unreachable", "unexpected", "not-permitted"] as const;
  expect(codes.map((code) => isPassing({ code, facts: {}, fields: [] }))).toEqual([true, true, true, false, false]);
});
