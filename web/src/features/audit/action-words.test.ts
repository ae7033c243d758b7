import { readFileSync } from "node:fs";
import { expect, it } from "vitest";

const source = readFileSync(new URL("./action-words.ts", import.meta.url), "utf8");
const { paths } = JSON.parse(readFileSync(new URL("../../../../docs/openapi.json", import.meta.url), "utf8")) as {
  paths: Record<string, Record<string, unknown>>;
};

it("Every procedure that leaves a record is called by words of the reader's language", () => {
  const recorded = Object.entries(paths).flatMap(([path, ways]) => ("post" in ways ? [path.slice(1)] : []));
  expect(recorded.length).toBeGreaterThan(40);
  expect(recorded.filter((action) => !source.includes(`"${action}": t(`))).toEqual([]);
});
