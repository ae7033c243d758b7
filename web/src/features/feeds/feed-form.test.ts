import { feedSchema } from "@sipprot/shared/feed";
import { describe, expect, it } from "vitest";
import { readFeedForm, suggestId, writeFeed } from "./feed-form.ts";

describe("a feed as it is typed", () => {
  it("comes back as it was, a column and a pause included", () => {
    const feed = feedSchema.parse({
      id: "spam",
      name: "Spam",
      note: "ask Ann",
      url: "https://lists.example.org/a.csv",
      column: 3,
      intervalMinutes: 45,
      isOn: false,
    });
    expect(writeFeed(readFeedForm(feed), feed)).toEqual(feed);
  });
  it("begins with one network a line, every six hours, switched on", () => {
    const form = { ...readFeedForm(undefined), id: " spam ", name: "Spam ", url: " https://lists.example.org/a.txt" };
    expect(feedSchema.parse(writeFeed(form, undefined))).toMatchObject({
      id: "spam",
      name: "Spam",
      url: "https://lists.example.org/a.txt",
      column: 1,
      intervalMinutes: 360,
      isOn: true,
    });
  });
  it("keeps its id while it is changed: the entries are marked with it", () => {
    const feed = feedSchema.parse({ id: "spam", name: "Spam", url: "https://lists.example.org/" });
    expect(writeFeed({ ...readFeedForm(feed), id: "other" }, feed).id).toBe("spam");
  });
});

describe("the id suggested for a name", () => {
  it.each([
    ["Spam list", "spam-list"],
    ["Liste d'été !", "liste-d-ete"],
    ["  --  ", ""],
    [`${"x".repeat(39)} y`, "x".repeat(39)],
    ["列表 1", "1"],
  ])("%j → %j", (name, id) => {
    expect(suggestId(name)).toBe(id);
  });
});
