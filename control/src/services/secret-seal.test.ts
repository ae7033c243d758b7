import { mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { readSecretSeal, SecretSeal } from "./secret-seal.ts";

const first = Buffer.alloc(32, 1);
const second = Buffer.alloc(32, 2);
const seal = new SecretSeal([first]);

describe("a seal", () => {
  it("opens what it closed, which tells nothing and is never the same twice", () => {
    for (const secret of ["", "x", "open sesame", "épée 🗝", "a".repeat(10_000)]) {
      const stored = seal.close(secret, "here");
      expect(seal.open(stored, "here")).toBe(secret);
      expect(seal.close(secret, "here")).not.toBe(stored);
      if (secret.length > 1) expect(Buffer.from(stored.split(":")[3] ?? "", "base64url").includes(secret)).toBe(false);
    }
  });
  it("reads what an earlier version stored in clear, and says that it is not sealed", () => {
    for (const clear of ["", "open sesame", "sealed:1:", "sealed:2:00000000:AAAA", "JBSWY3DPEHPK3PXP"]) {
      expect(seal.open(clear, "here")).toBe(clear);
      expect(seal.isCurrent(clear)).toBe(false);
    }
  });
  it("does not open at another place, changed by a single bit, or cut", () => {
    const stored = seal.close("open sesame", "second factor of ann");
    const refused = expect.objectContaining({ code: "sealed-secret" });
    expect(() => seal.open(stored, "second factor of eve")).toThrow(refused);
    const at = stored.lastIndexOf(":") + 1;
    const bytes = Buffer.from(stored.slice(at), "base64url");
    for (let index = 0; index < bytes.length; index += 1) {
      const changed = Buffer.from(bytes);
      changed[index] = (changed[index] ?? 0) ^ 1;
      const forged = stored.slice(0, at) + changed.toString("base64url");
      expect(() => seal.open(forged, "second factor of ann")).toThrow(refused);
    }
    expect(() => seal.open(stored.slice(0, at + 38), "second factor of ann")).toThrow(refused);
  });
  it("with a new key in front still opens what is under the old one", () => {
    const stored = seal.close("open sesame", "here");
    const turned = new SecretSeal([second, first]);
    expect(turned.open(stored, "here")).toBe("open sesame");
    expect([seal.isCurrent(stored), turned.isCurrent(stored)]).toEqual([true, false]);
    expect(turned.isCurrent(turned.close("open sesame", "here"))).toBe(true);
    const other = new SecretSeal([second]);
    expect(() => other.open(stored, "here")).toThrow(expect.objectContaining({ code: "sealed-secret" }));
  });
});

describe("the key file", () => {
  let stateFolder: string;
  beforeEach(() => {
    stateFolder = mkdtempSync(join(tmpdir(), "secret-seal-"));
  });
  afterEach(() => rmSync(stateFolder, { recursive: true, force: true }));

  it("is made in the state folder for its owner only, and stays", () => {
    const stored = readSecretSeal({ stateFolder, secretsKeyFile: undefined }).close("open sesame", "here");
    expect(statSync(join(stateFolder, "secrets.key")).mode & 0o777).toBe(0o600);
    expect(readSecretSeal({ stateFolder, secretsKeyFile: undefined }).open(stored, "here")).toBe("open sesame");
  });
  it("of the operator is read, with older keys below, and never made", () => {
    const secretsKeyFile = join(stateFolder, "mine");
    expect(() => readSecretSeal({ stateFolder, secretsKeyFile })).toThrow(/cannot be read/);
    writeFileSync(secretsKeyFile, `${second.toString("hex").toUpperCase()}\r\n\n${first.toString("hex")}\n`);
    const turned = readSecretSeal({ stateFolder, secretsKeyFile });
    expect(turned.open(seal.close("open sesame", "here"), "here")).toBe("open sesame");
    expect(turned.isCurrent(new SecretSeal([second]).close("x", "here"))).toBe(true);
  });
  it("that holds something else is an error that names the line, and not the content", () => {
    const secretsKeyFile = join(stateFolder, "mine");
    for (const [content, words] of [
      ["", /no key in line 1/],
      [`${first.toString("hex")}\npassword`, /no key in line 2/],
      [`${first.toString("hex")}\n`.repeat(11), /more than 10 keys/],
    ] as const) {
      writeFileSync(secretsKeyFile, content);
      expect(() => readSecretSeal({ stateFolder, secretsKeyFile })).toThrow(words);
      expect(() => readSecretSeal({ stateFolder, secretsKeyFile })).not.toThrow(/password/);
    }
  });
});
