import { describe, expect, it } from "vitest";
import { readBootSettings } from "./boot-settings.ts";
import { SipprotError } from "./errors.ts";

const machine = { isRoot: false, workingFolder: "/srv/sipprot", hostName: "pbx1" };
const read = (file: string, environment: Record<string, string> = {}) => readBootSettings(file, environment, machine);

describe("the boot settings", () => {
  it("have defaults for everything", () => {
    const settings = read("");
    expect(settings).toMatchObject({
      mode: "auto",
      protect: [],
      pbx: { address: "127.0.0.1", port: 5080 },
      hostName: "pbx1",
    });
    expect(settings.stateFolder).toBe("/srv/sipprot/.state");
    expect(settings.listen).toEqual([
      { address: "0.0.0.0", port: 5060 },
      { address: "::", port: 5060 },
    ]);
  });

  it("come from the file, and the environment wins", () => {
    const file = "# ours\nSIPPROT_MODE=relay\nSIPPROT_HOST='a b'\n\n";
    expect(read(file)).toMatchObject({ mode: "relay", hostName: "a b" });
    expect(read(file, { SIPPROT_MODE: "transparent", PATH: "/bin" }).mode).toBe("transparent");
  });

  it("name protected addresses with ports, ranges, or none", () => {
    expect(
      read("SIPPROT_PROTECT=203.0.113.10:5060:5062, [2001:db8::10]:5060, 203.0.113.11, 2001:db8::11, 203.0.113.10:5080")
        .protect,
    ).toEqual([
      { address: "203.0.113.10", ports: [5060, 5061, 5062, 5080] },
      { address: "2001:db8::10", ports: [5060] },
      { address: "203.0.113.11", ports: [] },
      { address: "2001:db8::11", ports: [] },
    ]);
  });

  it.each([
    ["SIPPROT_MODE", "magic"],
    ["SIPPROT_PBX", "localhost:5080"],
    ["SIPPROT_PBX", "127.0.0.1:99999"],
    ["SIPPROT_INNER_PORT", "0"],
    ["SIPPROT_PROTECT", "203.0.113.10:5062:5060"],
    ["SIPPROT_PROTECT", "203.0.113.10:x"],
    ["SIPPROT_REDIS_URL", "http://127.0.0.1"],
    ["SIPPROT_WORKERS", "0"],
    ["SIPPROT_IO", "fast"],
    ["SIPPROT_WORKRES", "1"],
  ])("%s=%s is refused by name", (name, value) => {
    try {
      read("", { [name]: value });
      expect.unreachable();
    } catch (error) {
      expect(error).toBeInstanceOf(SipprotError);
      expect((error as SipprotError).facts.field).toBe(name);
    }
  });

  it("never show a password of the Redis URL", () => {
    expect(() => read("SIPPROT_REDIS_URL=https://user:secret@127.0.0.1")).toThrow(/\*\*\*/);
  });

  it("refuse a line that is no setting, by its number", () => {
    expect(() => read("SIPPROT_MODE=relay\nwhat is this")).toThrow(/line 2/);
  });
});
