import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { ProcessManager } from "./process-manager.ts";
import { createProxyService } from "./proxy-service.ts";

it("looks at the programs once, however many ask at the same time", async () => {
  const folder = mkdtempSync(join(tmpdir(), "sipprot-programs-"));
  // An installation without a process manager: what it answers to is an error, and that is shared too.
  const nowhere = new ProcessManager({ installationFolder: folder, configFile: "", stateFolder: folder });
  const services = createProxyService(nowhere, async () => undefined);
  const [one, other] = [services.list(), services.list()];
  expect(other).toBe(one);
  await expect(one).rejects.toMatchObject({ code: "missing-program" });
  const later = services.list();
  expect(later).not.toBe(one);
  await expect(later).rejects.toMatchObject({ code: "missing-program" });
  rmSync(folder, { recursive: true });
});
