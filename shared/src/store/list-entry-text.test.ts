import fc from "fast-check";
import { expect, it } from "vitest";
import { listEntrySchema } from "../lists.ts";
import { parseEntry } from "./list-entry-text.ts";

it("reads exactly what the schema reads", () => {
  const value = fc.oneof(
    fc.constantFrom(
      "192.0.2.1",
      "192.0.02.1",
      "192.0.2.256",
      "0.0.0.0",
      "2001:db8::1",
      "192.0.2.0/24",
      "x".repeat(501),
    ),
    fc.double(),
    fc.nat(),
    fc.constant(null),
  );
  const entry = fc.record(
    {
      network: value,
      note: fc.oneof(fc.string(), value),
      addedAtSeconds: value,
      addedBy: fc.oneof(fc.string(), value),
      expiresAtSeconds: value,
    },
    { requiredKeys: [] },
  );
  fc.assert(
    fc.property(entry, (raw) => {
      const text = JSON.stringify(raw);
      expect(parseEntry(text)).toEqual(listEntrySchema.safeParse(JSON.parse(text)).data);
    }),
    { numRuns: 2000 },
  );
  const plain = { network: "192.0.2.1", note: "a", addedAtSeconds: 1, addedBy: "b" };
  expect(parseEntry(JSON.stringify(plain))).toEqual(plain);
  expect(parseEntry("{")).toBeUndefined();
});
