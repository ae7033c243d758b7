import { describe, expect, it } from "vitest";
import { findOrigin } from "./request-origin.ts";

const KEY = "a1".repeat(32);

describe("the origin of a request", () => {
  it("is what the connection says", () => {
    expect(findOrigin("::ffff:192.0.2.7", { host: "pbx:8081" }, KEY)).toEqual({
      address: "192.0.2.7",
      host: "pbx:8081",
    });
    expect(findOrigin("2001:DB8::0:1", {}, KEY)).toEqual({ address: "2001:db8::1", host: undefined });
  });
  it("is not what anybody says, on this machine or off it", () => {
    const forged = { host: "pbx", "x-forwarded-for": "203.0.113.9", "x-forwarded-host": "evil.example" };
    for (const peer of ["127.0.0.1", "::1", "192.0.2.7"]) {
      expect(findOrigin(peer, forged, KEY)).toEqual({ address: peer, host: "pbx" });
    }
  });
  it("is what the web server says: the last address, which it saw itself", () => {
    const told = {
      "x-sipprot-web": KEY,
      "x-forwarded-for": "10.0.0.1, ::ffff:203.0.113.9",
      "x-forwarded-host": "a:8443",
    };
    expect(findOrigin("127.0.0.1", told, KEY)).toEqual({ address: "203.0.113.9", host: "a:8443" });
    const silent = { "x-sipprot-web": KEY, "x-forwarded-for": "nonsense", host: "pbx" };
    expect(findOrigin("127.0.0.1", silent, KEY)).toEqual({ address: "127.0.0.1", host: "pbx" });
  });
  it("of a web server with another key is refused, so that it is noticed", () => {
    for (const wrong of ["", "a1", `${KEY}0`, "b2".repeat(32)]) {
      const told = { "x-sipprot-web": wrong, "x-forwarded-for": "203.0.113.9" };
      expect(() => findOrigin("127.0.0.1", told, KEY)).toThrow(expect.objectContaining({ code: "not-permitted" }));
    }
  });
});
