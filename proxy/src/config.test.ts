import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { expandPorts, listListening, listOwnAddresses, listProtected, readConfig } from "./config.ts";

const folder = mkdtempSync(join(tmpdir(), "sync-config-"));
const file = join(folder, "sipprot.conf");
writeFileSync(file, "SIPPROT_MODE=relay\nSIPPROT_HOST=pbx9\nSIPPROT_WORKERS=4\n");
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe("the configuration", () => {
  it("comes from the named file, and the environment wins", () => {
    const config = readConfig(["--config", file, "--debug"], { SIPPROT_HOST: "pbx1" });
    expect(config).toMatchObject({ path: "relay", isVerbose: true, pathReason: "" });
    expect(config.boot.hostName).toBe("pbx1");
    expect(readConfig([`--config=${file}`], {}).boot.hostName).toBe("pbx9");
  });

  it("has one worker in relay mode", () => {
    expect(readConfig(["--config", file], {}).workers).toBe(1);
  });

  it.each([[["--config", join(folder, "missing")]], [["--config"]], [["--fast"]]])("%j is refused", (argv) => {
    expect(() => readConfig(argv, {})).toThrow(expect.objectContaining({ code: "bad-boot-setting" }));
  });

  it("protects what is named, else what others can reach", () => {
    const { boot } = readConfig(["--config", file], { SIPPROT_PROTECT: "203.0.113.10:5070" });
    expect(listProtected(boot)).toEqual([{ address: "203.0.113.10", ports: [5070] }]);
    const found = listProtected(readConfig(["--config", file], {}).boot).map(({ address }) => address);
    expect(found).not.toContain("127.0.0.1");
    expect(listOwnAddresses()).toContain("127.0.0.1");
    for (const address of found) expect(listOwnAddresses()).toContain(address);
  });

  it("listens where it is told", () => {
    const { boot } = readConfig(["--config", file], { SIPPROT_LISTEN: "127.0.0.1:5070" });
    expect(listListening(boot)).toEqual([{ address: "127.0.0.1", port: 5070 }]);
  });

  it("takes port ranges apart, each port once", () => {
    expect(expandPorts(["5060", "5060:5062", "5080"])).toEqual([5060, 5061, 5062, 5080]);
  });
});
