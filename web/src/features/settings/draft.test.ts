import { defaultSettings } from "@sipprot/shared/settings";
import { describe, expect, it } from "vitest";
import {
  editedNames,
  editSetting,
  emptyDraft,
  findConflicts,
  findMistakes,
  forget,
  isAcceptable,
  keepMine,
  listChanges,
  readDraft,
  settle,
} from "./draft.ts";

const settings = defaultSettings;
const edited = editSetting(emptyDraft, settings, "blockThreshold", 5);

describe("a draft", () => {
  it("lists what was edited, from what to what", () => {
    expect(listChanges(edited, settings)).toEqual([{ name: "blockThreshold", from: 3, to: 5 }]);
  });
  it("is empty again when the value in force is typed back", () => {
    expect(editSetting(edited, settings, "blockThreshold", 3)).toEqual(emptyDraft);
    expect(forget(edited, "blockThreshold")).toEqual(emptyDraft);
  });
  it("is kept over a reload as it is, and what is none is no draft", () => {
    expect(readDraft(JSON.stringify(edited))).toEqual(edited);
    expect(readDraft('{"edits":{"nonsense":1,"mode":"observe"},"bases":{"mode":7}}')).toEqual(emptyDraft);
    for (const text of [null, "", "7", "null", "[]"]) expect(readDraft(text)).toEqual(emptyDraft);
  });
});

describe("another administrator", () => {
  const theirs = { ...settings, blockThreshold: 7 };
  it("who changed the same setting is a conflict until one of the two is chosen", () => {
    expect(findConflicts(edited, theirs)).toEqual(["blockThreshold"]);
    expect(findConflicts(keepMine(edited, theirs, "blockThreshold"), theirs)).toEqual([]);
    expect(findConflicts(editSetting(edited, theirs, "blockThreshold", 6), theirs)).toEqual(["blockThreshold"]);
  });
  it("who changed another setting, or the same to the same, is none", () => {
    expect(findConflicts(edited, { ...settings, floodBurstMessages: 9 })).toEqual([]);
    const same = { ...settings, blockThreshold: 5 };
    expect(findConflicts(edited, same)).toEqual([]);
    expect(editedNames(settle(edited, same))).toEqual([]);
  });
});

describe("what cannot be saved", () => {
  it.each([
    ["blockThreshold", 21],
    ["blockThreshold", undefined],
    ["blockThreshold", 2.5],
    ["sipPorts", ["5062:5060"]],
    ["sipPorts", []],
    ["blockedAgents", ["x"]],
  ] as const)("%s = %s", (name, value) => {
    expect(isAcceptable(name, value as never)).toBe(false);
    expect(findMistakes(editSetting(emptyDraft, settings, name, value as never), settings)).toEqual([name]);
  });
  it("is allow mode without a country", () => {
    const draft = editSetting(emptyDraft, settings, "geoMode", "allow");
    expect(findMistakes(draft, settings)).toEqual(["geoCountries"]);
    expect(findMistakes(editSetting(draft, settings, "geoCountries", ["FR"]), settings)).toEqual([]);
    expect(findMistakes(emptyDraft, { ...settings, geoMode: "allow" })).toEqual([]);
  });
});
