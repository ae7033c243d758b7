import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { readConfig } from "../config.ts";
import { viewBoot } from "./boot-view.ts";

it("says where each setting comes from, what another value needs, and no secret", () => {
  const file = join(mkdtempSync(join(tmpdir(), "sipprot-boot-")), "sipprot.conf");
  writeFileSync(file, "SIPPROT_PBX=192.0.2.9:5060\nSIPPROT_PROTECT=192.0.2.7:5060:5061\n");
  const environment = { SIPPROT_REDIS_URL: "redis://ada:hunter2@192.0.2.1:6379" };
  const config = readConfig(file, environment);
  const view = viewBoot(config, environment);
  const find = (name: string) => view.settings.find((one) => one.name === name);
  expect(find("SIPPROT_PBX")).toMatchObject({ value: "192.0.2.9:5060", from: "file", restart: "proxy" });
  expect(find("SIPPROT_PROTECT")?.value).toBe("192.0.2.7:5060, 192.0.2.7:5061");
  expect(find("SIPPROT_REDIS_URL")).toMatchObject({ value: "redis://***@192.0.2.1:6379", from: "environment" });
  expect(find("SIPPROT_WORKERS")).toMatchObject({ value: "", from: "default", isChanged: false });
  expect(JSON.stringify(view)).not.toContain("hunter2");

  writeFileSync(file, "SIPPROT_PBX=192.0.2.10:5060\n");
  expect(
    viewBoot(config, environment)
      .settings.filter(({ isChanged }) => isChanged)
      .map(({ name }) => name),
  ).toEqual(["SIPPROT_PROTECT", "SIPPROT_PBX"]);
  writeFileSync(file, "nonsense");
  expect(viewBoot(config, environment).settings.some(({ isChanged }) => isChanged)).toBe(false);
});
