import { describe, expect, it } from "vitest";
import { SipprotClientError } from "./client-error.ts";
import { checkOptions, type SipprotClientOptions } from "./options.ts";

const token = `sp_${"a".repeat(43)}`;
const url = "https://pbx.example:8443";

function refusedField(options: SipprotClientOptions): string | undefined {
  try {
    checkOptions(options);
    return undefined;
  } catch (error) {
    if (!(error instanceof SipprotClientError) || error.code !== "bad-option") throw error;
    expect(error.message).not.toContain(token);
    return error.facts.field;
  }
}

describe("the options of a client", () => {
  it("take the address of the server with or without the path of its procedures", () => {
    for (const given of [url, `${url}/`, `${url}/api/trpc`, `${url}/api/trpc/`]) {
      expect(checkOptions({ url: given, token }).apiUrl).toBe(`${url}/api/trpc`);
    }
    expect(checkOptions({ url: "http://[::1]:8081", token }).apiUrl).toBe("http://[::1]:8081/api/trpc");
  });
  it("refuse an address that leads elsewhere or carries a secret", () => {
    for (const given of [
      "",
      "pbx.example:8443",
      "ftp://pbx.example",
      `${url}/admin`,
      `https://user:secret@pbx.example`,
      `${url}/?token=${token}`,
      `${url}/#x`,
    ]) {
      expect([given, refusedField({ url: given, token })]).toEqual([given, "url"]);
    }
  });
  it("refuse what cannot be a token, without repeating it", () => {
    for (const given of ["", "hunter2", `${token}a`, `Bearer ${token}`, `${token}\r\nX: y`]) {
      expect(refusedField({ url, token: given })).toBe("token");
      expect(() => checkOptions({ url, token: given })).not.toThrow(/hunter2|Bearer/);
    }
  });
  it("take a fingerprint as openssl shows it, and in no other length", () => {
    const pairs = Array(32).fill("AB").join(":");
    for (const given of [pairs, `sha256 Fingerprint=${pairs}`, "ab".repeat(32)]) {
      expect(checkOptions({ url, token, fingerprint: given }).fingerprint).toBe(pairs);
    }
    for (const given of ["", "ab".repeat(20), "ab".repeat(33), "xy".repeat(32)]) {
      expect(refusedField({ url, token, fingerprint: given })).toBe("fingerprint");
    }
  });
  it("take one way of trusting a certificate, and only where there is one", () => {
    const ca = "-----BEGIN CERTIFICATE-----\nAA==\n-----END CERTIFICATE-----\n";
    const fingerprint = "ab".repeat(32);
    expect(checkOptions({ url, token, ca }).ca).toBe(ca);
    expect(refusedField({ url, token, ca: "/etc/ssl/cert.pem" })).toBe("ca");
    expect(refusedField({ url, token, ca, fingerprint })).toBe("fingerprint");
    expect(refusedField({ url: "http://127.0.0.1:8081", token, ca })).toBe("ca");
    expect(refusedField({ url: "http://127.0.0.1:8081", token, fingerprint })).toBe("fingerprint");
  });
  it("take a time limit a timer can hold", () => {
    expect(checkOptions({ url, token }).timeoutMs).toBe(30_000);
    expect(checkOptions({ url, token, timeoutMs: 1 }).timeoutMs).toBe(1);
    for (const timeoutMs of [0, -1, 1.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 31]) {
      expect(refusedField({ url, token, timeoutMs })).toBe("timeoutMs");
    }
  });
});
