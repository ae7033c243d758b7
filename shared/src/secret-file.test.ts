import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { isKeyText, makeKeyLine, readOrMakeSecretFile } from "./secret-file.ts";
import { readWebKey } from "./web-key.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "secret-file-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe("a secret file", () => {
  it("is made once, for its owner only, and stays", () => {
    const path = join(folder, "key");
    const made = readOrMakeSecretFile(path, makeKeyLine).toString();
    expect(isKeyText(made.trim())).toBe(true);
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(readOrMakeSecretFile(path, () => "another").toString()).toBe(made);
    expect(readdirSync(folder)).toEqual(["key"]);
  });
  it("is the other program's when that one was faster", () => {
    const path = join(folder, "key");
    const slower = () => {
      writeFileSync(path, "theirs");
      return "ours";
    };
    expect(readOrMakeSecretFile(path, slower).toString()).toBe("theirs");
    expect(readFileSync(path, "utf8")).toBe("theirs");
    expect(readdirSync(folder)).toEqual(["key"]);
  });
  it("leaves nothing behind where it cannot be made", () => {
    const path = join(folder, "none", "key");
    expect(() => readOrMakeSecretFile(path, makeKeyLine)).toThrow(/ENOENT/);
    expect(existsSync(join(folder, "none"))).toBe(false);
  });
});

describe("the web key", () => {
  it("is the same for every program of the host", () => {
    const key = readWebKey(folder);
    expect(isKeyText(key)).toBe(true);
    expect(readWebKey(folder)).toBe(key);
    expect(statSync(join(folder, "web.key")).mode & 0o777).toBe(0o600);
  });
  it("that is damaged or cannot be read is an error that says what to do", () => {
    writeFileSync(join(folder, "web.key"), "short");
    expect(() => readWebKey(folder)).toThrow(expect.objectContaining({ code: "bad-key-file" }));
    rmSync(join(folder, "web.key"));
    expect(() => readWebKey(join(folder, "none"))).toThrow(
      expect.objectContaining({ code: "bad-key-file", facts: expect.objectContaining({ remedy: expect.anything() }) }),
    );
  });
});
