import { X509Certificate } from "node:crypto";
import { mkdtempSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { SipprotError } from "@sipprot/shared/errors";
import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { findPairProblem, findRenewalReason, type KeyPair, makeCertificate } from "./certificate.ts";
import { CertificateKeeper } from "./certificate-keeper.ts";

const DAY_MS = 86_400_000;
const nowMs = Date.parse("2026-11-22T12:00:00Z");
const names = ["pbx.example", "localhost", "192.0.2.7", "2001:db8::7"];
let pair: KeyPair;
let other: KeyPair;
beforeAll(async () => {
  [pair, other] = await Promise.all([makeCertificate(names, nowMs), makeCertificate(["other.example"], nowMs)]);
});

describe("a certificate of our own", () => {
  it("is for every name and address of the host, and for a server only", () => {
    const read = new X509Certificate(pair.certificate);
    expect(read.checkHost("pbx.example")).toBe("pbx.example");
    expect(read.checkIP("192.0.2.7")).toBe("192.0.2.7");
    expect(read.checkIP("2001:db8::7")).toBe("2001:db8::7");
    expect(read.checkHost("evil.example")).toBeUndefined();
    expect(read.ca).toBe(false);
    expect(read.keyUsage).toEqual(["1.3.6.1.5.5.7.3.1"]);
    expect(read.publicKey.asymmetricKeyDetails).toEqual({ namedCurve: "prime256v1" });
    expect(read.verify(read.publicKey)).toBe(true);
  });
  it("is made anew a month before its end, and when the host has another name or address", () => {
    expect(findRenewalReason(pair, names, nowMs)).toBeUndefined();
    expect(findRenewalReason(pair, names, nowMs + 789 * DAY_MS)).toBeUndefined();
    expect(findRenewalReason(pair, names, nowMs + 791 * DAY_MS)).toMatch(/ends on/);
    expect(findRenewalReason(pair, [...names, "198.51.100.1"], nowMs)).toBe("198.51.100.1 is not in it");
  });
  it("may be of a host whose name is nothing a certificate can hold", async () => {
    const odd = await makeCertificate(["a,b=c+d\\", "localhost"].slice(1), nowMs);
    expect(findPairProblem(odd, nowMs)).toBeUndefined();
  });
});

describe("a pair somebody else made", () => {
  it("is told what is wrong with it", () => {
    expect(findPairProblem(pair, nowMs)).toBeUndefined();
    expect(findPairProblem({ ...pair, key: other.key }, nowMs)).toBe("the key is not the certificate's");
    expect(findPairProblem(pair, nowMs + 900 * DAY_MS)).toMatch(/ended on/);
    expect(findPairProblem({ ...pair, certificate: "hello" }, nowMs)).toMatch(/cannot be read/);
  });
});

describe("what is served", () => {
  let folder: string;
  let troubles: SipprotError[];
  let timeMs: number;
  const keeperWith = (certFile?: string, keyFile?: string, ownNames = names) =>
    new CertificateKeeper({
      stateFolder: folder,
      certFile,
      keyFile,
      names: () => ownNames,
      nowMs: () => timeMs,
      onTrouble: (error) => troubles.push(error),
    });
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "sipprot-tls-"));
    troubles = [];
    timeMs = nowMs;
  });
  const putOperators = ({ certificate, key }: KeyPair) => {
    writeFileSync(join(folder, "cert.pem"), certificate);
    writeFileSync(join(folder, "key.pem"), key);
  };

  it("is our own certificate, made once, for its owner only", async () => {
    const made = await keeperWith().refresh();
    expect(made.isOperators).toBe(false);
    expect(statSync(join(folder, "tls/own.pem")).mode & 0o777).toBe(0o600);
    expect(await keeperWith().refresh()).toEqual(made);
    timeMs += 800 * DAY_MS;
    expect((await keeperWith().refresh()).certificate).not.toBe(made.certificate);
  });
  it("is made anew when the file was damaged", async () => {
    const made = await keeperWith().refresh();
    writeFileSync(join(folder, "tls/own.pem"), readFileSync(join(folder, "tls/own.pem")).subarray(0, 900));
    const again = await keeperWith().refresh();
    expect(again.certificate).not.toBe(made.certificate);
    expect(findPairProblem(again, timeMs)).toBeUndefined();
  });
  it("is the operator's, read again when it changes; a bad one is told once and changes nothing", async () => {
    putOperators(pair);
    const keeper = keeperWith(join(folder, "cert.pem"), join(folder, "key.pem"));
    expect(await keeper.refresh()).toEqual({ ...pair, isOperators: true });
    putOperators({ certificate: other.certificate, key: pair.key });
    expect(await keeper.refresh()).toEqual({ ...pair, isOperators: true });
    await keeper.refresh();
    expect(troubles).toHaveLength(1);
    expect(troubles[0]).toMatchObject({ code: "bad-key-file", facts: { field: "SIPPROT_TLS_CERT" } });
    putOperators(other);
    expect(await keeper.refresh()).toEqual({ ...other, isOperators: true });
    putOperators({ certificate: "", key: "" });
    await keeper.refresh();
    expect(troubles).toHaveLength(2);
  });
  it("is our own where the operator's cannot be used from the start, and it is said why", async () => {
    for (const keeper of [
      keeperWith(join(folder, "no.pem"), join(folder, "no.key")),
      keeperWith(join(folder, "c.pem")),
    ]) {
      expect((await keeper.refresh()).isOperators).toBe(false);
    }
    expect(troubles.map(({ message }) => message)).toEqual([
      expect.stringContaining("ENOENT"),
      expect.stringContaining("belong together"),
    ]);
  });
});
