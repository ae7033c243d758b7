import { expect, it } from "vitest";
import { writeTestLine } from "./test-line.ts";

it("The test goes to where the gate listens, by an address of the host where that is every one", () => {
  expect(writeTestLine([{ address: "203.0.113.10", port: 5062 }], "pbx.example")).toBe(
    "sipsak -vv -s sip:test@203.0.113.10:5062",
  );
  const every = [
    { address: "::", port: 5060 },
    { address: "0.0.0.0", port: 5060 },
  ];
  expect(writeTestLine(every, "pbx.example")).toBe("sipsak -vv -s sip:test@pbx.example:5060");
});
it("There is none where only IPv6 leads", () => {
  expect(writeTestLine([{ address: "2001:db8::7", port: 5060 }], "pbx.example")).toBeUndefined();
  expect(writeTestLine([{ address: "0.0.0.0", port: 5060 }], "[::1]")).toBeUndefined();
  expect(writeTestLine([], "pbx.example")).toBeUndefined();
});
