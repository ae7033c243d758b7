import { expect, it } from "vitest";
import { SessionGate } from "./session-gate.ts";

it("holds all who wait, and lets them go together", async () => {
  const gate = new SessionGate();
  const outcomes = Promise.all([gate.wait(), gate.wait()]);
  expect(gate.isOpen()).toBe(true);
  gate.settle("signed-in");
  expect(await outcomes).toEqual(["signed-in", "signed-in"]);
  expect(gate.isOpen()).toBe(false);
});

it("tells who shows the dialog when it opens and when it closes", () => {
  const gate = new SessionGate();
  const seen: boolean[] = [];
  const end = gate.subscribe(() => seen.push(gate.isOpen()));
  void gate.wait();
  gate.settle("given-up");
  end();
  void gate.wait();
  expect(seen).toEqual([true, false]);
});
