import { expect, it } from "vitest";
import { entryJson } from "./entry-json.ts";

it("has the names and the order that programs know, and no more", () => {
  const row = {
    network: "217.146.168.190",
    note: 'Added by "Damir"',
    addedAtSeconds: 1_682_329_066,
    addedBy: "user:damir",
    expiresAtSeconds: 1_800_000_000,
    country: { code: "CH", name: "Switzerland" },
  };
  expect(entryJson(row)).toBe(`{
  "ip": "217.146.168.190",
  "note": "Added by \\"Damir\\"",
  "time": 1682329066,
  "added_by": "user:damir",
  "geo_data": {
    "country_code": "CH",
    "country_name": "Switzerland"
  }
}`);
});
