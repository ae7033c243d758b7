/** Feeds: from a web server to the denylist and off it again, with what each fetch did and why one was not taken. */
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import type { Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { expectAccessible } from "./axe.ts";
import type { PageOptions, WatchedPage } from "./browser.ts";
import { type Stack, signInAs, startStack } from "./stack.ts";

let stack: Stack;
let session: string;
let server: Server;
let url = "";
let list = "";
let isSlow = false;
let watched: WatchedPage;
beforeAll(async () => {
  server = createServer((request, response) => {
    const etag = `"${list.length}"`;
    if (request.headers["if-none-match"] === etag) response.writeHead(304).end();
    else if (isSlow) setTimeout(() => response.end(list), 3000);
    else response.writeHead(200, { etag }).end(list);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/list.txt`;
  stack = await startStack("feeds");
  session = await stack.signIn();
});
afterAll(async () => {
  await stack?.close();
  server.closeAllConnections();
  server.close();
});
afterEach(() => watched?.close());

async function open(options: PageOptions = {}): Promise<Page> {
  watched = await stack.browser.open({ session, ...options });
  await watched.page.goto("/feeds");
  await watched.page.getByRole("heading", { level: 1 }).waitFor();
  return watched.page;
}
const denied = () => stack.sipprot("list", "deny", "show");
const card = (page: Page, stand = "") => page.locator(`[data-feed=spam-list]${stand && `[data-stand=${stand}]`}`);

/** Each step begins where the one before ended. */
describe("a feed", () => {
  it("is subscribed, fetched, and what it names is on the denylist with its mark", async () => {
    list = "# made for a test\n198.51.100.7\nnot-a-network\n2001:db8:7::/48 ; spam\n";
    const page = await open();
    await page.getByText("No feed is subscribed").waitFor();
    await page.getByRole("button", { name: "Subscribe" }).click();
    const dialog = page.getByRole("dialog", { name: "Subscribe to a feed" });
    await dialog.getByLabel("Name").fill("Spam list");
    expect(await dialog.getByLabel("Mark", { exact: false }).first().inputValue()).toBe("spam-list");
    await dialog.getByLabel("Address").fill(url);
    await dialog.getByLabel("Note").fill("ask Ann");
    await expectAccessible(page);
    await dialog.getByRole("button", { name: "Subscribe" }).click();
    await card(page, "ok").waitFor();
    expect(await card(page).locator("[data-entries]").textContent()).toBe("2");
    await card(page).getByText("1 line that is no network").waitFor();
    await card(page).getByText("Show the first of them").click();
    await card(page).getByText("not-a-network").waitFor();
    await card(page).getByText("ask Ann").waitFor();
    const entries = await denied();
    for (const word of ["198.51.100.7", "2001:db8:7::/48", "feed:spam-list"]) expect(entries).toContain(word);
    watched.expectQuiet();
  });

  it("is fetched again when asked, is seen while it is, and says that nothing changed", async () => {
    const page = await open();
    await card(page, "ok").waitFor();
    await card(page).getByRole("button", { name: "Fetch now" }).click();
    await card(page).getByText("nothing changed since the copy").waitFor();
    list += "198.51.100.8\n";
    isSlow = true;
    await card(page).getByRole("button", { name: "Fetch now" }).click();
    await card(page, "fetching").waitFor();
    await card(page, "ok").waitFor();
    isSlow = false;
    expect(await card(page).locator("[data-entries]").textContent()).toBe("3");
    expect(await denied()).toContain("198.51.100.8");
  });

  it("that names an address of ours is refused as a whole, in words, and the last good copy stays", async () => {
    list = "198.51.100.9\n127.0.0.0/8\n";
    const page = await open();
    await card(page).getByRole("button", { name: "Fetch now" }).click();
    await card(page, "failed").waitFor();
    await card(page)
      .getByText(/It names 127\.0\.0\.0\/8, which is a private or reserved network/)
      .waitFor();
    await card(page)
      .getByText(/3 entries, stays in force/)
      .waitFor();
    const entries = await denied();
    expect(entries).toContain("198.51.100.8");
    expect(entries).not.toContain("198.51.100.9");
  });

  it("is paused, changed, and its mark cannot be taken twice", async () => {
    const page = await open();
    await card(page).getByRole("button", { name: "Pause" }).click();
    await card(page, "paused").waitFor();
    expect(await card(page).getByRole("button", { name: "Fetch now" }).isDisabled()).toBe(true);
    await card(page).getByRole("button", { name: "Edit" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByRole("combobox", { name: "Schedule" }).click();
    await page.getByRole("option", { name: "Every day" }).click();
    await dialog.getByRole("button", { name: "Save" }).click();
    await card(page).getByText("Every day").waitFor();
    await page.getByRole("button", { name: "Subscribe", exact: true }).click();
    await page.getByRole("dialog").getByLabel("Name").fill("Spam list");
    await page.getByRole("dialog").getByLabel("Address").fill(url);
    await page.getByRole("dialog").getByRole("button", { name: "Subscribe" }).click();
    await page.getByRole("dialog").getByText("is there already").first().waitFor();
    await page.keyboard.press("Escape");
    expect((await stack.api.feeds.list.query()).map(({ feed }) => feed.intervalMinutes)).toEqual([1440]);
  });

  it("that somebody else changes meanwhile is not written over unasked, and nothing typed is lost", async () => {
    const page = await open();
    await card(page).getByRole("button", { name: "Edit" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel("Note").fill("ask Marie");
    const [before] = await stack.api.feeds.list.query();
    if (before === undefined) throw new Error("no feed");
    await stack.api.feeds.put.mutate({ ...before.feed, intervalMinutes: 60 });
    await dialog.getByRole("button", { name: "Save" }).click();
    await dialog.getByText(/Somebody else changed this meanwhile/).waitFor();
    await dialog.getByText(/Now there: .*Every hour/).waitFor();
    expect((await stack.api.feeds.list.query())[0]?.feed).toEqual({ ...before.feed, intervalMinutes: 60 });
    await dialog.getByRole("button", { name: "Save" }).click();
    await dialog.waitFor({ state: "hidden" });
    const [after] = await stack.api.feeds.list.query();
    expect(after?.feed).toMatchObject({ note: "ask Marie", intervalMinutes: before.feed.intervalMinutes });
  });

  it.each([
    ["en", "light", 1280],
    ["fr", "dark", 1280],
    ["fr", "light", 360],
  ] as const)("is accessible and fits, in %s, %s, %i wide", async (language, scheme, width) => {
    const page = await open({ language, scheme, context: { viewport: { width, height: 844 } } });
    await card(page).waitFor();
    await expectAccessible(page);
    expect(await page.evaluate("document.documentElement.scrollWidth - innerWidth")).toBeLessThanOrEqual(0);
    watched.expectQuiet();
  });

  it("offers an operator to fetch and a viewer nothing, and says why", async () => {
    const operator = await open({ session: await signInAs(stack, "hand", "operator") });
    await operator.getByText(/To subscribe, change or unsubscribe needs the role Administrator/).waitFor();
    expect(await card(operator).getByRole("button", { name: "Fetch now" }).count()).toBe(1);
    expect(await card(operator).getByRole("button", { name: "Unsubscribe" }).count()).toBe(0);
    await watched.close();
    const viewer = await open({ session: await signInAs(stack, "eye", "viewer") });
    await viewer.getByText("You can see the feeds.").waitFor();
    expect(await card(viewer).getByRole("button").count()).toBe(0);
    watched.expectQuiet();
  });

  it("is unsubscribed after a question that says what goes with it, and the denylist is free of it", async () => {
    const page = await open();
    await card(page).getByRole("button", { name: "Unsubscribe" }).click();
    const dialog = page.getByRole("dialog", { name: "Unsubscribe from “Spam list”?" });
    await dialog.getByText(/Its 3 entries leave the denylist/).waitFor();
    await dialog.getByRole("button", { name: "Unsubscribe" }).click();
    await page.getByText("No feed is subscribed").waitFor();
    expect(await denied()).not.toContain("feed:spam-list");
    expect(await page.evaluate("document.activeElement?.textContent")).toContain("Subscribe");
    watched.expectQuiet();
  });
});
