import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { defaultBranding } from "@sipprot/shared/branding";
import { afterEach, beforeEach, expect, it } from "vitest";
import { BrandingDesk, readBrandingHeader, writeBrandingHeader } from "./ask-branding.ts";

const theirs = { productName: "Phonegate", accent: "#7a1fa2", logo: null };
let control: Server;
let answer: string;
let desk: BrandingDesk;
beforeEach(async () => {
  control = createServer((_asked, answering) => answering.end(answer));
  control.listen(0, "127.0.0.1");
  await once(control, "listening");
  desk = new BrandingDesk(`http://127.0.0.1:${(control.address() as AddressInfo).port}`);
});
afterEach(() => control.close());
const say = (data: unknown) => JSON.stringify({ result: { data } });

it("is what the control server says, and stays so while it is away or says nonsense", async () => {
  answer = say(theirs);
  expect(await desk.read({})).toEqual(theirs);
  answer = say({ productName: "<b>", accent: "red" });
  expect(await desk.read({})).toEqual(theirs);
  control.close();
  control.closeAllConnections();
  expect(await desk.read({})).toEqual(theirs);
});

it("is ours before anything was heard, and without a logo there is none", async () => {
  answer = "";
  expect(await desk.read({})).toEqual(defaultBranding);
  expect(await desk.readLogo({})).toBeUndefined();
  answer = say({ type: "image/png", version: "0123456789abcdef", file: "aGk=" });
  expect((await desk.readLogo({}))?.file).toBe("aGk=");
  answer = say(null);
  expect(await desk.readLogo({})).toBeUndefined();
});

it("gets through the header as it is, and what is damaged is ours", () => {
  expect(readBrandingHeader(writeBrandingHeader(theirs))).toEqual(theirs);
  for (const header of [undefined, null, "", "%%%", writeBrandingHeader(theirs).slice(3)]) {
    expect(readBrandingHeader(header)).toEqual(defaultBranding);
  }
});
