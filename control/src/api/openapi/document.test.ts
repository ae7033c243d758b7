import { Validator } from "@seriousme/openapi-schema-validator";
import type { AnyTRPCProcedure } from "@trpc/server";
import { describe, expect, it } from "vitest";
import { appRouter } from "../root.ts";
import { describeProcedures } from "./document.ts";

/** What the tests look at. */
interface Operation {
  readonly operationId: string;
  readonly description: string;
  readonly security?: unknown;
  readonly parameters?: ReadonlyArray<{ readonly name: string; readonly required?: boolean }>;
  readonly requestBody?: { readonly required: boolean };
}

const document = describeProcedures("1.2.3");
const paths = document.paths as Record<string, { readonly get?: Operation; readonly post?: Operation }>;

describe("the description of the procedures", () => {
  it("is valid OpenAPI 3.1, all references leading somewhere", async () => {
    const validator = new Validator();
    const outcome = await validator.validate(structuredClone(document));
    expect([outcome.valid, outcome.errors, validator.version]).toEqual([true, undefined, "3.1"]);
    expect(JSON.stringify(validator.resolveRefs())).not.toContain("$ref");
  });
  it("holds each procedure once, by the method it is served by", () => {
    const described = Object.entries(paths).map(([path, methods]) => [path, Object.keys(methods)]);
    // By their full names; their types know only the nouns.
    const served = appRouter._def.procedures as object as Record<string, AnyTRPCProcedure>;
    const expected = Object.entries(served).map(([name, { _def }]) => [
      `/${name}`,
      [_def.type === "mutation" ? "post" : "get"],
    ]);
    expect(described).toEqual(expected);
  });
  it("says who may call", () => {
    expect(paths["/lists.add"]?.post).toMatchObject({ description: "Needs the role operator." });
    expect(paths["/lists.add"]?.post?.security).toBeUndefined();
    expect(paths["/auth.signIn"]?.post?.security).toEqual([]);
    expect(paths["/auth.me"]?.get?.security).toEqual([{ session: [] }]);
  });
  it("says which input may be left out", () => {
    expect(paths["/stats.read"]?.get?.parameters).toMatchObject([{ name: "input", required: true }]);
    expect(paths["/events.live"]?.get?.parameters).toMatchObject([
      { name: "input", required: false },
      { name: "Last-Event-ID" },
    ]);
    expect(paths["/lists.counts"]?.get?.parameters).toBeUndefined();
    expect(paths["/lists.add"]?.post?.requestBody).toMatchObject({ required: true });
    expect(paths["/auth.signOut"]?.post?.requestBody).toBeUndefined();
  });
});
