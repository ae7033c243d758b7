import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { gzipSync } from "node:zlib";
import { type Feed, feedSchema, feedViewSchema } from "@sipprot/shared/feed";
import { redisKeys } from "@sipprot/shared/redis-keys";
import { putListEntries, readListEntry, removeListEntries } from "@sipprot/shared/store/list-store";
import type { Redis } from "ioredis";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { startTestRedis, type TestRedis } from "../../../../test/system/redis-server.ts";
import { fetchFeed } from "./feed-fetch.ts";
import { readFeedText } from "./feed-text.ts";
import { Feeds } from "./feeds.ts";

let store: TestRedis;
let redis: Redis;
let server: Server;
let url = "";
let answer: RequestListener;
let requests: Array<{ readonly path: string; readonly etag: string | undefined }> = [];
let nowMs = 0;

beforeAll(async () => {
  store = await startTestRedis("feeds");
  redis = await store.open();
  server = createServer((request, response) => {
    requests.push({ path: request.url ?? "", etag: request.headers["if-none-match"] });
    answer(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/list.txt`;
});

afterAll(async () => {
  server.closeAllConnections();
  server.close();
  await store.close();
});

beforeEach(async () => {
  await redis.flushall();
  requests = [];
  nowMs = Date.UTC(2026, 10, 22, 12);
});

const guarded = [{ network: "203.0.113.10", what: "an address of the PBX" }];
/** Redirects to this machine are allowed only where a test says so. */
const anywhere = { maxBytes: 10_000, deadlineMs: 300, mayRedirectTo: () => true };
const newFeeds = () => new Feeds(redis, guarded, () => nowMs, { ...anywhere, mayRedirectTo: () => false });
const feed = (differing: Partial<Feed> = {}): Feed => ({
  ...feedSchema.parse({ id: "spam", name: "Spam list", url }),
  ...differing,
});
const say =
  (text: string): RequestListener =>
  (_, response) =>
    void response.end(text);
const denied = async () => (await redis.hkeys(redisKeys.list("deny"))).sort();

async function turn(minutesLater = 0): Promise<void> {
  nowMs += minutesLater * 60_000;
  await newFeeds().takeTurn();
}

async function statusOf(id = "spam") {
  const views = feedViewSchema.array().parse(await newFeeds().list());
  return views.find((view) => view.feed.id === id)?.status;
}

describe("a feed", () => {
  it("is denied, followed on its schedule, and asked for news only", async () => {
    answer = (request, response) => {
      if (request.headers["if-none-match"] === '"1"') response.writeHead(304).end();
      else response.writeHead(200, { etag: '"1"' }).end("# comment\n198.51.100.7 ; spam\n2001:DB8:1::/48\r\n");
    };
    await newFeeds().put(feed());
    await turn();
    expect(await denied()).toEqual(["198.51.100.7", "2001:db8:1::/48"]);
    expect(await readListEntry(redis, "deny", "198.51.100.7")).toMatchObject({
      addedBy: "feed:spam",
      note: "Spam list",
    });
    expect(await statusOf()).toMatchObject({ state: "ok", entries: 2, badLines: 0, nextTryAtMs: nowMs + 360 * 60_000 });
    await turn(359);
    expect(requests).toHaveLength(1);
    await turn(1);
    expect(requests.map((one) => one.etag)).toEqual([undefined, '"1"']);
    // The clock is set back by a day: it is not left alone until it is later again.
    await turn(-24 * 60);
    expect(requests).toHaveLength(3);
    await turn(24 * 60);
    expect(await statusOf()).toMatchObject({ state: "ok", isUnchanged: true, entries: 2 });
    answer = say("198.51.100.8\n");
    await turn(360);
    expect(await denied()).toEqual(["198.51.100.8"]);
  });

  it("leaves no trace when it is unsubscribed, and takes nothing of an operator's or another feed's with it", async () => {
    answer = (request, response) =>
      void response.end(request.url === "/list.txt" ? "198.51.100.7\n198.51.100.8\n198.51.100.9\n" : "198.51.100.8\n");
    const entry = { network: "198.51.100.7", note: "mine", addedAtSeconds: 1, addedBy: "cli:root" };
    await putListEntries(redis, "deny", [entry], { by: "cli:root", nowMs });
    await newFeeds().put(feed());
    await newFeeds().put(feed({ id: "other", url: `${url}/other` }));
    await turn();
    await newFeeds().remove("spam");
    await turn();
    expect(await denied()).toEqual(["198.51.100.7", "198.51.100.8"]);
    expect((await readListEntry(redis, "deny", "198.51.100.7"))?.note).toBe("mine");
    expect((await readListEntry(redis, "deny", "198.51.100.8"))?.addedBy).toBe("feed:other");
    await newFeeds().remove("other");
    await turn();
    expect(await denied()).toEqual(["198.51.100.7"]);
    expect(await redis.exists(redisKeys.feedCopy("spam"), redisKeys.feeds, redisKeys.feedProgress)).toBe(0);
  });

  it("never wins against the allowlist, and is denied once the allowlist lets go", async () => {
    answer = (request, response) => {
      if (request.headers["if-none-match"] === '"1"') response.writeHead(304).end();
      else response.writeHead(200, { etag: '"1"' }).end("198.51.100.7\n198.51.100.8\n");
    };
    const entry = { network: "198.51.100.0/29", note: "", addedAtSeconds: 1, addedBy: "cli:root" };
    await putListEntries(redis, "allow", [entry], { by: "cli:root", nowMs });
    await newFeeds().put(feed());
    await turn();
    expect(await denied()).toEqual(["198.51.100.8"]);
    expect(await statusOf()).toMatchObject({ state: "ok", entries: 1, allowed: 1 });
    await removeListEntries(redis, "allow", ["198.51.100.0/29"], { by: "cli:root", nowMs });
    await turn(360);
    expect(await denied()).toEqual(["198.51.100.7", "198.51.100.8"]);
  });

  it.each<[string, RequestListener, string]>([
    ["a private network", say("198.51.100.8\n10.1.2.0/24\n"), "10.1.2.0/24 is part of 10.0.0.0/8"],
    ["this machine", say("::1\n"), "private or reserved"],
    ["our own address", say("203.0.113.0/24\n"), "an address of the PBX"],
    ["everything", say("0.0.0.0/0\n"), "too wide"],
    ["half of everything", say("128.0.0.0/1\n"), "too wide"],
    ["a web page", say("<html>\n<body>\n198.51.100.8\n"), "no list of networks"],
    ["nothing", say("# none\n"), "there is no network in it"],
    ["more bytes than allowed", say("198.51.100.8\n".repeat(2000)), "more than 10000 bytes"],
    ["an error", (_, response) => void response.writeHead(500).end("198.51.100.8"), "500 Internal Server Error"],
    ["silence", () => undefined, "did not finish within 0.3 s"],
    ["a broken connection", (request) => void request.socket.destroy(), "was not taken"],
    [
      "half of what it promised",
      (_, response) => {
        response.writeHead(200, { "content-length": "100" }).write("198.51.100.8\n");
        setImmediate(() => response.destroy());
      },
      "was not taken",
    ],
    [
      "drops for ever",
      (_, response) => {
        const timer = setInterval(() => response.write("198.51.100.8\n"), 20);
        response.on("close", () => clearInterval(timer));
      },
      "did not finish",
    ],
    [
      "what is compressed",
      (_, response) => void response.writeHead(200, { "content-encoding": "gzip" }).end(gzipSync("198.51.100.8")),
      "gzip",
    ],
    [
      "a redirect into a private network",
      (_, response) => void response.writeHead(302, { location: "http://127.0.0.1/" }).end(),
      "redirected to 127.0.0.1",
    ],
    [
      "a redirect to a name of a private network",
      (_, response) => void response.writeHead(302, { location: "http://localhost/" }).end(),
      "private or reserved",
    ],
    [
      "a redirect to a file",
      (_, response) => void response.writeHead(302, { location: "file:///etc/passwd" }).end(),
      "redirected from http: to file:",
    ],
  ])("that gives %s changes nothing: the last good copy stays", async (_, misbehave, why) => {
    answer = say("198.51.100.7\n");
    await newFeeds().put(feed());
    await turn();
    answer = misbehave;
    await turn(360);
    expect(await statusOf()).toMatchObject({ state: "failed", detail: expect.stringContaining(why), entries: 1 });
    expect(await statusOf()).toMatchObject({ nextTryAtMs: nowMs + 300_000 });
    expect(await denied()).toEqual(["198.51.100.7"]);
    answer = say("198.51.100.9\n");
    await turn(5);
    expect(await statusOf()).toMatchObject({ state: "ok" });
    expect(await denied()).toEqual(["198.51.100.9"]);
  });

  it("names the first lines that are no network, and why a fetch was not taken, for pages to word", async () => {
    answer = say("198.51.100.7\nnot.an.address\n198.51.100.8\nx\n");
    await newFeeds().put(feed());
    await turn();
    expect(await statusOf()).toMatchObject({
      badLines: 2,
      firstBadLines: [
        { line: 2, text: "not.an.address" },
        { line: 4, text: "x" },
      ],
      isUnchanged: false,
    });
    answer = say("203.0.113.0/24\n");
    await turn(360);
    expect(await statusOf()).toMatchObject({ failure: { kind: "own-address", value: "203.0.113.0/24" } });
    answer = (_, response) => void response.writeHead(404).end();
    await turn(360);
    expect(await statusOf()).toMatchObject({ failure: { kind: "answer", value: "404 Not Found" } });
    answer = say("198.51.100.7\n");
    await turn(360);
    expect((await statusOf())?.failure).toBeUndefined();
  });

  it("tells while it is being fetched, and what a program that ended left is not believed for ever", async () => {
    const works: unknown[] = [];
    answer = (_, response) => {
      void newFeeds()
        .list()
        .then(([view]) => works.push(view?.work))
        .then(() => response.end("198.51.100.7\n"));
    };
    await newFeeds().put(feed());
    await turn();
    expect(works).toEqual([{ stage: "fetching", sinceMs: nowMs }]);
    expect((await newFeeds().list())[0]?.work).toBeUndefined();
    await redis.hset(redisKeys.feedWork, "spam", JSON.stringify({ stage: "fetching", sinceMs: nowMs }));
    nowMs += 600_001;
    expect((await newFeeds().list())[0]?.work).toBeUndefined();
  });

  it("is added under an id of its own: one that is taken is refused", async () => {
    await newFeeds().add(feed());
    await expect(newFeeds().add(feed({ name: "Other" }))).rejects.toMatchObject({ code: "already-there" });
    expect((await newFeeds().list()).map((view) => view.feed.name)).toEqual(["Spam list"]);
  });

  it("that is off is not fetched, and one that was hastened is", async () => {
    answer = say("198.51.100.7\n");
    await newFeeds().put(feed({ isOn: false }));
    await turn();
    expect(requests).toEqual([]);
    await newFeeds().put(feed());
    await turn();
    await newFeeds().hasten("spam");
    await turn();
    expect(requests).toHaveLength(2);
    await expect(newFeeds().hasten("none")).rejects.toMatchObject({ code: "not-found" });
  });

  it("is fetched once, however many controls share the store", async () => {
    answer = say("198.51.100.7\n");
    await newFeeds().put(feed());
    await Promise.all(Array.from({ length: 5 }, () => newFeeds().takeTurn()));
    expect(requests).toHaveLength(1);
  });

  it("of many entries is taken whole, and taken off whole", async () => {
    const lines = Array.from({ length: 5000 }, (_, index) => `198.${20 + (index >> 8)}.${index & 255}.1`);
    answer = say(lines.join("\n"));
    const feeds = new Feeds(redis, guarded, () => nowMs, { ...anywhere, maxBytes: 1_000_000, deadlineMs: 5000 });
    await feeds.put(feed());
    await feeds.takeTurn();
    expect(await redis.hlen(redisKeys.list("deny"))).toBe(5000);
    await feeds.remove("spam");
    await feeds.takeTurn();
    expect(await redis.hlen(redisKeys.list("deny"))).toBe(0);
  });
});

describe("a change", () => {
  it("writes over what was seen, and over nothing else", async () => {
    const feeds = newFeeds();
    await feeds.put(feed());
    await feeds.put({ ...feed({ name: "Renamed" }), seen: feed() });
    const stale = { ...feed({ intervalMinutes: 60 }), seen: feed() };
    await expect(feeds.put(stale)).rejects.toMatchObject({ code: "changed-meanwhile" });
    expect((await feeds.list()).map((view) => view.feed)).toEqual([feed({ name: "Renamed" })]);
    await feeds.put({ ...stale, seen: feed({ name: "Renamed" }) });
    expect((await feeds.list()).map((view) => view.feed)).toEqual([feed({ intervalMinutes: 60 })]);
  });

  it("of a feed that is gone meanwhile does not bring it back unasked", async () => {
    await expect(newFeeds().put({ ...feed(), seen: feed() })).rejects.toMatchObject({ code: "changed-meanwhile" });
    expect(await newFeeds().list()).toEqual([]);
  });
});

describe("fetching", () => {
  it("follows a few redirects, not endless ones", async () => {
    answer = (request, response) => {
      if (request.url === "/list.txt") response.writeHead(301, { location: "/moved" }).end();
      else response.end("198.51.100.7");
    };
    expect(await fetchFeed(url, {}, anywhere)).toEqual({ text: "198.51.100.7" });
    answer = (_, response) => void response.writeHead(302, { location: "/again" }).end();
    await expect(fetchFeed(url, {}, anywhere)).rejects.toThrow("more than 5 times");
  });
});

describe("reading a feed", () => {
  it("takes lines, CSV with headings, comments, quotes, and any column", async () => {
    expect(
      await readFeedText("\uFEFF198.51.100.7\r\n\r\n; note\n// note\n198.51.100.8 # x\n198.51.100.8\n", 1),
    ).toEqual({
      networks: new Set(["198.51.100.7", "198.51.100.8"]),
      badLines: 0,
      firstBadLines: [],
    });
    const csv = 'first,ip\n"2026-11-22","198.51.100.7"\nx,198.51.100.0/25\n';
    expect(await readFeedText(csv, 2)).toEqual({
      networks: new Set(["198.51.100.7", "198.51.100.0/25"]),
      badLines: 1,
      firstBadLines: [{ line: 1, text: "first,ip" }],
    });
  });

  it("is quick with lines made to be slow", async () => {
    const text = `198.51.100.7\n${" ".repeat(5_000_000)}x\n${"/".repeat(1_000_000)}`;
    expect((await readFeedText(text, 1)).networks.size).toBe(1);
  });
});
