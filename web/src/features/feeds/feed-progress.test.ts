import { type FeedStatus, type FeedView, feedSchema, feedStatusSchema } from "@sipprot/shared/feed";
import { expect, it } from "vitest";
import { isBusy, standOf } from "./feed-progress.ts";

const feed = feedSchema.parse({ id: "spam", name: "Spam", url: "https://lists.example.org/" });
const status = feedStatusSchema.parse({ state: "ok", detail: "", entries: 2, allowed: 0, badLines: 0 });
const view = (differing: Partial<FeedStatus>, more: Partial<FeedView> = {}): FeedView => ({
  feed,
  status: { ...status, triedAtMs: 1000, nextTryAtMs: 9000, ...differing },
  ...more,
});

it("A feed that was asked for waits until the server has tried it after that", () => {
  expect(standOf(view({}), undefined)).toBe("ok");
  expect(standOf(view({}), 1001)).toBe("waiting");
  expect(standOf(view({ triedAtMs: 1002 }), 1001)).toBe("ok");
  expect(standOf(view({ triedAtMs: 1002, state: "failed" }), 1001)).toBe("failed");
});

it("A feed that is due, or was never fetched, waits; one that is paused does not", () => {
  expect(standOf(view({ nextTryAtMs: undefined }), undefined)).toBe("waiting");
  expect(standOf(view({ nextTryAtMs: undefined }, { feed: { ...feed, isOn: false } }), undefined)).toBe("paused");
});

it("What is being done with it comes before all but leaving", () => {
  const work = { stage: "applying", sinceMs: 1 } as const;
  expect(standOf(view({}, { work, feed: { ...feed, isOn: false } }), undefined)).toBe("applying");
  expect(standOf(view({ state: "leaving" }, { work }), undefined)).toBe("leaving");
  expect([isBusy("applying"), isBusy("ok"), isBusy("paused")]).toEqual([true, false, false]);
});
