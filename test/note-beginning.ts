/** Before each test file: tells the run's journal which process runs it, so that a file that hangs can be ended alone. */
import { appendFileSync } from "node:fs";
import { expect } from "vitest";

const { TEST_JOURNAL }: { readonly TEST_JOURNAL?: string } = process.env;
if (TEST_JOURNAL !== undefined) {
  const began = (expect.getState().testPath ?? "").replace(`${process.cwd()}/`, "");
  appendFileSync(TEST_JOURNAL, `${JSON.stringify({ began, pid: process.pid, atMs: Date.now() })}\n`);
}
