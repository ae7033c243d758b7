import { expect, it } from "vitest";
import { HEADER_KINDS, HeaderKind, headerKind } from "./header-name.ts";

const kindOf = (name: string) => headerKind(Buffer.from(name), 0, name.length);

/** `CallId` → `Call-Id`; names compare in any case. */
const written = (kind: string) =>
  kind === "CSeq" ? kind : kind.replace(/(?<=[a-z])(?=[A-Z])/g, "-").replace("Www", "WWW");

it("every known name has its kind, in any case", () => {
  const kinds = Object.entries(HeaderKind).filter(([, kind]) => kind !== HeaderKind.Other);
  expect(kinds).toHaveLength(HEADER_KINDS - 1);
  for (const [name, kind] of kinds) {
    expect([name, kindOf(written(name))]).toEqual([name, kind]);
    expect([name, kindOf(written(name).toUpperCase())]).toEqual([name, kind]);
  }
});

it("the compact names mean the same", () => {
  const { Via, From, To, CallId, ContentLength, Contact, Supported, ContentType } = HeaderKind;
  expect([..."vftilmkcVFTILMKC"].map(kindOf)).toEqual([
    ...[Via, From, To, CallId, ContentLength, Contact, Supported, ContentType],
    ...[Via, From, To, CallId, ContentLength, Contact, Supported, ContentType],
  ]);
});

it("other names are other, however near", () => {
  for (const name of ["", "x", "s", "Vib", "Frox", "Call-IX", "Contact-Length", "Authorizatiom", "X-From"]) {
    expect([name, kindOf(name)]).toEqual([name, HeaderKind.Other]);
  }
});
